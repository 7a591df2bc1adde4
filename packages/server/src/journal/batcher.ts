import { sleep } from '../platform/clock.js';
import { BSON, MongoInvalidArgumentError, MongoServerError } from '../platform/database.js';
import { Metrics } from '../platform/metrics.js';
import type { Entry } from './entry.js';
import type { Inserted } from './store.js';

/** What became of an entry: written, refused by a unique index, or never writable. */
export type Outcome = 'committed' | 'duplicate' | 'poison';

interface Pending {
  entry: Entry;
  bytes: number;
  resolve: (outcome: Outcome) => void;
  tries: number;
  /** Written in a batch of its own, after it made the driver refuse a whole one. */
  alone: boolean;
}

const batchEntries = 500;
const batchBytes = 8 * 1024 * 1024;
const batchesInFlight = 2;

/**
 * Writes entries in batches: what arrives while a batch is being written goes into the next one.
 * Resolves once it is known what became of the entry, however often the very same document must be sent for that:
 * a lost answer, a time-out or a write-concern error tells nothing.
 */
export class Batcher {
  readonly #insert: (entries: Entry[]) => Promise<Inserted>;
  readonly #metrics: Metrics;
  #queue: Pending[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(insert: (entries: Entry[]) => Promise<Inserted>, metrics = new Metrics()) {
    this.#insert = insert;
    this.#metrics = metrics;
  }

  write(entry: Entry, bytes: number): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#queue.push({ entry, bytes, resolve, tries: 0, alone: false });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= batchesInFlight || this.#queue.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#takeBatch();
    if (batch.length === 0) return;
    this.#inFlight++;
    this.#metrics.batchEntries.observe(batch.length);
    this.#schedule();
    const told = await this.#insert(batch.map((pending) => pending.entry)).then(
      (inserted) => verdicts(inserted, batch.length),
      (error: unknown) => batch.map((): Verdict => (isUnacceptable(error) ? 'refused' : 'unknown')),
    );
    this.#inFlight--;
    batch.forEach((pending, i) => {
      this.#settle(pending, told[i] ?? 'unknown', batch.length);
    });
    this.#schedule();
  }

  #takeBatch(): Pending[] {
    if (this.#queue[0]?.alone) return this.#queue.splice(0, 1);
    let bytes = 0;
    let count = 0;
    for (const pending of this.#queue) {
      if (count === batchEntries || pending.alone || (count > 0 && bytes + pending.bytes > batchBytes)) break;
      bytes += pending.bytes;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  #settle(pending: Pending, verdict: Verdict, batchSize: number): void {
    const final = verdict === 'refused' && batchSize === 1 ? 'poison' : verdict;
    if (final !== 'unknown' && final !== 'refused') {
      pending.resolve(final);
      return;
    }
    pending.alone ||= final === 'refused';
    if (final === 'unknown') this.#metrics.unknownOutcomes.inc();
    void backOff(pending.tries++).then(() => {
      this.#queue.push(pending);
      this.#schedule();
    });
  }
}

export const backOff = (tries: number): Promise<void> => sleep(Math.min(2_000, 50 * 2 ** tries));

/** Besides the outcomes: nothing is known, or some entry of the batch made the whole batch unacceptable. */
type Verdict = Outcome | 'unknown' | 'refused';

/** What became of each entry of a batch. Nothing is taken for written unless the server said so. */
function verdicts({ written, refused, isDurable }: Inserted, size: number): Verdict[] {
  const complete = isDurable && written + refused.length === size;
  const all = Array.from({ length: size }, (): Verdict => (complete ? 'committed' : 'unknown'));
  for (const { index, code } of complete ? refused : [])
    all[index] = code === duplicateKey ? 'duplicate' : passing.has(code) ? 'unknown' : 'poison';
  return all;
}

const duplicateKey = 11000;
/** Codes by which a server says that it is going away or changing roles: the write may succeed elsewhere. */
const passing = new Set([6, 7, 64, 89, 91, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** Codes by which a server refuses a command because of what is in it: BadValue, FailedToParse, TypeMismatch, Overflow, InvalidBSON, BSONObjectTooLarge. */
const unacceptable = new Set([2, 9, 14, 15, 22, 10334]);

/** Whether the driver or the server refused a whole batch for its content: nothing of it was written. */
function isUnacceptable(error: unknown): boolean {
  if (error instanceof MongoServerError) return unacceptable.has(Number(error.code));
  return error instanceof MongoInvalidArgumentError || error instanceof BSON.BSONError || error instanceof RangeError;
}
