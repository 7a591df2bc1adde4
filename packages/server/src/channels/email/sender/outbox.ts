import { recordDelivery } from '../../../conversations/index.js';
import { sleep } from '../../../platform/clock.js';
import type { Logger } from '../../../platform/logger.js';
import { Bell } from '../bell.js';
import type { Delivery } from '../store.js';
import { claimNext, giveUpSilent } from './claims.js';
import { type DeliverParts, deliver } from './deliver.js';

const workers = 4;
const lookMs = 1_000;
/** A server that is slow to answer does not hold up the end; the mail's claim tells the next start where it stood. */
const stopMs = 5_000;

/** Sends what is due. Runs on every node; claims keep the nodes apart. */
export class Outbox {
  readonly #parts: DeliverParts & { log: Logger };
  readonly #bell = new Bell();
  /** One mail of a conversation at a time, so that they arrive in order. */
  readonly #busy = new Set<string>();

  constructor(parts: DeliverParts & { log: Logger }) {
    this.#parts = parts;
  }

  /** There may be something to send. */
  ring(): void {
    this.#bell.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#sendDue(signal), this.#finishOthers(signal)]);
  }

  async #sendDue(signal: AbortSignal): Promise<void> {
    const working = new Set<Promise<void>>();
    while (!signal.aborted) {
      const delivery = working.size < workers ? await this.#claim() : null;
      if (!delivery) await this.#bell.wait(lookMs, signal);
      else {
        const work = this.#work(delivery).finally(() => working.delete(work));
        working.add(work);
      }
    }
    await Promise.race([Promise.all(working), sleep(stopMs)]);
  }

  #claim(): Promise<Delivery | null> {
    return claimNext(this.#parts.store, [...this.#busy]).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'deliveries can not be read, trying again');
      return null;
    });
  }

  async #work(claimed: Delivery): Promise<void> {
    const { store, log } = this.#parts;
    this.#busy.add(claimed.conversationId);
    try {
      await deliver(this.#parts, claimed);
      const delivery = await store.deliveries.findOne({ _id: claimed._id, recorded: false });
      if (delivery) await this.#record(delivery);
    } catch (error) {
      // Its claim runs out, and it is tried again or called unknown.
      const { _id: delivery, conversationId } = claimed;
      log.error({ err: error, delivery, conversationId }, 'delivery broke off');
    } finally {
      this.#busy.delete(claimed.conversationId);
      this.#bell.ring();
    }
  }

  /** What a crash, here or elsewhere, left without an outcome or without its entry. */
  async #finishOthers(signal: AbortSignal): Promise<void> {
    const { store, log } = this.#parts;
    while (!signal.aborted) {
      try {
        await giveUpSilent(store);
        for await (const delivery of store.deliveries.find({ recorded: false })) await this.#record(delivery);
      } catch (error) {
        log.warn({ err: error }, 'outcomes can not be recorded, trying again');
      }
      await sleep(lookMs, signal);
    }
  }

  /** Every outcome becomes one entry, however often this is called. */
  async #record(delivery: Delivery): Promise<void> {
    const { store, journal } = this.#parts;
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
    await store.deliveries.updateOne({ _id }, { $set: { recorded: true } });
  }
}
