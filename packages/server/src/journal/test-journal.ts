import type { Actor, Payloads } from '@helpline/protocol';
import { type Clock, systemClock } from '../platform/clock.js';
import { type Database, type OpenDatabase, openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import type { Append, Appended } from './append.js';
import type { Draft, Entry } from './entry.js';
import { Journal } from './journal.js';

export const ana: Actor = { kind: 'visitor', id: 'ana', name: 'Ana' };
export const ben: Actor = { kind: 'agent', id: 'ben', name: 'Ben' };
export const cleo: Actor = { kind: 'agent', id: 'cleo', name: 'Cleo' };

const opened = {
  workspaceId: 'shop',
  brandId: 'shoes',
  inboxId: 'shoes-chat',
  teamId: null,
  contactId: 'ana',
  channel: 'chat',
} as const;

export const silent = createLogger('silent');

/** A journal on a database of its own; `anotherNode` is one more on the same. */
export async function openJournal(
  name: string,
  clock: Clock = systemClock,
  opening: Promise<OpenDatabase> = openDatabase(testDatabaseUri(name)),
) {
  const { db, close } = await opening;
  const anotherNode = () => new Journal(db, silent, clock);
  const journal = anotherNode();
  await journal.prepare();
  return { db, journal, anotherNode, close };
}

/** Says something in the chat; the first words open the conversation. */
export const say = (actor: Actor, text: string, more: Partial<Payloads['message']> = {}): Append['rule'] => {
  return (state) => ({
    type: 'message',
    audience: 'public',
    actor,
    workspaceId: 'shop',
    payload: { channel: 'chat', text, ...(state ? {} : { opening: opened }), ...more },
  });
};

export const noteOf = (actor: Actor, text: string): Draft => ({
  type: 'note',
  audience: 'internal',
  actor,
  payload: { text },
});

export const assignmentTo = (agentId: string | null): Draft => ({
  type: 'assigned',
  audience: 'internal',
  actor: ben,
  payload: { agentId, reason: null },
});

/** Appends as a fact under a new clientId, unless told otherwise. */
export function append(
  journal: Journal,
  conversationId: string,
  what: Append['rule'] | Draft,
  more: Partial<Append> = {},
): Promise<Appended> {
  const rule = typeof what === 'function' ? what : () => what;
  const clientId = `test:${newId()}`;
  return journal.append({ conversationId, clientId, body: null, kind: 'fact', rule, ...more });
}

/** What is stored of a conversation, in order. */
export const stored = (db: Database, conversationId: string): Promise<Entry[]> =>
  db.collection<Entry>('entries').find({ conversationId }).sort({ seq: 1 }).toArray();

export const numbers = (entries: readonly { seq: number }[]): number[] => entries.map(({ seq }) => seq);
export const texts = (entries: readonly Entry[]): unknown[] =>
  entries.map(({ payload }) => ('text' in payload ? payload.text : null));
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
