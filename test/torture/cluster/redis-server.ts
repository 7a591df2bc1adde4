import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitForPort } from '@helpline/server/dist/platform/ports.js';
import { Child } from './child.js';

/** A Redis that keeps nothing over a restart, on a port that it keeps. */
export class RedisServer {
  readonly port: number;
  readonly #dir: string;
  #child: Child | null = null;

  constructor(port: number, dir: string) {
    this.port = port;
    this.#dir = dir;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  async start(): Promise<void> {
    if (this.pid !== null) return;
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = new Child(['redis-server', ...args, '--dir', this.#dir], { log: join(this.#dir, 'redis.log') });
    this.#child = child;
    if (!(await waitForPort(this.port, { upTo: 10_000, while: () => !child.isOver })))
      throw new Error('redis-server did not start.');
  }

  async kill(): Promise<void> {
    await this.#child?.end('SIGKILL');
  }

  pause(): void {
    this.#child?.signal('SIGSTOP');
  }

  resume(): void {
    this.#child?.signal('SIGCONT');
  }

  /** One command, as a person would type it: `command('CONFIG', 'SET', 'maxmemory', '1mb')`. Gives the raw answer. */
  async command(...words: string[]): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    socket.end(`${words.join(' ')}\r\nQUIT\r\n`);
    let said = '';
    socket.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    await once(socket, 'close');
    return said;
  }
}
