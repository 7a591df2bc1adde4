import { Worker } from 'node:worker_threads';
import { limits } from './limits.js';
import type { ReadOutcome } from './types.js';

export interface MailReaderOptions {
  /** How long one mail may take. */
  timeoutMs?: number;
  workerUrl?: URL;
}

export interface MailReader {
  /** Reads one mail; mails wait for each other. Never rejects. */
  read(raw: Uint8Array): Promise<ReadOutcome>;
  close(): Promise<void>;
}

/** Reads mails in a worker thread, so that no mail can block or take down the server. */
export function createMailReader(options: MailReaderOptions = {}): MailReader {
  const { timeoutMs = 10_000, workerUrl = new URL('./worker.js', import.meta.url) } = options;
  let worker: MailWorker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const readNow = async (raw: Uint8Array): Promise<ReadOutcome> => {
    if (closed) return failure('crashed', 'the reader is closed');
    if (raw.length > limits.mailBytes) return failure('too_large', `the mail has ${raw.length} bytes`);
    worker ??= startWorker(workerUrl);
    const outcome = await worker.ask(raw, timeoutMs);
    if (!outcome.ok && (outcome.code === 'timeout' || outcome.code === 'crashed')) {
      await worker.stop();
      worker = null;
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
      await worker?.stop();
    },
  };
}

interface MailWorker {
  ask(raw: Uint8Array, timeoutMs: number): Promise<ReadOutcome>;
  stop(): Promise<unknown>;
}

function startWorker(url: URL): MailWorker {
  const thread = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: 300 } });
  let answer: (outcome: ReadOutcome) => void = () => {};
  let dead: ReadOutcome | null = null;
  const die = (detail: string) => {
    dead ??= failure('crashed', detail);
    answer(dead);
  };
  thread.on('message', (outcome: ReadOutcome) => answer(outcome));
  thread.on('error', (error) => die(error instanceof Error ? error.message : String(error)));
  thread.on('exit', (code) => die(`the worker ended with ${code}`));
  return {
    /** What comes first counts: the answer, the end of the thread, or the end of the time. */
    ask: (raw, timeoutMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(failure('timeout', `not read within ${timeoutMs} ms`)), timeoutMs);
        answer = (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        };
        if (dead) answer(dead);
        else thread.postMessage(raw);
      }),
    stop: () => thread.terminate(),
  };
}

function failure(code: 'timeout' | 'too_large' | 'crashed', detail: string): ReadOutcome {
  return { ok: false, code, detail };
}
