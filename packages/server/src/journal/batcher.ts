import { BSON, MongoBulkWriteError, MongoInvalidArgumentError, MongoServerError } from '../platform/database.js';
import type { Entry } from './entry.js';

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
  readonly #insert: (entries: Entry[]) => Promise<void>;
  readonly #pause: (tries: number) => Promise<void>;
  #queue: Pending[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(insert: (entries: Entry[]) => Promise<void>, pause: (tries: number) => Promise<void>) {
    this.#insert = insert;
    this.#pause = pause;
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
    this.#schedule();
    const outcomes = await this.#insert(batch.map((pending) => pending.entry)).then(
      () => batch.map((): Outcome => 'committed'),
      (error: unknown) => outcomesOf(error, batch.length),
    );
    this.#inFlight--;
    batch.forEach((pending, i) => {
      this.#settle(pending, outcomes[i] ?? 'unknown', batch.length);
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

  #settle(pending: Pending, outcome: Outcome | 'unknown' | 'refused', batchSize: number): void {
    const final = outcome === 'refused' && batchSize === 1 ? 'poison' : outcome;
    if (final !== 'unknown' && final !== 'refused') {
      pending.resolve(final);
      return;
    }
    pending.alone ||= final === 'refused';
    void this.#pause(pending.tries++).then(() => {
      this.#queue.push(pending);
      this.#schedule();
    });
  }
}

/** Codes by which a server says that it is going away or changing roles: the write may succeed elsewhere. */
const passing = new Set([6, 7, 64, 89, 91, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

function outcomesOf(error: unknown, size: number): (Outcome | 'unknown' | 'refused')[] {
  if (error instanceof MongoInvalidArgumentError || error instanceof BSON.BSONError || error instanceof RangeError)
    return Array.from({ length: size }, () => 'refused'); // never left the driver
  const listed =
    error instanceof MongoBulkWriteError && !error.result.getWriteConcernError() ? asList(error.writeErrors) : [];
  if (listed.length === 0) {
    if (size === 1 && error instanceof MongoServerError && error.code === 10334) return ['poison'];
    return Array.from({ length: size }, () => 'unknown');
  }
  const outcomes: (Outcome | 'unknown')[] = Array.from({ length: size }, () => 'committed');
  for (const { index, code } of listed)
    outcomes[index] = code === 11000 ? 'duplicate' : passing.has(code) ? 'unknown' : 'poison';
  return outcomes;
}

const asList = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
