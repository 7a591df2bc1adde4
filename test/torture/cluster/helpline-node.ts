import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitForPort } from '@helpline/server/dist/platform/ports.js';
import type { TcpProxy } from '../proxy/tcp-proxy.js';
import { Child } from './child.js';
import { evaluateOn } from './inspector.js';

const root = new URL('../../../..', import.meta.url).pathname;
const serve = [join(root, 'packages/server/dist/cli/main.js'), 'serve'];

export interface NodePlace {
  index: number;
  port: number;
  inspectPort: number;
  logs: string;
  /** Between the clients and this node. */
  clients: TcpProxy;
  /** Between this node and Redis. */
  redis: TcpProxy;
  env: Record<string, string>;
  /** Given to node itself, on every start. */
  nodeArgs: string[];
  /** Called whenever it begins or ceases to take calls. */
  onChange: () => void;
}

/** How one start differs from the others. */
export interface StartOptions {
  env?: Record<string, string>;
  nodeArgs?: string[];
}

/** One `helpline serve` process, on a port that it keeps over restarts. */
export class HelplineNode {
  readonly index: number;
  readonly port: number;
  readonly clients: TcpProxy;
  readonly redis: TcpProxy;
  readonly logFile: string;
  readonly #place: NodePlace;
  #child: Child | null = null;
  #isUp = false;

  constructor(place: NodePlace) {
    this.#place = place;
    this.index = place.index;
    this.port = place.port;
    this.clients = place.clients;
    this.redis = place.redis;
    this.logFile = join(place.logs, `node-${place.index}.log`);
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Whether a load balancer would send anybody here. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** Starts it and waits until it takes calls; one that runs is left alone. */
  async start({ env = {}, nodeArgs = [] }: StartOptions = {}): Promise<void> {
    if (this.pid !== null) return;
    const place = this.#place;
    const node = [process.execPath, `--inspect-port=127.0.0.1:${place.inspectPort}`, ...place.nodeArgs, ...nodeArgs];
    const child = new Child([...node, ...serve, '--port', String(this.port), '--json'], {
      log: this.logFile,
      env: { ...place.env, REDIS_URL: `redis://127.0.0.1:${this.redis.port}`, ...env },
    });
    this.#child = child;
    void child.ended.then(() => this.#become(false));
    if (!(await waitForPort(this.port, { upTo: 60_000, while: () => !child.isOver })))
      throw new Error(`Node ${this.index} did not start; its log is ${this.logFile}.`);
    this.#become(true);
  }

  /** SIGTERM; resolves with the exit code when the process is gone. */
  async stop(): Promise<number | null> {
    return (await this.#child?.end('SIGTERM')) ?? null;
  }

  async kill(): Promise<void> {
    await this.#child?.end('SIGKILL');
  }

  /** The load balancer notices at once. */
  pause(): void {
    this.#child?.signal('SIGSTOP');
    this.#become(false);
  }

  resume(): void {
    this.#child?.signal('SIGCONT');
    this.#become(this.pid !== null);
  }

  /** Resolves when the process is gone, whatever ended it. */
  async gone(): Promise<number | null> {
    return (await this.#child?.ended) ?? null;
  }

  /** Runs an expression inside the process, by Node's inspector. */
  async evaluate(expression: string): Promise<unknown> {
    this.#child?.signal('SIGUSR1'); // opens the inspector; once it is open this does nothing
    for (let tries = 0; ; tries++) {
      try {
        return await evaluateOn(this.#place.inspectPort, expression);
      } catch (error) {
        if (tries === 20 || this.pid === null) throw error;
        await sleep(100);
      }
    }
  }

  #become(isUp: boolean): void {
    this.#isUp = isUp;
    this.#place.onChange();
  }
}
