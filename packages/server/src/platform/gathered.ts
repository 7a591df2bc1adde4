const togetherAtMost = 100;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** Does things together, and gives what tells each its own result. */
export type Together<Item, Result> = (items: Item[]) => Promise<(item: Item, index: number) => Result>;

/**
 * Does together what is asked for one by one: whatever comes in the same turn, or while the last is being done, is the
 * next. If they fail together each is tried alone, so it must do no harm to do one twice.
 */
export class Gathered<Item, Result> {
  readonly #together: Together<Item, Result>;
  readonly #weigh: (item: Item) => number;
  #waiting: Waiting<Item, Result>[] = [];
  #busy = false;

  /** Items that `weigh` more than 1 together, and more than a hundred in any case, are not done together. */
  constructor(together: Together<Item, Result>, weigh: (item: Item) => number = () => 0) {
    this.#together = together;
    this.#weigh = weigh;
  }

  ask(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      setImmediate(() => void this.#work());
    });
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#take();
      if (!(await this.#answer(some))) await Promise.all(some.map((one) => this.#answer([one])));
    }
    this.#busy = false;
  }

  #take(): Waiting<Item, Result>[] {
    let weight = 0;
    const tooMuch = this.#waiting.findIndex(({ item }, index) => {
      weight += this.#weigh(item);
      return index > 0 && (weight > 1 || index === togetherAtMost);
    });
    return this.#waiting.splice(0, tooMuch < 0 ? this.#waiting.length : tooMuch);
  }

  /** False if nothing is known of any of several. */
  async #answer(some: Waiting<Item, Result>[]): Promise<boolean> {
    try {
      const tell = await this.#together(some.map(({ item }) => item));
      for (const [index, { item, resolve }] of some.entries()) resolve(tell(item, index));
    } catch (error) {
      if (some.length > 1) return false;
      for (const { reject } of some) reject(error);
    }
    return true;
  }
}
