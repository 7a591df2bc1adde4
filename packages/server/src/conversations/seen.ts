import type { ConversationStore } from './store.js';

export type Participant = 'customer' | `agent:${string}`;

/** Moves a participant's seen pointer forward; it never goes back. */
export async function markSeen(
  store: ConversationStore,
  conversationId: string,
  who: Participant,
  position: number,
): Promise<void> {
  await store.seen.updateOne(
    { _id: `${conversationId}:${who}` },
    { $max: { position }, $set: { at: new Date() } },
    { upsert: true, writeConcern: { w: 1 } },
  );
}

/** How far the participant has seen, in his own numbers. */
export async function seenBy(store: ConversationStore, conversationId: string, who: Participant): Promise<number> {
  return (await store.seen.findOne({ _id: `${conversationId}:${who}` }))?.position ?? 0;
}
