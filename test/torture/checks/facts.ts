import type { Entry } from '@helpline/server/dist/journal/index.js';
import { grouped } from '@helpline/server/dist/platform/grouped.js';
import { type ClientView, type HistoryRecord, keyIn } from '../history.js';
import type { FinalState } from './final-state.js';

export type WrittenEntry = Extract<Entry, { type: 'message' | 'note' }>;

/** One thing somebody did: how it began, and how it ended if it did. */
export interface Act {
  invoke: HistoryRecord;
  end: HistoryRecord | null;
}

const written: ReadonlySet<string> = new Set(['start', 'send', 'reply', 'note']);

/** Whether the record is about something that a person writes. */
export const isWriting = ({ f }: HistoryRecord): boolean => written.has(f);

export function acts(history: readonly HistoryRecord[]): Act[] {
  const byOp = new Map<string, Act>();
  for (const record of history) {
    if (record.op === undefined) continue;
    const act = byOp.get(record.op);
    if (record.type === 'invoke') byOp.set(record.op, { invoke: record, end: null });
    else if (act) act.end = record;
  }
  return [...byOp.values()];
}

export const isWritten = (entry: Entry): entry is WrittenEntry => entry.type === 'message' || entry.type === 'note';

export type AssignedEntry = Extract<Entry, { type: 'assigned' }>;

/** Whether routing decided it by itself. */
export const isAutomatic = (entry: Entry): entry is AssignedEntry =>
  entry.type === 'assigned' && entry.actor.kind === 'system' && entry.actor.id === 'routing';

/** What was written, by the key in its text. */
export function entriesByKey({ entries }: FinalState): Map<string, WrittenEntry[]> {
  const written = entries.filter(isWritten).filter((entry) => keyIn(entry.payload.text) !== undefined);
  return grouped(written, (entry) => keyIn(entry.payload.text) ?? '');
}

/** Each conversation's entries in order. */
export function journals({ entries }: FinalState): Map<string, Entry[]> {
  const byConversation = grouped(entries, ({ conversationId }) => conversationId);
  for (const journal of byConversation.values()) journal.sort((a, b) => a.seq - b.seq);
  return byConversation;
}

/** The entries as the view's audience may see them. */
export const seenBy = (view: ClientView, journal: Entry[]): Entry[] =>
  view.who.kind === 'visitor' ? journal.filter(({ audience }) => audience === 'public') : journal;

/** The number an audience knows the entry by. */
export const numberFor = (view: ClientView, entry: Entry): number =>
  view.who.kind === 'visitor' ? entry.pub : entry.seq;

export const textOf = (entry: Entry): string => (isWritten(entry) ? entry.payload.text : '');

/** Names a client, its life and a conversation: what within keeps its order. */
export const streamOf = ({ proc, epoch, conv }: Pick<HistoryRecord, 'proc' | 'epoch' | 'conv'>): string =>
  `${proc}/${epoch ?? 0}/${conv ?? ''}`;
