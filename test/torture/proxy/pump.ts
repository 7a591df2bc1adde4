import type { Socket } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** What travels: bytes, an orderly end, or a reset. They never overtake each other. */
type Parcel = Buffer | 'end' | 'reset';

const atMostWaiting = 1024 * 1024;

/** One direction of a connection. Like TCP it may be late, stuck or cut, but it never loses a byte in the middle. */
export class Pump {
  delayMs = 0;
  jitterMs = 0;
  sliceBytes = Number.POSITIVE_INFINITY;
  /** Called in the middle of the next bytes that contain `what`, with half of them passed on. */
  midway: { what: string; call: () => void } | null = null;
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #queue: { parcel: Parcel; due: number }[] = [];
  #waiting = 0;
  #held = false;
  #running = false;

  constructor(source: Socket, sink: Socket) {
    this.#source = source;
    this.#sink = sink;
    source.on('data', (bytes) => this.#take(bytes));
    source.on('end', () => this.#take('end'));
    source.on('close', (hadError) => this.#take(hadError ? 'reset' : 'end'));
  }

  /** Nothing moves any more, neither bytes nor an end; the sender's buffers fill up as with a dead link. */
  hold(): void {
    this.#held = true;
    this.#source.pause();
  }

  /** What was held back arrives now, as after TCP's own repetitions. */
  release(): void {
    this.#held = false;
    this.#source.resume();
    void this.#run();
  }

  #take(parcel: Parcel): void {
    const due = performance.now() + this.delayMs + Math.random() * this.jitterMs;
    const last = this.#queue.at(-1)?.due ?? 0;
    this.#queue.push({ parcel, due: Math.max(due, last) });
    this.#waiting += parcel.length;
    if (this.#waiting > atMostWaiting) this.#source.pause();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#queue[0]; next && !this.#held; next = this.#queue[0]) {
      const early = next.due - performance.now();
      if (early > 0) {
        await sleep(early);
        continue; // it may have been held meanwhile
      }
      this.#queue.shift();
      await this.#pass(next.parcel);
      this.#waiting -= next.parcel.length;
      if (this.#waiting <= atMostWaiting && !this.#held && this.#source.isPaused()) this.#source.resume();
    }
    this.#running = false;
  }

  async #pass(parcel: Parcel): Promise<void> {
    if (parcel === 'reset') this.#sink.resetAndDestroy();
    else if (parcel === 'end') this.#sink.end();
    else if (this.midway && parcel.includes(this.midway.what)) await this.#breakOff(parcel, this.midway.call);
    else await this.#write(parcel);
  }

  async #breakOff(bytes: Buffer, midway: () => void): Promise<void> {
    this.midway = null;
    await this.#write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    await turn();
    midway();
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && this.#sink.writable; at += this.sliceBytes) {
      const slice = bytes.subarray(at, at + this.sliceBytes);
      const goesOn = this.#sink.write(slice);
      if (!goesOn) await this.#drained();
      else if (slice.length < bytes.length) await turn();
    }
  }

  #drained(): Promise<void> {
    const sink = this.#sink;
    return new Promise((resolve) => {
      const done = (): void => {
        sink.off('drain', done).off('close', done);
        resolve();
      };
      if (sink.destroyed) resolve();
      else sink.on('drain', done).on('close', done);
    });
  }
}
