/** Runs jobs of the same key one after the other, jobs of different keys side by side. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();
  /** Jobs that have not finished, over all keys. */
  waiting = 0;

  async run<T>(key: string, job: () => Promise<T>): Promise<T> {
    this.waiting++;
    const before = this.#last.get(key);
    const mine = before ? before.then(job, job) : job();
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      this.waiting--;
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
