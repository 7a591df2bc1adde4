/** What happens, the soonest first; of what happens at once, what was said first. */
export class Events<T> {
  readonly #heap: { at: number; n: number; event: T }[] = [];
  #n = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(at: number, event: T): void {
    const heap = this.#heap;
    heap.push({ at, n: this.#n++, event });
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#isSooner(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  take(): { at: number; event: T } | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return null;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    for (let i = 0; ; ) {
      const soonest = [2 * i + 1, 2 * i + 2].reduce((best, child) => (this.#isSooner(child, best) ? child : best), i);
      if (soonest === i) return;
      this.#swap(i, soonest);
      i = soonest;
    }
  }

  #isSooner(i: number, j: number): boolean {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.n < b.n));
  }

  #swap(i: number, j: number): void {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    if (!a || !b) return;
    this.#heap[i] = b;
    this.#heap[j] = a;
  }
}
