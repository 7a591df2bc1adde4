import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Call, Row } from '../platform/doors.js';
import { DeskError } from '../platform/errors.js';

/** Counts calls per door and caller; who is not signed in counts by address. */
export class Rates {
  readonly #limiters = new Map<string, RateLimiterMemory>();
  readonly #exempt: ReadonlySet<string>;

  /** Addresses in `exempt` are never limited: a load test's, for instance. */
  constructor(exempt: readonly string[]) {
    this.#exempt = new Set(exempt);
  }

  /** Throws `too_many` with the time to wait. */
  async check(row: Row, { caller, ip }: Call): Promise<void> {
    if (this.#exempt.has(ip)) return;
    const who = caller.kind === 'agent' ? caller.agentId : caller.kind === 'visitor' ? caller.sessionId : ip;
    try {
      await this.#limiterOf(row).consume(who);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new DeskError('too_many', { retryAfterMs: refusal.msBeforeNext });
    }
  }

  #limiterOf({ name, rate }: Row): RateLimiterMemory {
    const known = this.#limiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterMemory({ keyPrefix: name, points: rate.points, duration: rate.perSeconds });
    this.#limiters.set(name, limiter);
    return limiter;
  }
}
