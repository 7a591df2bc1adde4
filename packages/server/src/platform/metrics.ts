import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Spread } from './spread.js';

/** One series of a figure that is looked up: its label's value, where it has one, and the figure. */
export interface Sample {
  of?: string;
  value: number;
}

/**
 * What an operator watches, for Prometheus. Rooms only count; what must be looked up is looked up when somebody asks.
 * Labels are of small closed sets: never a conversation, a person or an address.
 */
export class Metrics {
  readonly #registry = new Registry();
  /** Appends, by what became of them. Plain numbers, for they are counted on the way of every message. */
  readonly appends = { committed: 0, repeated: 0, refused: 0 };
  readonly appendSeconds = new Spread(
    'helpline_append_seconds',
    'Time from the call of an append until its entry was durable.',
    [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  );
  readonly batchEntries = new Spread(
    'helpline_append_batch_entries',
    'Entries written to MongoDB at once.',
    [1, 2, 5, 10, 20, 50, 100, 200, 500],
  );
  readonly unknownOutcomes = this.#counter(
    'append_unknown_outcomes_total',
    'Times that a written entry got no clear answer and was sent again.',
  );
  readonly lostRaces = this.#counter(
    'append_lost_races_total',
    'Times that an entry found its number taken and was decided anew.',
  );
  readonly leases = new Gauge({
    name: 'helpline_leases_held',
    help: 'Leases that this node holds: what it leads in. Those of one kind count together.',
    labelNames: ['lease'],
    registers: [this.#registry],
  });
  readonly problems = this.#counter('problems_total', 'Calls answered with a problem, by its code.', 'code');

  constructor() {
    const { appends } = this;
    new Counter({
      name: 'helpline_appends_total',
      help: 'Appends, by what became of them.',
      labelNames: ['outcome'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [outcome, times] of Object.entries(appends)) this.inc({ outcome }, times);
      },
    });
  }

  /** A figure looked up at each scrape. One whose look-up fails is left out (without labels: NaN); the others stand. */
  watch(name: string, help: string, look: () => Sample[] | Promise<Sample[]>, label?: string): void {
    const gauge = new Gauge({
      name: `helpline_${name}`,
      help,
      labelNames: label ? [label] : [],
      registers: [this.#registry],
      async collect() {
        gauge.reset();
        for (const { of, value } of await lookedUp(look)) {
          if (label && of !== undefined) gauge.set({ [label]: of }, value);
          else if (!label) gauge.set(value);
        }
      },
    });
  }

  /** The process too: processor, memory, lag of the event loop, garbage collection. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    return [this.appendSeconds.asText(), this.batchEntries.asText(), await this.#registry.metrics()].join('\n');
  }

  #counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name: `helpline_${name}`, help, labelNames, registers: [this.#registry] });
  }
}

async function lookedUp(look: () => Sample[] | Promise<Sample[]>): Promise<Sample[]> {
  try {
    return await look();
  } catch {
    return [{ value: Number.NaN }];
  }
}
