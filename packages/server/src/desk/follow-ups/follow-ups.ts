import type { Output } from '@helpline/protocol';
import { limits } from '@helpline/protocol';
import type { ConversationStore, Lists } from '../../conversations/index.js';
import type { ConversationState, FollowUp, Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import { escalate } from './promise.js';

interface Parts {
  journal: Journal;
  conversations: ConversationStore;
  lists: Lists;
}

type List = Output<'followUp.list'>;

/** After its time a promise may wait that long for its owner; then it is forgotten. */
export const graceMs = 30 * 60_000;
const atOnce = 100;
/** What has an open promise at all; named in each query, so that its index is used. */
const some = { 'followUps.0': { $exists: true } } as const;

/** What was promised to customers, over all conversations. */
export class FollowUps {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Tells others of what was forgotten, each once. */
  async escalateForgotten(now = new Date()): Promise<void> {
    const { conversations, journal } = this.#parts;
    const before = new Date(now.getTime() - graceMs);
    const forgotten = { isForgotten: false, dueAt: { $lte: before } };
    const due = { ...some, 'followUps.dueAt': { $lte: before }, followUps: { $elemMatch: forgotten } };
    for (const { _id, followUps } of await conversations.page(due, { 'followUps.dueAt': 1 }, atOnce))
      for (const one of followUps)
        if (!one.isForgotten && one.dueAt <= before) await escalate(journal, _id, one.id).catch(unlessSettled);
  }

  /** What is due first comes first; of conversations that the asker may see. */
  async list(visibility: Visibility, agentId: string, whose: 'mine' | 'forgotten'): Promise<List> {
    const such = whose === 'mine' ? { 'followUps.ownerId': agentId } : { 'followUps.isForgotten': true };
    const filter = { ...visibleFilter(visibility), ...some, ...such };
    const states = await this.#parts.conversations.page(filter, { 'followUps.dueAt': 1 }, limits.listPage + 1);
    const shown = states.slice(0, limits.listPage);
    const wanted = (one: FollowUp): boolean => (whose === 'mine' ? one.ownerId === agentId : one.isForgotten);
    const items = await this.#present(shown, wanted);
    return { items, more: states.length > limits.listPage };
  }

  async #present(states: ConversationState[], wanted: (one: FollowUp) => boolean): Promise<List['items']> {
    const { journal, lists } = this.#parts;
    const conversations = await lists.present(states);
    const items = await Promise.all(
      states.map(async ({ _id, followUps }, i) => {
        const conversation = conversations[i];
        if (!conversation) return [];
        return Promise.all(
          followUps.filter(wanted).map(async ({ seq, dueAt, ...one }) => ({
            ...one,
            dueAt: dueAt.toISOString(),
            text: await textOf(journal, _id, seq),
            conversation,
          })),
        );
      }),
    );
    return items.flat().toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  }
}

async function textOf(journal: Journal, conversationId: string, seq: number): Promise<string> {
  const [entry] = (await journal.sync(conversationId, 'everything', seq - 1, 1)).entries;
  return entry?.type === 'follow_up' ? entry.payload.text : '';
}

/** Or where only a newer version may decide: others are not forgotten for it. */
function unlessSettled(error: unknown): void {
  const isLeft = error instanceof DeskError && (error.code === 'already_done' || error.code === 'unprocessable');
  if (!isLeft) throw error;
}
