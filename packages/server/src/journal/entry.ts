import type { Actor, Audience, EntryType, Payloads } from '@helpline/protocol';

interface EntryOf<T extends EntryType> {
  _id: string;
  workspaceId: string;
  conversationId: string;
  /** 1, 2, 3… without a gap: order, sync position and lock in one. */
  seq: number;
  /** The number of public entries up to and including this one. */
  pub: number;
  audience: Audience;
  clientId: string;
  /** Of what the author gave, to tell a repeated call from another one under the same clientId. Null once redacted. */
  hash: string | null;
  v: number;
  at: Date;
  actor: Actor;
  type: T;
  payload: Payloads[T];
  /** Of the stream that leaves it out, because its writer hands it on itself (see shortcut.ts). */
  mark?: string;
}

/** One line of a conversation's journal, as it is stored. */
export type Entry = { [T in EntryType]: EntryOf<T> }[EntryType];
export type MessageEntry = EntryOf<'message'>;

/** What a rule decides to append; the journal adds numbers, time and ids. */
export type Draft = {
  [T in EntryType]: { type: T; payload: Payloads[T]; audience: Audience; actor: Actor; workspaceId?: string };
}[EntryType];

/** The version new entries are written with. A change of a payload's meaning raises it and adds a step to `upcast`. */
export const entryVersion = 1;

const knownTypes: Record<EntryType, true> = {
  message: true,
  note: true,
  assigned: true,
  status: true,
  delivery: true,
  identified: true,
  redacted: true,
  forwarded: true,
  split_off: true,
  triaged: true,
  transferred: true,
  offered: true,
  offer_ended: true,
  follow_up: true,
};

/** Whether this node understands the entry; a newer node may have written it. */
export const isKnown = (entry: { type: string; v: number }): boolean =>
  Object.hasOwn(knownTypes, entry.type) && entry.v <= entryVersion;

export const isCustomer = (actor: Actor): boolean => actor.kind === 'visitor' || actor.kind === 'contact';
