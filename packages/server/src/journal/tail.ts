import { sleep } from '../platform/clock.js';
import { type Collection, type Database, MongoServerError, type Timestamp } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Entry } from './entry.js';
import type { JournalStore } from './store.js';

/** What the tail says of an entry; whoever needs more reads it. */
export type EntryRef = Pick<
  Entry,
  '_id' | 'workspaceId' | 'conversationId' | 'seq' | 'type' | 'audience' | 'actor' | 'at'
>;

/** Gets every entry at least once, each conversation's in order. If `handle` throws, the same entries come again. */
export interface Consumer {
  name: string;
  wants: (ref: EntryRef) => boolean;
  handle: (refs: EntryRef[]) => Promise<void>;
}

interface Position {
  _id: string;
  /** MongoDB's resume token of the last entry handled. */
  token?: unknown;
  /** When that entry was written. */
  at?: Date;
  starts: number;
}

interface Change {
  _id: unknown;
  fullDocument: EntryRef;
}

const refFields = { _id: 1, workspaceId: 1, conversationId: 1, seq: 1, type: 1, audience: 1, actor: 1, at: 1 } as const;
const pipeline = [
  { $match: { operationType: 'insert' } },
  { $project: Object.fromEntries(Object.keys(refFields).map((field) => [`fullDocument.${field}`, 1])) },
];
const overlapMs = 60 * 60 * 1000;
const atOnce = 500;
const waitingAtMost = 20_000;

/** One consumer's way through the journal: MongoDB's change stream from a stored position. */
export class Tail {
  readonly #db: Database;
  readonly #store: JournalStore;
  readonly #positions: Collection<Position>;
  readonly #consumer: Consumer;
  readonly #log: Logger;

  constructor(db: Database, store: JournalStore, consumer: Consumer, log: Logger) {
    this.#db = db;
    this.#store = store;
    this.#positions = db.collection<Position>('positions');
    this.#consumer = consumer;
    this.#log = log;
  }

  /** Follows until `signal` aborts. A broken stream, or a position too old to resume from, is healed here. */
  async follow(signal: AbortSignal): Promise<void> {
    let tries = 0;
    while (!signal.aborted) {
      try {
        await this.#followOnce(signal, () => {
          tries = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        this.#log.warn({ err: error, consumer: this.#consumer.name }, 'tail broke, following again');
        if (cannotResume(error)) await this.#forgetToken();
        await sleep(Math.min(5_000, 100 * 2 ** tries++), signal);
      }
    }
  }

  async #followOnce(signal: AbortSignal, alive: () => void): Promise<void> {
    const start = await this.#start(signal);
    const arrived = new Arrivals();
    const stream = this.#store.entries.watch<EntryRef, Change>(pipeline, { batchSize: atOnce, ...start });
    stream.on('change', (change) => arrived.push(change));
    stream.on('error', (error) => arrived.end(error));
    const stop = () => arrived.end();
    signal.addEventListener('abort', stop, { once: true });
    try {
      while (!signal.aborted) {
        const changes = await arrived.next();
        const last = changes.at(-1);
        if (!last || signal.aborted) return;
        await this.#handle(
          changes.map((change) => change.fullDocument),
          last._id,
        );
        alive();
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await stream.close().catch(() => {});
    }
  }

  /** From where to follow. Without a token, everything up to now is first read from the journal itself. */
  async #start(signal: AbortSignal): Promise<{ resumeAfter: unknown } | { startAtOperationTime: Timestamp }> {
    const position = await this.#positions.findOne({ _id: this.#consumer.name });
    if (position?.token) return { resumeAfter: position.token };
    const now = await this.#majorityTime();
    const from = position?.at ? new Date(position.at.getTime() - overlapMs) : new Date(0);
    const written = this.#store.entries.find({ at: { $gte: from } }, { projection: refFields }).sort({ at: 1, seq: 1 });
    const refs: EntryRef[] = [];
    for await (const ref of written) {
      if (signal.aborted) return { startAtOperationTime: now };
      refs.push(ref);
      if (refs.length === atOnce) await this.#handle(refs.splice(0));
    }
    await this.#handle(refs);
    return { startAtOperationTime: now };
  }

  /** A moment of the database such that every entry before it is readable with majority: that of a majority write. */
  async #majorityTime(): Promise<Timestamp> {
    const session = this.#db.client.startSession();
    try {
      await this.#positions.updateOne({ _id: this.#consumer.name }, { $inc: { starts: 1 } }, { upsert: true, session });
      if (!session.operationTime) throw new Error('MongoDB told no operation time.');
      return session.operationTime;
    } finally {
      await session.endSession();
    }
  }

  async #handle(refs: EntryRef[], token?: unknown): Promise<void> {
    const last = refs.at(-1);
    if (!last) return;
    const wanted = refs.filter((ref) => this.#consumer.wants(ref));
    if (wanted.length > 0) await this.#consumer.handle(wanted);
    await this.#positions.updateOne(
      { _id: this.#consumer.name },
      { $set: { at: last.at, ...(token ? { token } : {}) } },
      { upsert: true, writeConcern: { w: 1 } },
    );
  }

  async #forgetToken(): Promise<void> {
    await this.#positions.updateOne({ _id: this.#consumer.name }, { $unset: { token: '' } });
  }
}

/** What the stream pushed and nobody has taken yet. */
class Arrivals {
  #changes: Change[] = [];
  #over = false;
  #error: unknown = null;
  #wake: () => void = () => {};

  /** A consumer that is too slow ends the stream, and follows again from where it is then. */
  push(change: Change): void {
    if (this.#over) return;
    this.#changes.push(change);
    if (this.#changes.length >= waitingAtMost) this.#over = true;
    this.#wake();
  }

  end(error: unknown = null): void {
    this.#over = true;
    this.#error ??= error;
    this.#wake();
  }

  /** What is there, as soon as something is; nothing once it is over. Throws what it ended with. */
  async next(): Promise<Change[]> {
    while (this.#changes.length === 0 && !this.#over)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#changes.length === 0 && this.#error) throw this.#error;
    return this.#changes.splice(0, atOnce);
  }
}

/** Too old, of another database, or no token at all: the stream will never open with it. */
const cannotResume = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  (error.hasErrorLabel('NonResumableChangeStreamError') || unresumable.has(Number(error.code)));

/** FailedToParse, TypeMismatch, InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost, and what has no name. */
const unresumable = new Set([9, 14, 260, 280, 286, 40647, 50811, 50872]);
