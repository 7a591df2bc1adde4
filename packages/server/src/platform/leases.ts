import { sleep } from './clock.js';
import { answered, type Collection, type Database, isDuplicateKey } from './database.js';
import { newId } from './ids.js';
import type { Logger } from './logger.js';
import { Metrics } from './metrics.js';

interface Lease {
  _id: string;
  holder: string;
  /** Grows with every change of holder: a write that carries an older one comes from a holder of the past. */
  token: number;
  until: Date;
}

/** A lease as its holder sees it: until when it is surely his, by this process's own clock. */
interface Held {
  name: string;
  token: number;
  until: number;
}

const usualMs = 4_000;

/** "One node at a time does this": short leases in MongoDB, by the database's clock. */
export class Leases {
  readonly #leases: Collection<Lease>;
  readonly #holder = newId();
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #leaseMs: number;

  /** `leaseMs`: for how long a lease is given, and renewed. */
  constructor(db: Database, log: Logger, metrics = new Metrics(), leaseMs = usualMs) {
    this.#leases = db.collection<Lease>('leases');
    this.#log = log;
    this.#metrics = metrics;
    this.#leaseMs = leaseMs;
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
    const counted = { lease: name.split(':')[0] ?? name };
    this.#metrics.leases.inc(counted, 0); // whoever does not lead says so
    while (!signal.aborted) {
      const asked = performance.now();
      const token = await answered(this.#acquire(name), this.#leaseMs).catch(() => null);
      if (token === null) {
        await sleep(this.#leaseMs / 8, signal);
        continue;
      }
      this.#metrics.leases.inc(counted);
      await this.#holdWhile({ name, token, until: asked + this.#leaseMs }, signal, work);
      this.#metrics.leases.dec(counted);
      await answered(this.#release(name, token), this.#leaseMs).catch(() => {});
      await sleep(500, signal);
    }
  }

  async #holdWhile(
    lease: Held,
    signal: AbortSignal,
    work: (held: AbortSignal, token: number) => Promise<void>,
  ): Promise<void> {
    const ended = new AbortController();
    const held = AbortSignal.any([signal, ended.signal]);
    const renewing = this.#renewUntil(lease, held, () => ended.abort());
    try {
      if (!held.aborted) await work(held, lease.token);
    } catch (error) {
      this.#log.error({ err: error, lease: lease.name }, 'leader work failed, starting it again');
    } finally {
      ended.abort();
      await renewing;
    }
  }

  /** Calls `lost` before the lease may be another node's, even while the database does not answer. */
  async #renewUntil({ name, token, until }: Held, held: AbortSignal, lost: () => void): Promise<void> {
    const inTime = (end: number) => setTimeout(lost, Math.max(0, end - this.#leaseMs / 8 - performance.now()));
    let deadline = inTime(until);
    while (!held.aborted) {
      await sleep(this.#leaseMs / 4, held);
      if (held.aborted) break;
      const asked = performance.now();
      const renewed = await answered(this.#renew(name, token), this.#leaseMs).catch(() => 'unknown' as const);
      if (renewed === false) lost();
      if (renewed !== true) continue;
      clearTimeout(deadline);
      deadline = inTime(asked + this.#leaseMs);
    }
    clearTimeout(deadline);
  }

  /** An upsert may not compare with the database's clock, so the lease is first made, long expired, and then taken. */
  async #acquire(name: string): Promise<number | null> {
    const blank = { holder: '', token: 0, until: new Date(0) };
    await this.#leases.updateOne({ _id: name }, { $setOnInsert: blank }, { upsert: true }).catch(unlessThere);
    const lease = await this.#leases.findOneAndUpdate(
      { _id: name, $expr: { $lt: ['$until', '$$NOW'] } },
      [{ $set: { holder: this.#holder, token: { $add: ['$token', 1] }, until: { $add: ['$$NOW', this.#leaseMs] } } }],
      { returnDocument: 'after' },
    );
    return lease?.token ?? null;
  }

  async #renew(name: string, token: number): Promise<boolean> {
    const renewed = await this.#leases.updateOne({ _id: name, holder: this.#holder, token }, [
      { $set: { until: { $add: ['$$NOW', this.#leaseMs] } } },
    ]);
    return renewed.matchedCount === 1;
  }

  async #release(name: string, token: number): Promise<void> {
    await this.#leases.updateOne({ _id: name, holder: this.#holder, token }, { $set: { until: new Date(0) } });
  }
}

function unlessThere(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}
