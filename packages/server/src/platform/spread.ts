/**
 * How often which size came, as a histogram of Prometheus. Of our own because each observation of prom-client's takes half
 * a microsecond, which a chat message has not to spare.
 */
export class Spread {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    let i = 0;
    while (value > (this.#bounds[i] ?? Number.POSITIVE_INFINITY)) i++;
    this.#counts[i] = (this.#counts[i] ?? 0) + 1;
    this.#sum += value;
  }

  asText(): string {
    let upTo = 0;
    const buckets = this.#counts.map((count, i) => {
      upTo += count;
      return `${this.#name}_bucket{le="${this.#bounds[i] ?? '+Inf'}"} ${upTo}`;
    });
    return [
      `# HELP ${this.#name} ${this.#help}`,
      `# TYPE ${this.#name} histogram`,
      ...buckets,
      `${this.#name}_sum ${this.#sum}`,
      `${this.#name}_count ${upTo}`,
      '',
    ].join('\n');
  }
}
