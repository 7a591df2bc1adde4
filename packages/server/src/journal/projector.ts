import { sleep } from '../platform/clock.js';
import type { ConversationState } from './fold.js';
import type { Heads } from './heads.js';
import type { JournalStore } from './store.js';
import type { Consumer } from './tail.js';

const pauseAtMostMs = 200;

/**
 * Keeps the `conversations` collection up with the journal and tells `projected` after each write.
 * Under load it gathers: it rests four times as long as its last write took, so it never has more than a fifth of the database.
 */
export function projector(
  store: JournalStore,
  heads: Heads,
  projected: (states: ConversationState[]) => void,
): Consumer {
  return {
    name: 'projector',
    wants: () => true,
    async handle(refs) {
      const ids = [...new Set(refs.map((ref) => ref.conversationId))];
      const began = performance.now();
      const states = (await Promise.all(ids.map((id) => stateUpTo(heads, id, refs)))).filter((state) => state !== null);
      await store.keep(states);
      projected(states);
      if (ids.length > 5) await sleep(Math.min(pauseAtMostMs, 4 * (performance.now() - began)));
    },
  };
}

/** The cached state may be of before what another node wrote. */
async function stateUpTo(
  heads: Heads,
  conversationId: string,
  refs: { conversationId: string; seq: number }[],
): Promise<ConversationState | null> {
  const needed = refs.findLast((ref) => ref.conversationId === conversationId)?.seq ?? 0;
  const state = await heads.get(conversationId);
  if (state && state.seq >= needed) return state;
  heads.drop(conversationId);
  return heads.get(conversationId);
}
