import { sleep } from '../platform/clock.js';
import type { Collection, Database, Timestamp } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Entry } from './entry.js';
import type { JournalStore } from './store.js';

/** What the tail says of an entry; whoever needs more reads it. */
export type EntryRef = Pick<
  Entry,
  '_id' | 'workspaceId' | 'conversationId' | 'seq' | 'type' | 'audience' | 'actor' | 'at'
>;

export const refFields = {
  _id: 1,
  workspaceId: 1,
  conversationId: 1,
  seq: 1,
  type: 1,
  audience: 1,
  actor: 1,
  at: 1,
} as const;

export const refOf = ({ _id, workspaceId, conversationId, seq, type, audience, actor, at }: Entry): EntryRef => ({
  _id,
  workspaceId,
  conversationId,
  seq,
  type,
  audience,
  actor,
  at,
});

/** Gets every entry at least once, each conversation's in order. If `handle` throws, the same entries come again. */
export interface Consumer {
  name: string;
  wants: (ref: EntryRef) => boolean;
  handle: (refs: EntryRef[]) => Promise<void>;
}

/** MongoDB's resume token; its `_data` sorts as the stream does. */
export interface Token {
  _data: string;
}

/** An entry that waits to be handled, and how far everything has been handled after it. */
interface News {
  ref?: EntryRef;
  upTo?: Token;
}

/** Where a consumer is: after `token`, or else at `time`; with neither it reads again from before `at`. */
interface Position {
  _id: string;
  token?: Token;
  time?: Timestamp;
  at?: Date;
  /** The newest leadership under which somebody followed: one of the past may not write here any more. */
  leadership?: number;
}

/** Where the stream must be opened for a consumer; `order` compares such places. */
export interface Start {
  token?: Token;
  time: Timestamp;
  order: string;
}

const atOnce = 500;
const waitingAtMost = 20_000;
const overlapMs = 60 * 60 * 1000;
const saveEveryMs = 250;

/** One consumer on its way: what waits for it, how far it is, and how far that is stored. */
export class Follower {
  readonly #positions: Collection<Position>;
  readonly #store: JournalStore;
  readonly #consumer: Consumer;
  readonly #log: Logger;
  readonly #leadership: number;
  /** Whether the stream was opened for this one's position. */
  isFirst = false;
  #start: Start | null = null;
  #mustReadAgain = false;
  #readingAgain = false;
  #at: Date | undefined;
  #token: Token | undefined;
  #unsaved = false;
  #savedAt = 0;
  #waiting: News[] = [];
  #tooFarBehind = false;
  #wake: () => void = () => {};

  constructor(db: Database, store: JournalStore, consumer: Consumer, log: Logger, leadership: number) {
    this.#positions = db.collection<Position>('positions');
    this.#store = store;
    this.#consumer = consumer;
    this.#log = log;
    this.#leadership = leadership;
  }

  get name(): string {
    return this.#consumer.name;
  }

  /** How long ago the oldest entry came that was not handled yet. */
  get behindSeconds(): number {
    const oldest = this.#readingAgain ? this.#at : this.#waiting[0]?.ref?.at;
    return oldest ? Math.max(0, (Date.now() - oldest.getTime()) / 1000) : 0;
  }

  /** Reads the stored position. Without one, everything before `now` is read from the journal itself. */
  async open(now: Timestamp): Promise<Start> {
    const position = await this.#takeOver();
    this.#at = position?.at;
    this.#mustReadAgain = !position?.token && !position?.time;
    const time = position?.time ?? now;
    const { token } = position ?? {};
    this.#start = token ? { token, time, order: String(token._data) } : { time, order: orderOf(time) };
    return this.#start;
  }

