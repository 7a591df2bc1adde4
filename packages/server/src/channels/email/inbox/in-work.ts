import type { LedgerLine } from '../store.js';

/** What is in work, and so in memory, together. */
const atOnce = { mails: 192, bytes: 64 * 1024 * 1024 };

/** The mails that are being taken in, batch beside batch. */
export class InWork {
  readonly #batches = new Map<Promise<void>, LedgerLine[]>();
  readonly #ended: () => void;
  #failure: { reason: unknown } | null = null;

  /** `ended` is told after each batch. */
  constructor(ended: () => void) {
    this.#ended = ended;
  }

  get ids(): string[] {
    return this.#lines.map(({ _id }) => _id);
  }

  get isEmpty(): boolean {
    return this.#batches.size === 0;
  }

  get #lines(): LedgerLine[] {
    return [...this.#batches.values()].flat();
  }

  add(lines: LedgerLine[], work: Promise<void>): void {
    const ended = work
      .catch((reason: unknown) => {
        this.#failure ??= { reason };
      })
      .finally(() => {
        this.#batches.delete(ended);
        this.#ended();
      });
    this.#batches.set(ended, lines);
  }

  /** Those for which there is room now, in their order. Where nothing else is in work the first is among them however large it is. */
  fitting(lines: LedgerLine[]): LedgerLine[] {
    let bytes = bytesOf(this.#lines);
    const end = lines.findIndex((line, index) => {
      bytes += bytesOf([line]);
      return bytes > atOnce.bytes && !(index === 0 && this.isEmpty);
    });
    return end < 0 ? lines : lines.slice(0, end);
  }

  /** Until there is room for as many mails. Rejects if work failed, once all of it has ended. */
  async roomFor(mails: number): Promise<void> {
    while (!this.#failure && this.#lines.length + mails > atOnce.mails) await Promise.race(this.#batches.keys());
    if (this.#failure) await this.end();
  }

  /** Until nothing is in work. Rejects if anything failed. */
  async end(): Promise<void> {
    await Promise.all(this.#batches.keys());
    if (this.#failure) throw this.#failure.reason;
  }
}

const bytesOf = (lines: LedgerLine[]): number => lines.reduce((sum, { size }) => sum + (size ?? 0), 0);
