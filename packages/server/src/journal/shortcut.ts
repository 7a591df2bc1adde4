import { randomBytes } from 'node:crypto';
import type { Entry } from './entry.js';
import { type EntryRef, refOf, type Token } from './follower.js';

type HandOn = (ref: EntryRef, token?: Token) => void;

const remembered = 20_000;

/**
 * The short way from this node's appends to the tail, while the tail runs here: MongoDB's change stream leaves out what
 * is marked, since reading an entry back from it costs about as much as writing it. Nothing rests on it: a mark counts
 * only as long as the stream it was made for. After a crash, or on another node, every entry comes from the stream.
 */
export class Shortcut {
  #mark: string | null = null;
  #handOn: HandOn = () => {};
  /** The newest entry of each conversation that was handed on: only its successor may overtake the stream. */
  #handedOn = new Map<string, number>();
  /** Marked entries of which it is not known yet what became of them. */
  #onTheirWay = new Set<Entry>();
  #isNews = false;
  #reached: { before: Set<Entry>; tell: () => void } | null = null;

  /** Gives a mark. From now on what carries it goes to `handOn`, and must be left out of the stream. */
  open(handOn: HandOn): string {
    this.close();
    this.#handOn = handOn;
    this.#mark = randomBytes(9).toString('base64url');
    return this.#mark;
  }

  close(): void {
    this.#mark = null;
    this.#handedOn = new Map();
    this.#onTheirWay = new Set();
    this.#isNews = false;
    this.#reached = null;
  }

  /** The mark for a new entry, unless it could overtake an older one of its conversation. */
  markFor(conversationId: string, seq: number): string | undefined {
    const isNext = seq === 1 || this.#handedOn.get(conversationId) === seq - 1;
    return isNext && this.#mark ? this.#mark : undefined;
  }

  /** Waits for `write`, which gives the very entry once it is there, or another; then hands it on. */
  async watch(entry: Entry, write: Promise<Entry>): Promise<Entry> {
    if (!entry.mark) return write;
    this.#onTheirWay.add(entry);
    try {
      const holder = await write;
      if (holder === entry && entry.mark === this.#mark) this.handOn(refOf(entry));
      return holder;
    } finally {
      this.#onTheirWay.delete(entry);
      this.#oneLess(entry);
    }
  }

  /** Hands on what came either way; `token` is its place in the stream. */
  handOn(ref: EntryRef, token?: Token): void {
    this.#isNews = true;
    this.#handedOn.delete(ref.conversationId);
    this.#handedOn.set(ref.conversationId, ref.seq);
    if (this.#handedOn.size > remembered) this.#handedOn.delete(this.#handedOn.keys().next().value ?? '');
    this.#handOn(ref, token);
  }

  /**
   * The stream is at a position that may be stored once everything before it has been handed on. It knows nothing of
   * what is marked, so `tell` waits for the marked entries that are on their way now. Told of one position at a time,
   * and of none if nothing was handed on since the last.
   */
  reached(tell: () => void): void {
    if (this.#reached || !this.#isNews) return;
    this.#isNews = false;
    if (this.#onTheirWay.size === 0) tell();
    else this.#reached = { before: new Set(this.#onTheirWay), tell };
  }

  #oneLess(entry: Entry): void {
    if (!this.#reached?.before.delete(entry) || this.#reached.before.size > 0) return;
    const { tell } = this.#reached;
    this.#reached = null;
    tell();
  }
}
