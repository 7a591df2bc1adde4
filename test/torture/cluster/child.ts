import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface ChildOptions {
  /** Everything it says is added here. */
  log: string;
  env?: Record<string, string>;
}

/** A process of ours that never outlives us, however we end: the kernel kills it with its parent. */
export class Child {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  #isOver = false;

  constructor([command = '', ...args]: string[], { log, env = {} }: ChildOptions) {
    const output = openSync(log, 'a');
    this.process = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
      detached: true, // Ctrl-C is for us alone: we stop things in their order
    });
    closeSync(output);
    this.ended = new Promise((resolve) => {
      const over = (code: number | null): void => {
        this.#isOver = true;
        resolve(code);
      };
      this.process.once('error', () => over(null));
      this.process.once('exit', over);
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get pid(): number | null {
    return this.#isOver ? null : (this.process.pid ?? null);
  }

  /** Nothing happens to a process that is gone. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#isOver) this.process.kill(signal);
  }

  /** A stopped process would not hear SIGTERM, so it is first let go on. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    this.signal(signal);
    this.signal('SIGCONT');
    return this.ended;
  }
}
