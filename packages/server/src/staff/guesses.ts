import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DeskError } from '../platform/errors.js';

const failuresAtMost = 10;
const withinSeconds = 300;

/** Counts wrong passwords per account and place: an office may sign in all at once, and nobody can lock out another. */
export class Guesses {
  readonly #failures = new RateLimiterMemory({ points: failuresAtMost, duration: withinSeconds });

  /** Counts one; call `forgive` if it was right. Throws `too_many`. */
  async count(email: string, ip: string): Promise<void> {
    try {
      await this.#failures.consume(`${email} ${ip}`);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new DeskError('too_many', { retryAfterMs: refusal.msBeforeNext });
    }
  }

  async forgive(email: string, ip: string): Promise<void> {
    await this.#failures.delete(`${email} ${ip}`);
  }
}
