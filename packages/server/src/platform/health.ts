import { sleep } from './clock.js';
import type { Collection, Database } from './database.js';

/** How this node hears of the others: `none` where it is alone. */
export interface AdapterState {
  name: 'none' | 'mongo' | 'redis';
  connected: boolean;
}

export interface Readiness {
  ready: boolean;
  draining: boolean;
  database: 'writable' | 'not writable';
  adapter: AdapterState['name'];
  /** What does not work as it should, and does not keep this node from serving. */
  degraded: string[];
}

interface Check {
  _id: string;
  at: Date;
}

const askAgainAfterMs = 1_000;
const patienceMs = 2_000;
const writableForMs = 10_000;

/** Whether a load balancer should send customers here. */
export class Health {
  /** Set once the node is about to end: what is open is finished, and nothing new should come. */
  draining = false;
  readonly #checks: Collection<Check>;
  readonly #adapter: () => AdapterState;
  #lastWritten = Number.NEGATIVE_INFINITY;
  #asked = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;

  constructor(db: Database, adapter: () => AdapterState) {
    this.#checks = db.collection<Check>('health');
    this.#adapter = adapter;
  }

  get adapter(): AdapterState {
    return this.#adapter();
  }

  /** Ready is who could write to a majority of the database lately and does not drain; without Redis it goes on, slower to hear. */
  async readiness(): Promise<Readiness> {
    await Promise.race([this.#askDatabase(), sleep(patienceMs)]);
    const writable = performance.now() - this.#lastWritten < writableForMs;
    const { name, connected } = this.#adapter();
    return {
      ready: writable && !this.draining,
      draining: this.draining,
      database: writable ? 'writable' : 'not writable',
      adapter: name,
      degraded: connected ? [] : [`The other nodes are not heard through ${name}: changes show after a few seconds.`],
    };
  }

  /** At most one small write a second, however often it is asked. */
  #askDatabase(): Promise<void> {
    if (performance.now() - this.#asked < askAgainAfterMs) return this.#asking ?? Promise.resolve();
    this.#asked = performance.now();
    this.#asking ??= this.#write()
      .catch(() => {}) // no write, no news: the last one counts
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  async #write(): Promise<void> {
    const began = performance.now();
    await this.#checks.updateOne({ _id: 'write' }, { $currentDate: { at: true } }, { upsert: true });
    this.#lastWritten = began;
  }
}
