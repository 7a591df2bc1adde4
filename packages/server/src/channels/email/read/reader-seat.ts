import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ReadOutcome } from './types.js';

/**
 * Of its own heap. With the bytes of the mail beside it, reading stays within 300 MB. What V8 lets the room for new
 * objects grow to by itself is more than the whole: after some thousand mails it would do nothing but collect garbage.
 */
const memory = ['--max-old-space-size=96', '--max-semi-space-size=8'];

/** Where mails are read, by a process that is started when there are some, and anew after one that went wrong. */
export class ReaderSeat {
  readonly #program: URL;
  readonly #timeoutMs: number;
  #reading: ReaderProcess | null = null;

  constructor(program: URL, timeoutMs: number) {
    this.#program = program;
    this.#timeoutMs = timeoutMs;
  }

  /** Starts the process before there is a mail: that takes longer than reading one. */
  prepare(): void {
    this.#reading ??= startReader(this.#program);
  }

  /** One call at a time. The outcome of each; one for all of them if the process did not come to its end. */
  async read(raws: Uint8Array[]): Promise<ReadOutcome[]> {
    this.#reading ??= startReader(this.#program);
    const outcomes = await this.#reading.ask(raws, this.#timeoutMs);
    if (outcomes.some(wentWrong)) await this.close();
    return outcomes.length === raws.length ? outcomes : raws.flatMap(() => outcomes);
  }

  async close(): Promise<void> {
    await this.#reading?.stop();
    this.#reading = null;
  }
}

export const wentWrong = (outcome: ReadOutcome): boolean =>
  !outcome.ok && (outcome.code === 'timeout' || outcome.code === 'crashed');

interface ReaderProcess {
  ask(raws: Uint8Array[], timeoutMs: number): Promise<ReadOutcome[]>;
  stop(): Promise<void>;
}

function startReader(program: URL): ReaderProcess {
  const child = fork(program, {
    serialization: 'advanced',
    execArgv: memory,
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let answer: (outcomes: ReadOutcome[]) => void = () => {};
  let dead: ReadOutcome[] | null = null;
  const die = (detail: string) => {
    dead ??= [failure('crashed', detail)];
    answer(dead);
  };
  child.on('message', (outcomes: ReadOutcome[]) => answer(outcomes));
  child.on('error', (error) => die(error.message));
  child.on('exit', (code, signal) => die(`the reader ended with ${code ?? signal}`));
  return {
    /** What comes first counts: the answer, the end of the process, or the end of the time. */
    ask: (raws, timeoutMs) =>
      new Promise((resolve) => {
        const late = () => resolve([failure('timeout', `not read within ${timeoutMs} ms`)]);
        const timer = setTimeout(late, timeoutMs);
        answer = (outcomes) => {
          clearTimeout(timer);
          resolve(outcomes);
        };
        if (dead) answer(dead);
        else child.send(raws);
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export function failure(code: 'timeout' | 'too_large' | 'crashed', detail: string): ReadOutcome {
  return { ok: false, code, detail };
}
