import { sleep } from '../platform/clock.js';
import { answered, type Database, MongoServerError, type Timestamp } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Sample } from '../platform/metrics.js';
import { type Consumer, type EntryRef, Follower, refFields, type Start, type Token } from './follower.js';
import type { Shortcut } from './shortcut.js';
import type { JournalStore } from './store.js';

interface Change {
  _id: Token;
  fullDocument: EntryRef;
}

type Stream = ReturnType<typeof JournalStore.prototype.entries.watch<EntryRef, Change>>;

/** What of the stream is asked for; written so that MongoDB can leave out what is marked before it makes events of it. */
const pipelineWithout = (mark: string) => [
  {
    $match: {
      operationType: 'insert',
      $or: [
        { 'fullDocument.mark': null },
        { 'fullDocument.mark': { $lt: mark } },
        { 'fullDocument.mark': { $gt: mark } },
      ],
    },
  },
  { $project: Object.fromEntries(Object.keys(refFields).map((field) => [`fullDocument.${field}`, 1])) },
];
const atOnce = 500;
/** How often MongoDB tells how far the stream is, if nothing comes by it. */
const tellsEveryMs = 250;
/** A stream that is silent for longer is opened again: the driver may have lost its connection without a word. */
const tellsWithinMs = 5_000;

/**
 * The way of all consumers through the journal: one change stream of MongoDB, opened where the furthest behind of them
 * is. Each goes at its own pace from its own stored position; one that fails or lags holds no other up.
 */
export class Tail {
  readonly #db: Database;
  readonly #store: JournalStore;
  readonly #shortcut: Shortcut;
  readonly #consumers: Consumer[];
  readonly #log: Logger;
  readonly #leadership: number;
  #followers: Follower[] = [];

  /** `leadership`: the token of the lease under which it runs. */
  constructor(
    db: Database,
    store: JournalStore,
    shortcut: Shortcut,
    consumers: Consumer[],
    log: Logger,
    leadership: number,
  ) {
    this.#db = db;
    this.#store = store;
    this.#shortcut = shortcut;
    this.#consumers = consumers;
    this.#log = log;
    this.#leadership = leadership;
  }

  /** How far behind each consumer is, in seconds. */
  lags(): Sample[] {
    return this.#followers.map(({ name, behindSeconds }) => ({ of: name, value: behindSeconds }));
  }

  /** Follows until `signal` aborts. A broken stream, or a position too old to resume from, is healed here. */
  async follow(signal: AbortSignal): Promise<void> {
    let tries = 0;
    while (!signal.aborted) {
      const followers = this.#consumers.map((consumer) => this.#followerOf(consumer));
      this.#followers = followers;
      const began = Date.now();
      try {
        await this.#followOnce(followers, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#log.warn({ err: error }, 'tail broke, following again');
        if (cannotResume(error)) await Promise.all(followers.map((follower) => follower.forgetIfFirst()));
        if (Date.now() - began > 10_000) tries = 0;
        await sleep(Math.min(5_000, 100 * 2 ** tries++), signal);
      }
    }
  }

  #followerOf(consumer: Consumer): Follower {
    return new Follower(this.#db, this.#store, consumer, this.#log, this.#leadership);
  }

  /** Until the stream breaks, a follower has fallen too far behind it, or `signal` aborts. */
  async #followOnce(followers: Follower[], signal: AbortSignal): Promise<void> {
    const now = await this.#majorityTime();
    const starts = await Promise.all(followers.map((follower) => follower.open(now)));
    const first = starts.reduce((a, b) => (b.order < a.order ? b : a));
    for (const [i, follower] of followers.entries()) follower.isFirst = starts[i]?.order === first.order;
    if (signal.aborted) return;
    const over = new AbortController();
    const stop = () => over.abort();
    signal.addEventListener('abort', stop, { once: true });
    const mark = this.#shortcut.open((ref, token) => {
      for (const follower of followers) if (!token || !follower.isBeyond(token)) follower.push(ref);
    });
    const stream = this.#store.entries.watch<EntryRef, Change>(pipelineWithout(mark), {
      batchSize: atOnce,
      maxAwaitTimeMS: tellsEveryMs,
      ...optionsOf(first),
    });
    const reading = this.#read(stream, followers, over.signal);
    const going = followers.map((follower) => follower.run(over.signal));
    try {
      await Promise.race([reading, ...going]);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#shortcut.close();
      over.abort();
      await stream.close().catch(() => {});
      await Promise.all(going);
    }
  }

  /** Hands on what the stream brings, and tells how far it is. */
  async #read(stream: Stream, followers: Follower[], over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const change = await answered(stream.tryNext(), tellsWithinMs);
      if (change) this.#shortcut.handOn(change.fullDocument, change._id);
      const token = stream.resumeToken as Token;
      this.#shortcut.reached(() => {
        for (const follower of followers) follower.reached(token);
      });
    }
  }

  /** A moment of the database such that every entry before it is readable with majority: that of a majority write. */
  async #majorityTime(): Promise<Timestamp> {
    const session = this.#db.client.startSession();
    try {
      await this.#db
        .collection<{ _id: string }>('positions')
        .updateOne({ _id: 'tail' }, { $inc: { starts: 1 } }, { upsert: true, session });
      if (!session.operationTime) throw new Error('MongoDB told no operation time.');
      return session.operationTime;
    } finally {
      await session.endSession();
    }
  }
}

const optionsOf = ({ token, time }: Start) => (token ? { resumeAfter: token } : { startAtOperationTime: time });

/** Too old, of another database, or no token at all: the stream will never open with it. */
const cannotResume = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  (error.hasErrorLabel('NonResumableChangeStreamError') || unresumable.has(Number(error.code)));

/** FailedToParse, TypeMismatch, InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost, and what has no name. */
const unresumable = new Set([9, 14, 260, 280, 286, 40647, 50811, 50872]);
