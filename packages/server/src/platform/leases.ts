import { sleep } from './clock.js';
import { type Collection, type Database, isDuplicateKey } from './database.js';
import { newId } from './ids.js';
import type { Logger } from './logger.js';

interface Lease {
  _id: string;
  holder: string;
  /** Grows with every change of holder: a write that carries an older one comes from a holder of the past. */
  token: number;
  until: Date;
}

const leaseMs = 5_000;

/** "One node at a time does this": short leases in MongoDB, by the database's clock. */
export class Leases {
  readonly #leases: Collection<Lease>;
  readonly #holder = newId();
  readonly #log: Logger;

  constructor(db: Database, log: Logger) {
    this.#leases = db.collection<Lease>('leases');
    this.#log = log;
  }

  /**
   * Runs `work` whenever this node holds the lease, until `signal` aborts. `work` gets a signal that aborts when the
   * lease is lost, and must end soon after; if it throws, it is started again after a pause.
   */
  async whileHeld(
    name: string,
    signal: AbortSignal,
    work: (held: AbortSignal, token: number) => Promise<void>,
  ): Promise<void> {
    while (!signal.aborted) {
      const token = await this.#acquire(name).catch(() => null);
      if (token === null) {
        await sleep(leaseMs / 5, signal);
        continue;
      }
      await this.#holdWhile(name, token, signal, work);
      if (signal.aborted) await this.#release(name).catch(() => {});
      else await sleep(500, signal);
    }
  }

  async #holdWhile(
    name: string,
    token: number,
    signal: AbortSignal,
    work: (held: AbortSignal, token: number) => Promise<void>,
  ): Promise<void> {
    const held = new AbortController();
    const stop = () => held.abort();
    signal.addEventListener('abort', stop, { once: true });
    const renewing = this.#renewUntil(name, token, held);
    try {
      await work(held.signal, token);
    } catch (error) {
      this.#log.error({ err: error, lease: name }, 'leader work failed, starting it again');
    } finally {
      held.abort();
      signal.removeEventListener('abort', stop);
      await renewing;
    }
  }

  async #renewUntil(name: string, token: number, held: AbortController): Promise<void> {
    let lostAt = Date.now() + leaseMs;
    while (!held.signal.aborted) {
      await sleep(leaseMs / 4, held.signal);
      if (held.signal.aborted) return;
      const asked = Date.now();
      const renewed = await this.#renew(name, token).catch(() => 'unknown' as const);
      if (renewed === true) lostAt = asked + leaseMs;
      else if (renewed === false || Date.now() >= lostAt - leaseMs / 4) held.abort();
    }
  }

  async #acquire(name: string): Promise<number | null> {
    const mine = {
      holder: this.#holder,
      token: { $add: [{ $ifNull: ['$token', 0] }, 1] },
      until: { $add: ['$$NOW', leaseMs] },
    };
    try {
      const lease = await this.#leases.findOneAndUpdate(
        { _id: name, $expr: { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] } },
        [{ $set: mine }],
        { upsert: true, returnDocument: 'after' },
      );
      return lease?.token ?? null;
    } catch (error) {
      if (isDuplicateKey(error)) return null; // somebody holds it
      throw error;
    }
  }

  async #renew(name: string, token: number): Promise<boolean> {
    const renewed = await this.#leases.updateOne({ _id: name, holder: this.#holder, token }, [
      { $set: { until: { $add: ['$$NOW', leaseMs] } } },
    ]);
    return renewed.matchedCount === 1;
  }

  async #release(name: string): Promise<void> {
    await this.#leases.updateOne({ _id: name, holder: this.#holder }, { $set: { until: new Date(0) } });
  }
}
