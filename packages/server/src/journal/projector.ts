import { sleep } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import type { ConversationState } from './fold.js';
import type { Consumer } from './follower.js';
import type { Heads } from './heads.js';
import type { JournalStore } from './store.js';

const pauseAtMostMs = 500;

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
      const newest = new Map(refs.map((ref) => [ref.conversationId, ref.seq]));
      const began = performance.now();
      const found = await Promise.all([...newest].map(([id, seq]) => heads.reaching(id, seq)));
      const states = found.filter((state) => state !== null);
      await store.keep(states);
      projected(states);
      if (newest.size > 5) await sleep(Math.min(pauseAtMostMs, 4 * (performance.now() - began)));
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
  const report = (error: unknown) => log.error({ err: error }, 'a conversation could not be projected anew');
  try {
    for await (const ids of store.outdated()) {
      if (signal.aborted) return;
      await Promise.all(ids.map((id) => renew(id).catch(report)));
    }
  } catch (error) {
    report(error);
  }
}
