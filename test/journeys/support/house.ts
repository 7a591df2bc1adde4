import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = new URL('../../..', import.meta.url).pathname;
const node = join(root, 'node_modules/.bin/node');
const start = join(root, 'packages/server/dist/cli/start.js');
const readyWithinMs = 120_000;

/** The line that `npm start -- --json` prints. */
export interface Ready {
  url: string;
  demo: string;
  console: string;
  accounts: { name: string; email: string; password: string }[];
  inboxes: { id: string; channel: string; publicKey: string | null; identitySecret?: string }[];
  mail: {
    imap: { host: string; port: number };
    smtp: { host: string; port: number };
    accounts: { address: string; user: string; password: string }[];
    support: string;
    customer: string;
  } | null;
  pids: { server: number; mongod?: number; mail?: number[] };
}

export interface HouseOptions {
  env?: Record<string, string>;
  /** What stands behind the usual `--port 0 --json`. */
  args?: string[];
}

/** Helpline as somebody starts it, on a data folder of its own. Stopped and started again it goes on where it was. */
export class House {
  readonly data: string;
  readonly #options: HouseOptions;
  #run: Run | null = null;
  #ready: Ready | null = null;
  #loggedBefore = '';

  private constructor(data: string, options: HouseOptions) {
    this.data = data;
    this.#options = options;
  }

  static async start(options: HouseOptions = {}): Promise<House> {
    const house = new House(await mkdtemp(join(tmpdir(), 'helpline-journey-')), options);
    try {
      await house.startAgain({ port: 0 });
    } catch (error) {
      await house.end();
      throw error;
    }
    return house;
  }

  get ready(): Ready {
    if (!this.#ready) throw new Error('The house was not started.');
    return this.#ready;
  }

  get mail(): NonNullable<Ready['mail']> {
    if (!this.ready.mail) throw new Error('The house was started without --with-mail.');
    return this.ready.mail;
  }

  /** Everything the run has printed. */
  get said(): string {
    return this.#run?.stdout() ?? '';
  }

  /** Everything the runs so far have logged. */
  get logged(): string {
    return this.#loggedBefore + (this.#run?.stderr() ?? '');
  }

  /** Where it was before, unless another port is named. */
  async startAgain({ port = Number(new URL(this.ready.url).port) } = {}): Promise<void> {
    const { env = {}, args = [] } = this.#options;
    this.#run = runStart(['--port', String(port), '--data', this.data, '--json', ...args], env);
    this.#ready = JSON.parse(await this.#run.firstLine);
  }

  /** Sends the signal and waits until the server's process is gone. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const run = this.#run;
    if (!run) return null;
    this.#run = null;
    run.process.kill(signal);
    const code = await run.exitCode;
    this.#loggedBefore += run.stderr();
    return code;
  }

  /** Stops it for good; what it kept is thrown away. */
  async end(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }
}

export interface Run {
  process: ChildProcess;
  /** Rejects with what was said on stderr if it ends before it says a line. */
  firstLine: Promise<string>;
  stdout: () => string;
  stderr: () => string;
  exitCode: Promise<number | null>;
}

/** Runs the command behind `npm start`. */
export function runStart(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(node, [start, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`Helpline ${why}.\n${said.stderr}`));
    const giveUp = setTimeout(() => fail('was not ready in time'), readyWithinMs);
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk;
      if (said.stdout.includes('\n')) resolve(said.stdout.slice(0, said.stdout.indexOf('\n')));
    });
    void exitCode.then((code) => {
      clearTimeout(giveUp);
      fail(`ended with exit code ${code}`);
    });
  });
  firstLine.catch(() => {}); // who only wants the exit code does not ask for the line
  return { process: child, firstLine, exitCode, stdout: () => said.stdout, stderr: () => said.stderr };
}
