import { Server, type ServerOptions } from 'socket.io';
import type { Entry } from '../../journal/index.js';
import { sleep } from '../../platform/clock.js';
import type { AdapterState } from '../../platform/health.js';
import type { Logger } from '../../platform/logger.js';

export type Audience = 'visitor' | 'agent';

/** What one node tells the others. It may be lost, so nothing depends on it. */
export type Hint =
  | { kind: 'entry'; entry: Entry; from?: string }
  | { kind: 'event'; audience: Audience; rooms: string[]; event: string; data: unknown; except?: string }
  | { kind: 'end'; audience: Audience; rooms: string[]; except?: string }
  | { kind: 'staff'; workspaceId: string; agentId?: string };

/** What brings messages from one node to the others: an adapter of Socket.IO's, and how it is doing. */
export interface Carrier {
  name: AdapterState['name'];
  adapter: ServerOptions['adapter'];
  /** For how long hints are gathered, as each message has its price. */
  gatherMs: number;
  connected(): boolean;
  close(): Promise<void>;
}

type ToOtherNodes = { hints: (text: string) => void };

/**
 * The other nodes of the house. Only hints go this way, gathered into one message: who is connected here is told
 * without it, and what gets lost is found by whoever compares with the database.
 */
export class Nodes {
  readonly #carrier: Carrier;
  readonly #log: Logger;
  readonly #bus: Server<Record<string, never>, Record<string, never>, ToOtherNodes>;
  readonly #heard: ((hint: Hint) => void)[] = [];
  #gathered: Hint[] = [];

  constructor(carrier: Carrier, log: Logger) {
    this.#carrier = carrier;
    this.#log = log;
    this.#bus = new Server({ adapter: carrier.adapter });
    this.#bus.on('hints', (text) => this.#hear(text));
  }

  get state(): AdapterState {
    return { name: this.#carrier.name, connected: this.#carrier.connected() };
  }

  tell(hint: Hint): void {
    if (this.#gathered.push(hint) > 1) return;
    if (this.#carrier.gatherMs === 0) setImmediate(() => this.#send());
    else void sleep(this.#carrier.gatherMs).then(() => this.#send());
  }

  onHeard(listener: (hint: Hint) => void): void {
    this.#heard.push(listener);
  }

  async close(): Promise<void> {
    this.#send();
    await this.#bus.of('/').adapter.close();
    await this.#carrier.close();
  }

  #send(): void {
    if (this.#gathered.length === 0) return;
    const text = JSON.stringify(this.#gathered);
    this.#gathered = [];
    this.#bus.serverSideEmit('hints', text);
  }

  /** Another node may be of another version: what is not understood is left. */
  #hear(text: string): void {
    try {
      const hints: Hint[] = JSON.parse(text, revive);
      for (const hint of hints) for (const listener of this.#heard) listener(hint);
    } catch (error) {
      this.#log.warn({ err: error }, 'what another node told was not understood');
    }
  }
}

const revive = (key: string, value: unknown): unknown =>
  key === 'at' && typeof value === 'string' ? new Date(value) : value;
