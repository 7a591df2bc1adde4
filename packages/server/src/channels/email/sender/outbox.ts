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
    const working = new Set<Promise<void>>();
    while (!signal.aborted) {
      try {
        await this.#recordOutcomes();
        const delivery = working.size < workers ? await claimNext(this.#parts.store, [...this.#busy]) : null;
        if (!delivery) await this.#bell.wait(lookMs, signal);
        else {
          const work = this.#work(delivery).finally(() => working.delete(work));
          working.add(work);
        }
      } catch (error) {
        this.#parts.log.error({ err: error }, 'outbox failed, going on');
        await sleep(lookMs, signal);
      }
    }
    await Promise.race([Promise.all(working), sleep(stopMs)]);
  }

  async #work(delivery: Delivery): Promise<void> {
    this.#busy.add(delivery.conversationId);
    try {
      await deliver(this.#parts, delivery);
    } catch (error) {
      // Its claim runs out, and it is tried again or called unknown.
      this.#parts.log.error({ err: error, delivery: delivery._id }, 'delivery broke off');
    } finally {
      this.#busy.delete(delivery.conversationId);
      this.#bell.ring();
    }
  }

  /** Every outcome becomes one entry, also one that a crash kept from being written. */
  async #recordOutcomes(): Promise<void> {
    const { store, journal } = this.#parts;
    await giveUpSilent(store);
    for await (const delivery of store.deliveries.find({ recorded: false })) {
      const { _id, conversationId, seq, state, recipients, messageId, detail } = delivery;
      if (state !== 'sent' && state !== 'failed' && state !== 'unknown') continue;
      await recordDelivery(journal, conversationId, _id, {
        of: seq,
        state,
        to: recipients,
        messageId: messageId ?? '',
        ...(detail && state !== 'sent' ? { detail } : {}),
      });
      await store.deliveries.updateOne({ _id }, { $set: { recorded: true } });
    }
  }
}
