import { sleep } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import type { ConversationState } from './fold.js';
import type { Consumer } from './follower.js';
import type { Heads } from './heads.js';
import type { JournalStore } from './store.js';

const pauseAtMostMs = 500;
const atOnce = 50;

/**
 * Keeps the `conversations` collection up with the journal and tells `projected` after each write.
 * Under load it gathers: it writes little at once and rests nine times as long as that took, so that messages never wait
 * long for it.
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
      const newest = [...new Map(refs.map((ref) => [ref.conversationId, ref.seq]))];
      for (let i = 0; i < newest.length; i += atOnce) {
        const began = performance.now();
        const found = await Promise.all(newest.slice(i, i + atOnce).map(([id, seq]) => heads.reaching(id, seq)));
        const states = found.filter((state) => state !== null);
        await store.keep(states);
        projected(states);
        if (newest.length > 5) await sleep(Math.min(pauseAtMostMs, 9 * (performance.now() - began)));
      }
    },
  };
}

/** Makes anew, from their entries, the states that an older `fold` made. What fails is left to the next leader. */
export async function renewOutdated(
  store: JournalStore,
  heads: Heads,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const renew = async (conversationId: string) => {
    const state = await heads.get(conversationId);
    if (state) await store.keep([state]);
  };
  const report = (error: unknown, conversationId?: string) =>
    log.error({ err: error, conversationId }, 'a conversation could not be projected anew');
  try {
    for await (const ids of store.outdated()) {
      if (signal.aborted) return;
      await Promise.all(ids.map((id) => renew(id).catch((error: unknown) => report(error, id))));
    }
  } catch (error) {
    report(error);
  }
}
