import { sleep } from '../../../platform/clock.js';
import type { ReachableServer } from '../reach.js';
import { classify, type Outcome } from './outcome.js';
import { type Sending, SmtpLine } from './smtp-line.js';

export interface Errand extends Sending {
  server: () => Promise<ReachableServer>;
  /** Tells one server and password from another. */
  access: string;
}

export interface LaneOptions {
  /** How many a mailbox may have at once. */
  connections: number;
  /** How long a server that can not be reached is left alone. */
  pauseMs: number;
}

type Waiting = Errand & { since: number; done: (outcome: Outcome) => void };
type Open = { line: SmtpLine; access: string };

const waitingAtMost = 56;
/** So many more are called unknown, though nothing was sent of them, if the process is killed. */
const aheadAtMost = 4;
/** How long a mail waits before one more connection is opened. */
const patienceMs = 200;
/** How long a connection without work is kept. */
const idleMs = 10_000;
/** How long a server that refused one more connection is offered no other. */
const modestMs = 60_000;

/** The way of one mailbox's mails to its server: a few couriers, each with a connection that it keeps for a while. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #waiting: Waiting[] = [];
  readonly #lines = new Set<SmtpLine>();
  /** How those are woken that wait for work. */
  readonly #resting = new Set<() => void>();
  #couriers = 0;
  #connecting = 0;
  #modest = { most: 0, until: 0 };
  #pausesUntil = 0;
  #isStopped = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get isFull(): boolean {
    return this.#waiting.length >= waitingAtMost || this.#pauses;
  }

  /** There is nothing to remember. */
  get isOver(): boolean {
    return this.#couriers === 0 && this.#waiting.length === 0 && Date.now() > this.#modest.until;
  }

  /** Never rejects. */
  send(errand: Errand): Promise<Outcome> {
    if (this.#isStopped || this.#pauses) return Promise.resolve({ state: 'put_back' });
    return new Promise((done) => {
      this.#waiting.push({ ...errand, since: Date.now(), done });
      if (this.#wake()) return;
      if (this.#couriers === 0) void this.#carry();
      else this.#askAhead();
    });
  }

  /** What waits is not sent any more, what is on its way may arrive. */
  stop(): void {
    this.#isStopped = true;
    this.#putBackWaiting();
    while (this.#wake());
  }

  async #carry(): Promise<void> {
    this.#couriers++;
    let open: Open | null = null;
    for (let next = this.#next(); next; next = await this.#nextSoon(open)) {
      open = await this.#handOver(next, open);
      if (!open && this.#couriers > this.#most) break;
    }
    if (open) this.#takeLeave(open);
    this.#couriers--;
    if (this.#couriers === 0) this.#help();
  }

  #next(): Waiting | undefined {
    const next = this.#waiting.shift();
    this.#askAhead();
    if (next && Date.now() - next.since > patienceMs) this.#help();
    return next;
  }

  /** One more for those who wait, if there may be one. */
  #help(): void {
    if (this.#waiting.length > 0 && !this.#wake() && this.#couriers < this.#most) void this.#carry();
  }

  /** The next ask whether they may begin while others are on their way: then no server has to wait for our database. */
  #askAhead(): void {
    if (this.#lines.size === 0) return;
    for (const next of this.#waiting.slice(0, aheadAtMost)) next.mayBegin().catch(() => {}); // it is asked again
  }

  async #nextSoon(open: Open | null): Promise<Waiting | undefined> {
    if (this.#waiting.length === 0 && open && !this.#isStopped) await this.#rest();
    return this.#next();
  }

  /** Gives the connection for the next mail, if there is one. */
  async #handOver(next: Waiting, open: Open | null): Promise<Open | null> {
    const fits = open && !open.line.isOver && open.access === next.access;
    if (open && !fits) this.#takeLeave(open);
    const used = fits ? open : await this.#connect(next);
    if (!used) return null;
    const outcome = await used.line.send(next);
    if (outcome.state === 'unheard') return this.#handOver(next, used); // it has ended: this takes a new one
    next.done(outcome);
    return used;
  }

  async #connect(next: Waiting): Promise<Open | null> {
    this.#connecting++;
    try {
      const line = await SmtpLine.open(next.server);
      this.#lines.add(line);
      return { line, access: next.access };
    } catch (error) {
      const others = this.#connecting - 1 + [...this.#lines].filter(({ isOver }) => !isOver).length;
      if (others > 0) this.#beModest(next, others);
      else this.#pause(next, classify(error, false));
      return null;
    } finally {
      this.#connecting--;
    }
  }

  /** Nobody gets through: one mail has tried, and the others need not. */
  #pause({ done }: Waiting, outcome: Outcome): void {
    this.#pausesUntil = Date.now() + this.#options.pauseMs;
    done(outcome);
    this.#putBackWaiting();
  }

  /** The server takes mails, but not by so many connections at once. */
  #beModest(next: Waiting, most: number): void {
    this.#waiting.unshift(next);
    this.#modest = { most, until: Date.now() + modestMs };
    this.#wake();
  }

  #takeLeave({ line }: Open): void {
    this.#lines.delete(line);
    line.quit();
  }

  #putBackWaiting(): void {
    for (const { done } of this.#waiting.splice(0)) done({ state: 'put_back' });
  }

  get #pauses(): boolean {
    return Date.now() < this.#pausesUntil;
  }

  get #most(): number {
    return Date.now() < this.#modest.until ? this.#modest.most : this.#options.connections;
  }

  async #rest(): Promise<void> {
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.#resting.add(wake);
    await sleep(idleMs, woken.signal);
    this.#resting.delete(wake);
  }

  /** False if nobody rests. */
  #wake(): boolean {
    const [wake] = this.#resting;
    if (!wake) return false;
    this.#resting.delete(wake);
    wake();
    return true;
  }
}
