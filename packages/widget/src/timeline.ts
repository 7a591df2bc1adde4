import type { VisitorEntry } from '@helpline/protocol';
import type { Outgoing, SendState } from '@helpline/sdk';

type MessageEntry = Extract<VisitorEntry, { type: 'message' }>;

export interface Message {
  kind: 'message';
  /** Stays the same when a message on its way becomes an entry. */
  key: string;
  /** Of the entry; null on its way. */
  n: number | null;
  from: MessageEntry['from'];
  at: string;
  /** Null if it was removed. */
  text: string | null;
  byEmail: boolean;
  attachments: MessageEntry['attachments'];
  state: SendState;
  /** Whether it begins and ends a run of messages by one author. */
  first: boolean;
  last: boolean;
}

export type Item =
  | Message
  | { kind: 'day'; key: string; at: string }
  | { kind: 'status'; key: string; at: string; to: 'open' | 'resolved' | 'closed' };

const runBreaksAfterMs = 5 * 60_000;

/** What the log shows, top to bottom: confirmed entries, then what is on its way. */
export function timeline(entries: readonly VisitorEntry[], outgoing: readonly Outgoing<string>[]): Item[] {
  const removed = new Set(entries.flatMap((entry) => (entry.type === 'redacted' ? [entry.of] : [])));
  const confirmed = new Set(entries.map((entry) => entry.clientId));
  const items: Item[] = [
    ...entries.flatMap((entry) => fromEntry(entry, removed.has(entry.n))),
    ...outgoing.filter(({ clientId }) => !confirmed.has(clientId)).map(fromOutgoing),
  ];
  return markRuns(separateDays(items));
}

function fromEntry(entry: VisitorEntry, removed: boolean): Item[] {
  const { at } = entry;
  if (entry.type === 'status') return [{ kind: 'status', key: `n${entry.n}`, at, to: entry.to }];
  if (entry.type !== 'message') return [];
  return [
    {
      kind: 'message',
      key: entry.clientId ?? `n${entry.n}`,
      n: entry.n,
      from: entry.from,
      at,
      text: removed ? null : entry.text,
      byEmail: entry.channel === 'email',
      attachments: removed ? [] : entry.attachments,
      state: 'sent',
      first: true,
      last: true,
    },
  ];
}

function fromOutgoing({ clientId, at, body, state }: Outgoing<string>): Message {
  const from = { kind: 'you', name: '' } as const;
  return {
    kind: 'message',
    key: clientId,
    n: null,
    from,
    at,
    text: body,
    byEmail: false,
    attachments: [],
    state,
    first: true,
    last: true,
  };
}

function separateDays(items: Item[]): Item[] {
  let day = '';
  return items.flatMap((item) => {
    const itsDay = new Date(item.at).toDateString();
    if (itsDay === day) return [item];
    day = itsDay;
    return [{ kind: 'day', key: `day ${itsDay}`, at: item.at } as const, item];
  });
}

function markRuns(items: Item[]): Item[] {
  return items.map((item, i) => {
    if (item.kind !== 'message') return item;
    return { ...item, first: !sameRun(items[i - 1], item), last: !sameRun(item, items[i + 1]) };
  });
}

function sameRun(a: Item | undefined, b: Item | undefined): boolean {
  if (a?.kind !== 'message' || b?.kind !== 'message') return false;
  const sameAuthor = a.from.kind === b.from.kind && a.from.name === b.from.name && a.byEmail === b.byEmail;
  return sameAuthor && Date.parse(b.at) - Date.parse(a.at) < runBreaksAfterMs;
}
