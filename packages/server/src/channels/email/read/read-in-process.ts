import { fork } from 'node:child_process';
import { once } from 'node:events';
import { limits } from './limits.js';
import type { ReadOutcome } from './types.js';

/** Of its own heap. With the bytes of the mail beside it, reading stays within 300 MB. */
const memoryMb = 96;

export interface MailReaderOptions {
  /** How long one mail may take. */
  timeoutMs?: number;
  /** The program that reads. */
  program?: URL;
}

export interface MailReader {
  /** Reads one mail; mails wait for each other. Never rejects. */
  read(raw: Uint8Array): Promise<ReadOutcome>;
  close(): Promise<void>;
}

/**
 * Reads mails in a process of its own, so that no mail can block or take down the server: a thread that runs out of
 * memory would take the whole process with it.
 */
export function createMailReader(options: MailReaderOptions = {}): MailReader {
  const { timeoutMs = 10_000, program = new URL('./reader-process.js', import.meta.url) } = options;
  let reading: ReaderProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const readNow = async (raw: Uint8Array): Promise<ReadOutcome> => {
    if (closed) return failure('crashed', 'the reader is closed');
    if (raw.length > limits.mailBytes) return failure('too_large', `the mail has ${raw.length} bytes`);
    reading ??= startReader(program);
    const outcome = await reading.ask(raw, timeoutMs);
    if (!outcome.ok && (outcome.code === 'timeout' || outcome.code === 'crashed')) {
      await reading.stop();
      reading = null;
    }
    return outcome;
  };

  return {
    read(raw) {
      const outcome = last.then(() => readNow(raw));
      last = outcome;
      return outcome;
    },
    async close() {
      closed = true;
      await last;
      await reading?.stop();
    },
  };
}

interface ReaderProcess {
  ask(raw: Uint8Array, timeoutMs: number): Promise<ReadOutcome>;
  stop(): Promise<void>;
}

function startReader(program: URL): ReaderProcess {
  const child = fork(program, {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${memoryMb}`],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let answer: (outcome: ReadOutcome) => void = () => {};
  let dead: ReadOutcome | null = null;
  const die = (detail: string) => {
    dead ??= failure('crashed', detail);
    answer(dead);
  };
  child.on('message', (outcome: ReadOutcome) => answer(outcome));
  child.on('error', (error) => die(error.message));
  child.on('exit', (code, signal) => die(`the reader ended with ${code ?? signal}`));
  return {
    /** What comes first counts: the answer, the end of the process, or the end of the time. */
    ask: (raw, timeoutMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(failure('timeout', `not read within ${timeoutMs} ms`)), timeoutMs);
        answer = (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        };
        if (dead) answer(dead);
        else child.send(raw);
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function failure(code: 'timeout' | 'too_large' | 'crashed', detail: string): ReadOutcome {
  return { ok: false, code, detail };
}
