import type { EventEmitter } from 'node:events';
import { sleep } from '../platform/clock.js';
import { type Database, MongoServerError, type Timestamp } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Sample } from '../platform/metrics.js';
import { type Change, type Consumer, Follower, refFields, type Start } from './follower.js';
import type { JournalStore } from './store.js';

const pipeline = [
  { $match: { operationType: 'insert' } },
  { $project: Object.fromEntries(Object.keys(refFields).map((field) => [`fullDocument.${field}`, 1])) },
];
const atOnce = 500;
const silenceMs = 30_000;

/**
 * The way of all consumers through the journal: one change stream of MongoDB, opened where the furthest behind of them
 * is. Each goes at its own pace from its own stored position; one that fails or lags holds no other up.
 */
export class Tail {
  readonly #db: Database;
  readonly #store: JournalStore;
  readonly #consumers: Consumer[];
  readonly #log: Logger;
  readonly #leadership: number;
  #followers: Follower[] = [];

  /** `leadership`: the token of the lease under which it runs. */
  constructor(db: Database, store: JournalStore, consumers: Consumer[], log: Logger, leadership: number) {
    this.#db = db;
    this.#store = store;
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
    const stream = this.#store.entries.watch<Change['fullDocument'], Change>(pipeline, {
      batchSize: atOnce,
      ...optionsOf(first),
    });
    const broken = breaking(stream, over.signal);
    stream.on('change', (change) => {
      for (const follower of followers) follower.push(change);
    });
    const going = followers.map((follower) => follower.run(over.signal));
    try {
      await Promise.race([broken, ...going]);
    } finally {
      signal.removeEventListener('abort', stop);
      over.abort();
      await stream.close().catch(() => {});
      await Promise.all(going);
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

/** Rejects when the stream fails, or falls silent: even without news MongoDB tells every second how far it is. */
function breaking(stream: EventEmitter, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    stream.on('error', reject);
    const silence = setTimeout(() => reject(new Error('The change stream is silent.')), silenceMs);
    stream.on('resumeTokenChanged', () => silence.refresh());
    over.addEventListener('abort', () => clearTimeout(silence), { once: true });
  });
}

const optionsOf = ({ token, time }: Start) => (token ? { resumeAfter: token } : { startAtOperationTime: time });

/** Too old, of another database, or no token at all: the stream will never open with it. */
const cannotResume = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  (error.hasErrorLabel('NonResumableChangeStreamError') || unresumable.has(Number(error.code)));

/** FailedToParse, TypeMismatch, InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost, and what has no name. */
const unresumable = new Set([9, 14, 260, 280, 286, 40647, 50811, 50872]);
