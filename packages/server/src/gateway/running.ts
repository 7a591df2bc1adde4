import { sleep } from '../platform/clock.js';

const lookMs = 20;

/** The calls that are being answered, by the connection they came on (null for HTTP). */
export class Running {
  readonly #counts = new Map<string | null, number>();

  async during<T>(connection: string | null, work: () => Promise<T>): Promise<T> {
    this.#counts.set(connection, (this.#counts.get(connection) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.#counts.get(connection) ?? 1) - 1;
      if (left === 0) this.#counts.delete(connection);
      else this.#counts.set(connection, left);
    }
  }

  /** Resolves when the connection's calls are answered, or at `deadline` (by `performance.now`). */
  async ended(connection: string | null, deadline: number): Promise<void> {
    while (this.#counts.has(connection) && performance.now() < deadline) await sleep(lookMs);
  }
}
