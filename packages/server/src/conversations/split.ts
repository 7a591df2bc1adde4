import type { Actor } from '@helpline/protocol';
import { type Appended, type Entry, isCustomer, type Journal, type MessageEntry } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';
import { derivedId } from '../platform/ids.js';

export interface Split {
  conversationId: string;
  /** The number of the message that is about something else. */
  of: number;
  author: Actor;
  from?: string;
}

/**
 * Makes a customer's message the beginning of a conversation of its own, which the old one then names. Asked again, by
 * anybody, it is the same conversation. Throws `not_found`, `unprocessable` for the message that the conversation began with.
 */
export async function split(journal: Journal, { conversationId, of, author, from }: Split): Promise<Appended> {
  const [entry] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (entry?.seq !== of || entry.type !== 'message' || entry.hash === null || !isCustomer(entry.actor))
    throw notFound();
  if (entry.payload.opening) throw new DeskError('unprocessable');
  const copy = copyOf(entry);
  const into = copy.conversationId;
  await begin(journal, copy, entry);
  return journal.append({
    conversationId,
    clientId: copy.clientId,
    body: into,
    kind: 'decision',
    from,
    rule: () => ({ type: 'split_off', audience: 'internal', actor: author, payload: { of, into } }),
  });
}

const prefix = 'system:split:';

/** Where a message goes, and under which clientId: the old conversation says so under the same. */
export const copyOf = ({ _id, conversationId }: Entry): Pick<Entry, 'conversationId' | 'clientId'> => ({
  conversationId: derivedId('split', conversationId, _id),
  clientId: `${prefix}${_id}`,
});

/** The message that this one is a copy of. */
export const copiedId = ({ type, clientId }: Entry): string | null =>
  type === 'message' && clientId.startsWith(prefix) ? clientId.slice(prefix.length) : null;

async function begin(journal: Journal, copy: ReturnType<typeof copyOf>, entry: MessageEntry) {
  const { actor, payload } = entry;
  const old = await journal.state(entry.conversationId);
  if (!old) throw notFound();
  const { workspaceId, brandId, inboxId, teamId } = old;
  const contactId = actor.kind === 'contact' ? actor.id : old.contactId;
  const follows = { conversationId: entry.conversationId, why: 'split' } as const;
  const opening = { workspaceId, brandId, inboxId, teamId, contactId, channel: payload.channel, follows };
  await journal.append({
    ...copy,
    body: null,
    kind: 'fact',
    rule: () => ({ type: 'message', audience: 'public', actor, payload: { ...payload, opening }, workspaceId }),
  });
}