  /** From now on no leader of the past moves the position. Rejects (duplicate key) if this one is of the past itself. */
  #takeOver(): Promise<Position | null> {
    const mine = { $set: { leadership: this.#leadership } };
    return this.#positions.findOneAndUpdate(this.#own(), mine, { upsert: true, returnDocument: 'after' });
  }

  /** An upsert that finds a newer leadership there collides with it. */
  #own() {
    return { _id: this.#consumer.name, leadership: { $not: { $gt: this.#leadership } } };
  }

  push(ref: EntryRef): void {
    if (this.#tooFarBehind) return;
    this.#waiting.push({ ref });
    if (this.#waiting.length >= waitingAtMost) this.#tooFarBehind = true;
    this.#wake();
  }

  /** Whether the consumer was beyond this place of the stream before. */
  isBeyond(token: Token): boolean {
    return this.#start?.token !== undefined && token._data <= this.#start.order;
  }

  /** Whatever stands before this place of the stream has been pushed. */
  reached(token: Token): void {
    if (this.#tooFarBehind || this.isBeyond(token)) return;
    const last = this.#waiting.at(-1);
    if (last) last.upTo = token;
    else this.#waiting.push({ upTo: token });
    this.#wake();
  }

  /** Handles what comes until `signal` aborts, or until it has lost the stream and all of it must be opened again. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = () => this.#wake();
    signal.addEventListener('abort', stop, { once: true });
    if (this.#mustReadAgain) await this.#retrying(signal, () => this.#readAgain(signal));
    while (!signal.aborted && !(this.#tooFarBehind && this.#waiting.length === 0)) {
      const news = this.#waiting.slice(0, atOnce);
      if (news.length === 0) await this.#more(signal);
      else await this.#retrying(signal, () => this.#handleNews(news));
      if (Date.now() - this.#savedAt >= saveEveryMs) await this.#save();
    }
    await this.#save();
    signal.removeEventListener('abort', stop);
  }

  /** The stream can't be opened at this position any more: read again next time. */
  async forgetIfFirst(): Promise<void> {
    if (this.isFirst) await this.#positions.updateOne(this.#own(), { $unset: { token: '', time: '' } });
  }

  async #readAgain(signal: AbortSignal): Promise<void> {
    const refs: EntryRef[] = [];
    this.#readingAgain = true;
    for await (const ref of this.#store.since(this.#at ? new Date(this.#at.getTime() - overlapMs) : null, refFields)) {
      if (signal.aborted) return;
      refs.push(ref);
      if (refs.length === atOnce) await this.#handle(refs.splice(0));
    }
    if (signal.aborted) return;
    await this.#handle(refs);
    await this.#keep({ time: this.#start?.time });
    this.#readingAgain = false;
  }

  async #handleNews(news: News[]): Promise<void> {
    await this.#handle(news.flatMap(({ ref }) => ref ?? []));
    this.#waiting.splice(0, news.length);
    this.#token = news.findLast(({ upTo }) => upTo)?.upTo ?? this.#token;
  }

  async #handle(refs: EntryRef[]): Promise<void> {
    const wanted = refs.filter((ref) => this.#consumer.wants(ref));
    if (wanted.length > 0) await this.#consumer.handle(wanted);
    this.#at = refs.at(-1)?.at ?? this.#at;
    this.#unsaved = true;
  }

  /** Stored late, not for every entry, and later still if that fails: what is not stored comes again after a crash. */
  async #save(): Promise<void> {
    if (!this.#unsaved) return;
    this.#savedAt = Date.now();
    const position = { at: this.#at, ...(this.#token ? { token: this.#token } : {}) };
    this.#unsaved = await this.#keep(position).then(
      () => false,
      () => true,
    );
  }

  async #keep(position: Partial<Position>): Promise<void> {
    const options = { upsert: true, writeConcern: { w: 1 } } as const;
    await this.#positions.updateOne(this.#own(), { $set: position }, options);
  }

  async #more(signal: AbortSignal): Promise<void> {
    if (this.#unsaved) await Promise.race([this.#woken(signal), sleep(saveEveryMs)]);
    else await this.#woken(signal);
  }

  async #woken(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  async #retrying(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        return await work();
      } catch (error) {
        this.#log.warn({ err: error, consumer: this.#consumer.name }, 'a consumer failed, its entries come again');
        await sleep(Math.min(5_000, 100 * 2 ** tries), signal);
      }
    }
  }
}

/** How the tokens of a moment begin. */
const orderOf = (time: Timestamp): string => `82${hex(time.t)}${hex(time.i)}`;

const hex = (value: number): string => (value >>> 0).toString(16).toUpperCase().padStart(8, '0');
