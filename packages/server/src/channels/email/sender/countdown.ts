/** Ends what takes too long; every new stage may have its own time. */
export class Countdown {
  readonly #over: Promise<never>;
  #reject: (error: Error) => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#over = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    this.#over.catch(() => {}); // it may end while nobody waits
    this.restart(ms);
  }

  restart(ms: number): void {
    this.stop();
    const error = Object.assign(new Error('The server did not answer in time.'), { code: 'ETIMEDOUT' });
    this.#timer = setTimeout(() => this.#reject(error), ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** The work's outcome, if it comes in time. */
  limit<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#over]);
  }
}
