import { isDeepStrictEqual } from 'node:util';
import { sleep } from '../platform/clock.js';
import { type ConversationState, foldAll, foldVersion } from './fold.js';
import { type Numbering, numberingOf } from './numbering.js';
import type { JournalStore } from './store.js';

/** What was found, for whoever repairs: a kind, which conversation, and whether it was (or would be) put right. */
export interface Finding {
  kind: string;
  of: string;
  healed: boolean;
}

export interface Examined {
  entries: number;
  conversations: number;
}

export interface RepairOptions {
  dryRun: boolean;
  /** How long what a node has just written may take to be computed; with no node running, 0. */
  patienceMs: number;
  /** Told of everything that is not in order. */
  found: (finding: Finding) => void;
}

const atOnce = 500;
const sideBySide = 50;
const page = 1000;

/**
 * Compares every stored conversation with what its entries say, and puts right what differs. Reads the journal once, in
 * order, holding some hundred conversations at a time. Nodes may run: what they write meanwhile is no damage.
 */
export async function repairConversations(store: JournalStore, options: RepairOptions): Promise<Examined> {
  const examined = { entries: 0, conversations: 0 };
  let group: Numbering[] = [];
  let after = '';
  for await (const conversation of conversationsOf(store, options)) {
    examined.entries += conversation.entries;
    examined.conversations++;
    if (group.push(conversation) < atOnce) continue;
    await compare(store, group, { after, upTo: conversation.id }, options);
    after = conversation.id;
    group = [];
  }
  await compare(store, group, { after, upTo: null }, options);
  return examined;
}

/** One conversation after the other, folded; tells what is wrong with its numbers, which nobody can put right. */
async function* conversationsOf(store: JournalStore, { found }: RepairOptions): AsyncIterable<Numbering> {
  let open: Numbering | null = null;
  for await (const entry of store.inOrder()) {
    if (open?.id !== entry.conversationId) {
      if (open) yield open;
      open = numberingOf(entry.conversationId, (kind) => found({ kind, of: entry.conversationId, healed: false }));
    }
    open.take(entry);
  }
  if (open) yield open;
}

/** The stored conversations of a stretch of ids against those that have entries there. */
async function compare(
  store: JournalStore,
  group: Numbering[],
  { after, upTo }: { after: string; upTo: string | null },
  options: RepairOptions,
): Promise<void> {
  const stored = new Map((await store.storedBetween(after, upTo)).map((state) => [state._id, state]));
  const doubtful = group.filter(({ id, state }) => state && !isDeepStrictEqual(stored.get(id), state));
  const known = new Set(group.map(({ id }) => id));
  const suspects = [
    ...doubtful.map(({ id, state }) => ({ id, seq: state?.seq ?? 0 })),
    ...[...stored.keys()].filter((id) => !known.has(id)).map((id) => ({ id, seq: 0 })),
  ];
  if (suspects.length > 0) await sleep(options.patienceMs);
  for (let i = 0; i < suspects.length; i += sideBySide) {
    const looked = suspects.slice(i, i + sideBySide).map(({ id, seq }) => examine(store, id, seq));
    const damages = (await Promise.all(looked)).filter((damage) => damage !== null);
    if (!options.dryRun) await heal(store, damages);
    for (const { kind, id } of damages) options.found({ kind, of: id, healed: true });
  }
}

interface Damage {
  id: string;
  kind: string;
  stored: ConversationState | null;
  right: ConversationState | null;
}

/** Looks again, the stored state first: in a healthy database the entries are at least as new. */
async function examine(store: JournalStore, id: string, seenSeq: number): Promise<Damage | null> {
  const stored = await store.stored(id);
  const { then, now } = await fromEntries(store, id, stored?.seq);
  const kind = damageOf(stored, then, now, seenSeq);
  return kind ? { id, kind, stored, right: now } : null;
}

/** The state as it was at number `seq`, and as it is now. */
async function fromEntries(store: JournalStore, id: string, seq: number | undefined) {
  let then: ConversationState | null = null;
  let now: ConversationState | null = null;
  for (;;) {
    const entries = await store.after(id, 'everything', now?.seq ?? 0, page);
    const upTo = entries.findIndex((entry) => entry.seq === seq);
    if (upTo >= 0) then = foldAll(now, entries.slice(0, upTo + 1));
    now = foldAll(now, entries);
    if (entries.length < page) return { then, now };
  }
}

function damageOf(
  stored: ConversationState | null,
  then: ConversationState | null,
  now: ConversationState | null,
  seenSeq: number,
): string | null {
  if (!stored) return now ? 'missing' : null;
  if (!now) return 'without entries';
  if (stored.foldVersion !== foldVersion) return 'of an older version';
  if (!isDeepStrictEqual(stored, then)) return 'wrong';
  return stored.seq < seenSeq ? 'behind' : null;
}

/** Only what is still as it was found is replaced: a node that writes meanwhile writes something newer. */
async function heal(store: JournalStore, damages: Damage[]): Promise<void> {
  const newer: ConversationState[] = [];
  for (const { stored, right } of damages) {
    if (right && (!stored || stored.seq < right.seq)) newer.push(right);
    else if (stored && right) await store.replace(stored, right);
    else if (stored) await store.forget(stored);
  }
  await store.keep(newer);
}
