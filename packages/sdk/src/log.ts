/** What a page of sync gives: entries after the asked number, and the newest number there is. */
export interface Page<E> {
  entries: E[];
  head: number;
  more: boolean;
}

/**
 * The entries of one conversation as one client holds them: in order, without a gap, each once.
 * Whatever arrives out of turn is only a hint that `fetchAfter` has more.
 */
export class Log<E> {
  readonly #numberOf: (entry: E) => number;
  readonly #fetchAfter: (n: number) => Promise<Page<E>>;
  readonly #changed: () => void;
  #entries: E[] = [];
  #syncing: Promise<void> | null = null;
  #behind = false;

  constructor(numberOf: (entry: E) => number, fetchAfter: (n: number) => Promise<Page<E>>, changed: () => void) {
    this.#numberOf = numberOf;
    this.#fetchAfter = fetchAfter;
    this.#changed = changed;
  }

  get entries(): readonly E[] {
    return this.#entries;
  }

  get head(): number {
    return this.#entries.length;
  }

  /** Takes entries in; says whether they left a gap that `sync` must fill. */
  take(entries: readonly E[]): boolean {
    let gap = false;
    const next: E[] = [];
    for (const entry of entries) {
      const n = this.#numberOf(entry);
      const expected = this.head + next.length + 1;
      if (n === expected) next.push(entry);
      else if (n > expected) gap = true;
    }
    if (next.length > 0) {
      this.#entries = [...this.#entries, ...next];
      this.#changed();
    }
    return gap;
  }

  /** Takes what the server announced, and fetches what must have come before it. */
  async hear(entries: readonly E[]): Promise<void> {
    if (this.take(entries)) await this.sync();
  }

  /** Fetches until nothing is missing. Calls during a sync make it look once more. */
  sync(): Promise<void> {
    this.#behind = true;
    this.#syncing ??= this.#catchUp();
    return this.#syncing;
  }

  async #catchUp(): Promise<void> {
    try {
      while (this.#behind) {
        this.#behind = false;
        const page = await this.#fetchAfter(this.head);
        this.take(page.entries);
        if (page.more) this.#behind = true;
      }
    } finally {
      this.#syncing = null; // in the same step as the last look, or a call in between would wait for nothing
    }
  }
}
