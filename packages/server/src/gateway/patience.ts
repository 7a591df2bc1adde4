const refusalsAtMost = 200;
const perMs = 1_000;

/**
 * How long a connection is answered that hears nothing but refusals. Who goes on asking whatever he is told would
 * take the others' time; a client that reads its answers never gets that far.
 */
export class Patience {
  #refusals = 0;
  #since = performance.now();

  /** One more call was refused; says whether that was one too many. */
  isOverAfterRefusal(): boolean {
    const now = performance.now();
    if (now - this.#since > perMs) {
      this.#since = now;
      this.#refusals = 0;
    }
    this.#refusals++;
    return this.#refusals > refusalsAtMost;
  }
}
