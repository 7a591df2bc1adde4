import { sleep } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import type { ConversationState } from './fold.js';
import type { Consumer, EntryRef } from './follower.js';
import type { Heads } from './heads.js';
import type { JournalStore } from './store.js';

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
      const states = (await Promise.all(ids.map((id) => stateAfter(heads, id, refs)))).filter(
        (state) => state !== null,
      );
      await store.keep(states);
      projected(states);
      if (ids.length > 5) await sleep(Math.min(pauseAtMostMs, 4 * (performance.now() - began)));
    },
  };
}

/** What the newest of these entries says of its conversation. */
const stateAfter = (heads: Heads, conversationId: string, refs: EntryRef[]): Promise<ConversationState | null> =>
  heads.reaching(conversationId, refs.findLast((ref) => ref.conversationId === conversationId)?.seq ?? 0);

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
