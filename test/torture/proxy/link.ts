import type { Socket } from 'node:net';
import { Pump } from './pump.js';

/** Up goes from who connected to what he connected to, down goes back. */
export type Direction = 'up' | 'down' | 'both' | 'none';

/** What is wrong with the way, for every connection that is opened on it. */
export interface Conditions {
  held: Direction;
  delayed: { direction: Direction; ms: number; jitter: number };
  sliceBytes: number;
}

export const goodConditions = (): Conditions => ({
  held: 'none',
  delayed: { direction: 'none', ms: 0, jitter: 0 },
  sliceBytes: Number.POSITIVE_INFINITY,
});

/** One connection through the proxy. */
export class Link {
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #up: Pump;
  readonly #down: Pump;

  constructor(near: Socket, far: Socket, onClose: () => void) {
    this.#near = near;
    this.#far = far;
    this.#up = new Pump(near, far);
    this.#down = new Pump(far, near);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => {}); // 'close' says it, and the pump tells the other side
      socket.on('close', () => near.destroyed && far.destroyed && onClose());
    }
  }

  /** The port of whoever connected… */
  get nearPort(): number | undefined {
    return this.#near.remotePort;
  }

  /** …and the port by which the other side knows him. */
  get farPort(): number | undefined {
    return this.#far.localPort;
  }

  meet({ held, delayed, sliceBytes }: Conditions): void {
    this.delay(delayed.ms, delayed.jitter, delayed.direction);
    this.slice(sliceBytes);
    this.drop(held);
  }

  delay(ms: number, jitter = 0, direction: Direction = 'both'): void {
    for (const way of ['up', 'down'] as const) {
      const pump = this.#pump(way);
      pump.delayMs = goes(direction, way) ? ms : 0;
      pump.jitterMs = goes(direction, way) ? jitter : 0;
    }
  }

  slice(bytes: number): void {
    this.#up.sliceBytes = bytes;
    this.#down.sliceBytes = bytes;
  }

  drop(direction: Direction): void {
    for (const way of ['up', 'down'] as const) {
      if (goes(direction, way)) this.#pump(way).hold();
      else this.#pump(way).release();
    }
  }

  /** Both sides see a reset. */
  reset(): void {
    this.#near.resetAndDestroy();
    this.#far.resetAndDestroy();
  }

  /** Reset in the middle of the next bytes that go this way and contain `what`. */
  resetMidFrame(direction: 'up' | 'down', what = ''): void {
    this.#pump(direction).midway = { what, call: () => this.reset() };
  }

  /** Both sides see an orderly end. */
  cut(): void {
    this.#near.destroy();
    this.#far.destroy();
  }

  #pump(way: 'up' | 'down'): Pump {
    return way === 'up' ? this.#up : this.#down;
  }
}

const goes = (direction: Direction, way: 'up' | 'down'): boolean => direction === 'both' || direction === way;
