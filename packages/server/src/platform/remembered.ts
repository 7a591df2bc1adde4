const atMost = 10_000;

/**
 * What is read all the time and changed once a year, kept for a few seconds. Only what was found is kept: asking for
 * what is not there fills no memory.
 */
export class Remembered<T> {
  readonly #forMs: number;
  readonly #read: (key: string) => Promise<T | null>;
  readonly #kept = new Map<string, { found: T; until: number }>();

  constructor(forMs: number, read: (key: string) => Promise<T | null>) {
    this.#forMs = forMs;
    this.#read = read;
  }

  async get(key: string): Promise<T | null> {
    const kept = this.#kept.get(key);
    if (kept && kept.until > Date.now()) return kept.found;
    const found = await this.#read(key);
    if (found === null) this.#kept.delete(key);
    else this.#keep(key, found);
    return found;
  }

  forget(): void {
    this.#kept.clear();
  }

  #keep(key: string, found: T): void {
    if (this.#kept.size >= atMost) this.#kept.clear();
    this.#kept.set(key, { found, until: Date.now() + this.#forMs });
  }
}
