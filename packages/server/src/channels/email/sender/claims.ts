import type { DeliveryState } from '@helpline/protocol';
import { sleep } from '../../../platform/clock.js';
import type { Filter } from '../../../platform/database.js';
import { Gathered } from '../../../platform/gathered.js';
import { newId } from '../../../platform/ids.js';
import type { Delivery, MailStore } from '../store.js';
import { say } from '../texts.js';

/** Longer than a try may take until the server wants the text, and longer than it may take then with one that goes before. */
const claimMs = 60_000;
const dataMs = 360_000;
/** No server waits for an outcome to be written down, and what comes meanwhile is written down with the next. */
const gatherMs = 15;
/** How long before its first byte a mail may have begun. */
const aheadMs = 10_000;

const fromNow = (ms: number): Date => new Date(Date.now() + ms);

/** How a delivery ends. */
export type Settled = { state: DeliveryState; detail: string | null } & Partial<
  Pick<Delivery, 'recipients' | 'refused' | 'later'>
>;

/** What is not wanted. */
interface Besides {
  conversations: string[];
  mailboxes: string[];
}

/** Who may send which mail. Every claim is held by one node; what many mails ask for at once is one step in the database. */
export class Claims {
  readonly #store: MailStore;
  readonly #beginning: Gathered<Delivery, boolean>;
  readonly #changes: Gathered<Change, boolean>;

  constructor(store: MailStore) {
    this.#store = store;
    this.#beginning = new Gathered((deliveries) => beginData(store, deliveries));
    this.#changes = new Gathered(async (changes) => {
      await sleep(gatherMs);
      return changeHeld(store, changes);
    });
  }

  /**
   * Claims up to `most` deliveries that are due and nobody works on, also such whose worker fell silent before he began to
   * send. One of a conversation at a time: they shall arrive in order.
   */
  async some(most: number, besides: Besides): Promise<Delivery[]> {
    for (;;) {
      const due = isDue(new Date());
      const ids = await this.#candidates(most, { ...other(besides), ...due });
      if (ids.length === 0) return [];
      const held = { state: 'claimed' as const, claim: newId(), lease: fromNow(claimMs) };
      await this.#store.deliveries.updateMany({ _id: { $in: ids }, ...due }, { $set: held });
      const ours = { _id: { $in: ids }, claim: held.claim };
      const claimed = await this.#store.deliveries.find(ours).sort({ dueAt: 1, seq: 1 }).toArray();
      if (claimed.length > 0) return claimed; // else another node had the same in mind
    }
  }

  async #candidates(most: number, filter: Filter<Delivery>): Promise<string[]> {
    const found = await this.#store.deliveries
      .find(filter, { projection: { conversationId: 1 } })
      .sort({ dueAt: 1, seq: 1 })
      .limit(2 * most)
      .toArray();
    return firstOfEach(found).slice(0, most);
  }

  /**
   * To be asked just before the first byte of a mail: from then on nobody may send it again by himself. Asked a little
   * ahead it answers at once then. False if the claim is no longer ours.
   */
  permission(delivery: Delivery): () => Promise<boolean> {
    let asked = { at: Number.NEGATIVE_INFINITY, answer: Promise.resolve(false) };
    return () => {
      if (Date.now() - asked.at > aheadMs) asked = { at: Date.now(), answer: this.#beginning.ask(delivery) };
      return asked.answer;
    };
  }

  async tryLater(delivery: Delivery, dueAt: Date, detail: string): Promise<void> {
    await this.#changes.ask({ delivery, set: { ...free, dueAt, detail, tries: delivery.tries + 1 } });
  }

  /** Nothing was tried: somebody else, or later we, may take it. */
  async putBack(delivery: Delivery, dueAt = delivery.dueAt): Promise<void> {
    await this.#changes.ask({ delivery, set: { ...free, dueAt } });
  }

  /** Writes the outcome down. Null if somebody else may have. */
  async settle(delivery: Delivery, outcome: Settled): Promise<Delivery | null> {
    const set = { ...outcome, claim: null, lease: null, recorded: outcome.state === 'not_needed' };
    return (await this.#changes.ask({ delivery, set })) ? { ...delivery, ...set } : null;
  }

  /** Whoever was sending fell silent in the middle: whether it arrived nobody knows. */
  async giveUpSilent(): Promise<void> {
    const detail = say('delivery.broke_off');
    await this.#store.deliveries.updateMany(
      { state: 'data', lease: { $lt: new Date() } },
      { $set: { state: 'unknown', claim: null, lease: null, recorded: false, detail } },
    );
  }
}

const free = { state: 'queued', claim: null, lease: null } as const;

const other = ({ conversations, mailboxes }: Besides) => ({
  conversationId: { $nin: conversations },
  ...(mailboxes.length > 0 ? { mailboxId: { $nin: mailboxes } } : {}),
});

const isDue = (now: Date) => ({
  $or: [
    { state: 'queued' as const, dueAt: { $lte: now } },
    { state: 'claimed' as const, lease: { $lt: now } },
  ],
});

/** Pure. */
function firstOfEach(deliveries: Pick<Delivery, '_id' | 'conversationId'>[]): string[] {
  const first = new Map<string, string>();
  for (const { conversationId, _id } of deliveries) if (!first.has(conversationId)) first.set(conversationId, _id);
  return [...first.values()];
}

async function beginData({ deliveries }: MailStore, begun: Delivery[]): Promise<(one: Delivery) => boolean> {
  const lease = fromNow(dataMs);
  const { matchedCount } = await deliveries.bulkWrite(
    begun.map(({ _id, claim, mailboxId, messageId }) => ({
      updateOne: { filter: { _id, claim }, update: { $set: { state: 'data' as const, lease, mailboxId, messageId } } },
    })),
    { ordered: false },
  );
  if (matchedCount === begun.length) return () => true;
  const ids = begun.map(({ _id }) => _id);
  const found = await deliveries.find({ _id: { $in: ids }, state: 'data', lease }).toArray();
  const ours = new Set(found.map(({ _id, claim }) => `${_id} ${claim}`));
  return ({ _id, claim }) => ours.has(`${_id} ${claim}`);
}

interface Change {
  delivery: Delivery;
  set: Partial<Delivery>;
}

/**
 * Of a delivery that we hold no longer nothing is changed. Gives whether all were held. With every step stands what
 * stays the same for every try: the address and the Message-ID.
 */
async function changeHeld({ deliveries }: MailStore, changes: Change[]): Promise<() => boolean> {
  const writes = changes.map(({ delivery: { _id, claim, mailboxId, messageId }, set }) => ({
    updateOne: {
      filter: { _id, claim, state: { $in: ['claimed' as const, 'data' as const] } },
      update: { $set: { mailboxId, messageId, ...set } },
    },
  }));
  const { matchedCount } = await deliveries.bulkWrite(writes, { ordered: false });
  return () => matchedCount === changes.length;
}
