import { recordDelivery } from '../../../conversations/index.js';
import { sleep } from '../../../platform/clock.js';
import { Gathered } from '../../../platform/gathered.js';
import type { Logger } from '../../../platform/logger.js';
import { Bell } from '../bell.js';
import type { Delivery } from '../store.js';
import { type DeliverParts, deliver } from './deliver.js';
import { sendRestLater } from './rest.js';

/** How many deliveries are in hand at once besides those for servers that are slow, and how many are claimed by one step. */
const inHand = 64;
const claimedAtOnce = 24;
const lookMs = 1_000;
/** What becomes due together is claimed together. */
const gatherMs = 10;
/** A server that is slow to answer does not hold up the end; the mail's claim tells the next start where it stood. */
const stopMs = 5_000;

/** Sends what is due. Runs on every node; claims keep the nodes apart. */
export class Outbox {
  readonly #parts: DeliverParts & { log: Logger };
  readonly #bell = new Bell();
  readonly #working = new Map<string, Promise<void>>();
  readonly #recorded: Gathered<string, void>;

  constructor(parts: DeliverParts & { log: Logger }) {
    this.#parts = parts;
    this.#recorded = new Gathered(async (ids) => {
      await parts.store.deliveries.updateMany({ _id: { $in: ids } }, { $set: { recorded: true } });
      return () => {};
    });
  }

  /** There may be something to send. */
  ring(): void {
    this.#bell.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#sendDue(signal), this.#finishOthers(signal)]);
  }

  async #sendDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const claimed = this.#inHand + claimedAtOnce <= inHand ? await this.#claim() : [];
      for (const delivery of claimed) this.#begin(delivery);
      if (claimed.length === claimedAtOnce) continue;
      await this.#bell.wait(lookMs, signal);
      await sleep(gatherMs, signal);
    }
    this.#parts.couriers.stop();
    await Promise.race([Promise.all(this.#working.values()), sleep(stopMs)]);
  }

  get #inHand(): number {
    return [...this.#parts.couriers.full.values()].reduce((left, waiting) => left - waiting, this.#working.size);
  }

  /** One mail of a conversation at a time, so that they arrive in order. */
  #claim(): Promise<Delivery[]> {
    const { claims, couriers, log } = this.#parts;
    const besides = { conversations: [...this.#working.keys()], mailboxes: [...couriers.full.keys()] };
    return claims.some(claimedAtOnce, besides).catch((error: unknown) => {
      log.warn({ err: error }, 'deliveries can not be read, trying again');
      return [];
    });
  }

  #begin(delivery: Delivery): void {
    const { conversationId } = delivery;
    const work = this.#work(delivery).finally(() => {
      this.#working.delete(conversationId);
      this.#bell.ring();
    });
    this.#working.set(conversationId, work);
  }

  async #work(claimed: Delivery): Promise<void> {
    try {
      const ended = await deliver(this.#parts, claimed);
      if (ended) await this.#record(ended);
    } catch (error) {
      // Its claim runs out, and it is tried again or called unknown.
      const { _id: delivery, conversationId } = claimed;
      this.#parts.log.error({ err: error, delivery, conversationId }, 'delivery broke off');
    }
  }

  /** What a crash, here or elsewhere, left without an outcome or without its entry. */
  async #finishOthers(signal: AbortSignal): Promise<void> {
    const { store, claims, log } = this.#parts;
    while (!signal.aborted) {
      try {
        await claims.giveUpSilent();
        const left = { recorded: false, conversationId: { $nin: [...this.#working.keys()] } };
        for await (const delivery of store.deliveries.find(left)) await this.#record(delivery);
      } catch (error) {
        log.warn({ err: error }, 'outcomes can not be recorded, trying again');
      }
      await sleep(lookMs, signal);
    }
  }

  /** Every outcome becomes one entry, however often this is called. */
  async #record(delivery: Delivery): Promise<void> {
    const { store, journal } = this.#parts;
    await sendRestLater(store, delivery);
    const { _id, conversationId, seq, state, recipients, refused = [], messageId, detail } = delivery;
    if (state !== 'sent' && state !== 'failed' && state !== 'unknown' && state !== 'called_back') return;
    const about = { of: seq, messageId: messageId ?? '' };
    const lost = new Set(refused.map(({ address }) => address));
    await recordDelivery(journal, conversationId, _id, {
      ...about,
      state,
      to: recipients.filter((address) => !lost.has(address)),
      ...(detail && state !== 'sent' ? { detail } : {}),
    });
    for (const { address, detail } of refused)
      await recordDelivery(journal, conversationId, `${_id}:${address}`, {
        ...about,
        state: 'failed',
        to: [address],
        detail,
      });
    await this.#recorded.ask(_id);
  }
}
