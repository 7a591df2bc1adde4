/** The end of a process after so many steps: from then on nothing it tries has any effect. */
export class Crash {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  get happened(): boolean {
    return this.#left <= 0;
  }

  /** The same thing, whose every asynchronous call is a step. */
  on<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null) return this.on(value);
        if (typeof value !== 'function') return value;
        if (name === 'find') return value.bind(target);
        return (...given: unknown[]) => this.#step(() => value.apply(target, given));
      },
    });
  }

  async #step(work: () => unknown): Promise<unknown> {
    if (this.happened) throw new Error('The process has ended.');
    const result = await work();
    this.#left--;
    if (this.happened) throw new Error('The process ends here.');
    return result;
  }
}
