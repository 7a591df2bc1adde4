import type { Journal } from '../journal/index.js';
import type { ConversationStore, Seen } from './store.js';

export type Participant = 'customer' | `agent:${string}`;

/** The customer has seen his entries up to number `pub`. Gives that entry's `seq`, or null if there is no such entry. */
export async function customerSaw(
  store: ConversationStore,
  journal: Journal,
  conversationId: string,
  pub: number,
): Promise<number | null> {
  const [entry] = pub > 0 ? (await journal.sync(conversationId, 'public', pub - 1, 1)).entries : [];
  if (!entry) return null;
  await mark(store, conversationId, 'customer', { position: entry.pub, seq: entry.seq });
  return entry.seq;
}

export const agentSaw = (
  store: ConversationStore,
  conversationId: string,
  agentId: string,
  seq: number,
): Promise<void> => mark(store, conversationId, `agent:${agentId}`, { position: seq, seq });

/** How far the participant has seen: `position` in his own numbers, and the same as `seq`. */
export async function seenBy(
  store: ConversationStore,
  conversationId: string,
  who: Participant,
): Promise<Pick<Seen, 'position' | 'seq'>> {
  return (await store.seen.findOne({ _id: `${conversationId}:${who}` })) ?? { position: 0, seq: 0 };
}

/** A pointer never goes back. */
async function mark(
  store: ConversationStore,
  conversationId: string,
  who: Participant,
  to: Pick<Seen, 'position' | 'seq'>,
): Promise<void> {
  await store.seen.updateOne(
    { _id: `${conversationId}:${who}` },
    { $max: to, $set: { at: new Date() } },
    { upsert: true, writeConcern: { w: 1 } },
  );
}
