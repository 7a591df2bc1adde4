/** Who waits, in turn, apart for what nobody else needs: where the first finds nobody, those behind it need not ask. */
export class Line<T extends { turn: string; needs: string }> {
  readonly #byNeeds = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(one: T): void {
    const some = this.#byNeeds.get(one.needs) ?? [];
    this.#byNeeds.set(one.needs, some);
    const i = some.findLastIndex(({ turn }) => turn < one.turn);
    some.splice(i + 1, 0, one);
    this.#size++;
  }

  /** False if it does not wait here. */
  remove(one: T): boolean {
    const some = this.#byNeeds.get(one.needs) ?? [];
    const i = some.indexOf(one);
    if (i === -1) return false;
    some.splice(i, 1);
    if (some.length === 0) this.#byNeeds.delete(one.needs);
    this.#size--;
    return true;
  }

  /** The first in turn of those whose needs are not hopeless. */
  first(hopeless: ReadonlySet<string>): T | null {
    let first: T | null = null;
    for (const [needs, [one]] of this.#byNeeds)
      if (one && !hopeless.has(needs) && (!first || one.turn < first.turn)) first = one;
    return first;
  }

  /** Those who wait now, whatever becomes of them meanwhile. */
  [Symbol.iterator](): Iterator<T> {
    return [...this.#byNeeds.values()].flat().values();
  }
}
