import { fork } from 'node:child_process';
import { once } from 'node:events';
import { limits } from './limits.js';
import type { ReadOutcome } from './types.js';

/** Of its own heap. With the bytes of the mail beside it, reading stays within 300 MB. */
const memoryMb = 96;

export interface MailReaderOptions {
  /** How long one mail may take. */
  timeoutMs?: number;
  /** How many mails are read at once. */
  atOnce?: number;
  /** The program that reads. */
  program?: URL;
}

export interface MailReader {
  /** Reads one mail; mails wait for each other. Never rejects. */
  read(raw: Uint8Array): Promise<ReadOutcome>;
  close(): Promise<void>;
}

/**
 * Reads mails in processes of their own, so that no mail can block or take down the server: a thread that runs out of
 * memory would take the whole process with it.
 */
export function createMailReader(options: MailReaderOptions = {}): MailReader {
  const { timeoutMs = 10_000, atOnce = 2 } = options;
  const { program = new URL('./reader-process.js', import.meta.url) } = options;
  const free = Array.from({ length: atOnce }, () => new Seat(program, timeoutMs));
  const seats = [...free];
  const waiting: ((seat: Seat) => void)[] = [];
  let closed = false;

  const leave = (seat: Seat) => {
    const next = waiting.shift();
    if (next) next(seat);
    else free.push(seat);
  };

  return {
    async read(raw) {
      if (raw.length > limits.mailBytes) return failure('too_large', `the mail has ${raw.length} bytes`);
      const seat = free.pop() ?? (await new Promise<Seat>((resolve) => waiting.push(resolve)));
      const outcome = closed ? failure('crashed', 'the reader is closed') : await seat.read(raw);
      leave(seat);
      return outcome;
    },
    async close() {
      closed = true;
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

/** Where one mail is read at a time, by a process that is started when there is one, and anew after one that went wrong. */
class Seat {
  readonly #program: URL;
  readonly #timeoutMs: number;
  #reading: ReaderProcess | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(program: URL, timeoutMs: number) {
    this.#program = program;
    this.#timeoutMs = timeoutMs;
  }

  read(raw: Uint8Array): Promise<ReadOutcome> {
    const outcome = this.#readNow(raw);
    this.#last = outcome;
    return outcome;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#reading?.stop();
  }

  async #readNow(raw: Uint8Array): Promise<ReadOutcome> {
    this.#reading ??= startReader(this.#program);
    const outcome = await this.#reading.ask(raw, this.#timeoutMs);
    if (!outcome.ok && (outcome.code === 'timeout' || outcome.code === 'crashed')) {
      await this.#reading.stop();
      this.#reading = null;
    }
    return outcome;
  }
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
