import { type Ack, type DoorName, type Input, linkCheck, type Output } from '@helpline/protocol';
import { io, type Socket } from 'socket.io-client';
import { Emitter } from './emitter.js';
import { HelplineError, timedOut } from './errors.js';

export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'unauthorized' | 'closed';

interface ConnectionEvents {
  state: ConnectionState;
  event: { name: string; data: unknown };
}

const answerWithinMs = 15_000;
const checkEveryMs = 4_000;
const checkedWithinMs = 6_000;
/** Who all lost the same server come back spread over this time. */
const spreadMs = 1_500;

/**
 * One socket to one of the server's namespaces: knows its state, reconnects, calls doors. A link that looks open and is
 * dead, be it in one direction only, is noticed within seconds and made anew.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #emitter = new Emitter<ConnectionEvents>();
  readonly on = this.#emitter.on.bind(this.#emitter);
  #state: ConnectionState = 'idle';
  #checking: ReturnType<typeof setTimeout> | undefined;
  #heardAt = 0;
  /** Checks in a row that were not answered while other things arrived: a server may be slow. */
  #overdue = 0;

  constructor(url: string, auth: () => Record<string, string>, headers: Record<string, string>) {
    this.#socket = io(url, {
      autoConnect: false,
      forceNew: true,
      transports: ['websocket'],
      withCredentials: true,
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 4_000,
      randomizationFactor: 0.9,
      timeout: 8_000,
      auth: (done) => done(auth()),
      extraHeaders: headers,
    });
    this.#socket.on('connect', () => this.#linkedAgain());
    this.#socket.on('disconnect', () => this.#lost());
    this.#socket.on('connect_error', (error) => this.#refused(error));
    for (const sign of ['packet', 'ping'] as const)
      this.#socket.io.on(sign, () => {
        this.#heardAt = performance.now();
      });
    this.#socket.onAny((name: string, data: unknown) => this.#emitter.emit('event', { name, data }));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  open(): void {
    if (this.#socket.active) return;
    this.#become('connecting');
    this.#socket.connect();
  }

  close(): void {
    this.#become('closed');
    this.#socket.disconnect();
  }

  /** Calls a door, as soon as there is a link. Rejects with a HelplineError; `timeout` means that the outcome is unknown. */
  async call<D extends DoorName>(door: D, input: Input<D>, withinMs = answerWithinMs): Promise<Output<D>> {
    if (!this.#socket.connected) await this.#linked();
    const ack = (await this.#socket
      .timeout(withinMs)
      .emitWithAck(door, input)
      .catch(() => {
        throw timedOut();
      })) as Ack<Output<D>>;
    if (!ack.ok) throw new HelplineError(ack.error);
    return ack.data;
  }

  /** What may be lost, such as typing: sent if there is a link, never waited for. */
  hint<D extends DoorName>(door: D, input: Input<D>): void {
    if (this.#socket.connected) this.#socket.emit(door, input);
  }

  /** Rejects if there is no link in time, or never will be. */
  #linked(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (state: ConnectionState): void => {
        if (state === 'connecting' || state === 'reconnecting') return;
        stop();
        clearTimeout(giveUp);
        if (state === 'connected') resolve();
        else reject(timedOut());
      };
      const giveUp = setTimeout(() => settle('closed'), answerWithinMs);
      const stop = this.on('state', settle);
      settle(this.#state);
    });
  }

  #linkedAgain(): void {
    this.#overdue = 0;
    this.#become('connected');
    this.#checkSoon();
  }

  #checkSoon(): void {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#check(), checkEveryMs);
  }

  async #check(): Promise<void> {
    const { id } = this.#socket;
    const began = performance.now();
    const works = await this.#socket
      .timeout(checkedWithinMs)
      .emitWithAck(linkCheck)
      .then(
        () => true,
        () => false,
      );
    if (!this.#socket.connected || this.#socket.id !== id) return;
    this.#overdue = works ? 0 : this.#overdue + 1;
    if (works || (this.#heardAt > began && this.#overdue < 2)) this.#checkSoon();
    else this.#socket.disconnect(); // and back, by `lost`
  }

  #lost(): void {
    clearTimeout(this.#checking);
    if (this.#state === 'closed') return;
    this.#become('reconnecting');
    if (!this.#socket.active) this.#connectIn(Math.random() * spreadMs); // we gave the link up, or the server said goodbye
  }

  #refused(error: Error & { data?: { code?: string; retryAfterMs?: number } }): void {
    if (this.#state === 'closed' || this.#socket.active) return;
    const code = error.data?.code;
    if (code === 'unauthenticated' || code === 'origin_not_allowed') this.#become('unauthorized');
    else this.#connectIn((error.data?.retryAfterMs ?? 3_000) * (0.5 + Math.random()));
  }

  #connectIn(ms: number): void {
    setTimeout(() => this.#state !== 'closed' && this.#socket.connect(), ms);
  }

  #become(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#emitter.emit('state', state);
  }
}
