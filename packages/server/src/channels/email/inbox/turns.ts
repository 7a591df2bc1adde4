/** Lets work that has nothing in common run side by side, and what has anything in common one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** `about` says what the work is about. The order of the calls is the order of the work. */
  run<T>(about: Iterable<string>, work: () => Promise<T>): Promise<T> {
    const names = [...new Set(about)];
    const before = names.flatMap((name) => this.#last.get(name) ?? []);
    const result = Promise.all(before).then(work);
    const settled = result.then(nothing, nothing);
    for (const name of names) this.#last.set(name, settled);
    void settled.then(() => {
      for (const name of names) if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    return result;
  }
}

const nothing = (): void => {};
