import { limits } from './limits.js';
import { failure, ReaderSeat, wentWrong } from './reader-seat.js';
import type { ReadOutcome } from './types.js';

export interface MailReaderOptions {
  /** How long one mail may take. */
  timeoutMs?: number;
  /** In how many processes mails are read. */
  processes?: number;
  /** The program that reads. */
  program?: URL;
}

export interface MailReader {
  /** Told where mails are about to come. */
  prepare(): void;
  /** Reads one mail; mails wait for each other. Never rejects. */
  read(raw: Uint8Array): Promise<ReadOutcome>;
  close(): Promise<void>;
}

/** A mail that waits. One that was among several when something went wrong is read alone. */
interface Waiting {
  raw: Uint8Array;
  alone: boolean;
  resolve: (outcome: ReadOutcome) => void;
}

/** What goes to a process in one message. */
const together = { mails: 8, bytes: 256 * 1024 };

/**
 * Reads mails in processes of their own, so that no mail can block or take down the server: a thread that runs out of
 * memory would take the whole process with it.
 */
export function createMailReader(options: MailReaderOptions = {}): MailReader {
  const { timeoutMs = 10_000, processes = 2 } = options;
  const { program = new URL('./reader-process.js', import.meta.url) } = options;
  const seats = Array.from({ length: processes }, () => new ReaderSeat(program, timeoutMs));
  const free = [...seats];
  const working = new Set<Promise<void>>();
  const waiting: Waiting[] = [];
  let closed = false;

  const goOn = (): void => {
    const seat = waiting.length > 0 ? free.pop() : undefined;
    if (!seat) return;
    const work = readSome(seat, takeSome(waiting)).finally(() => {
      working.delete(work);
      free.push(seat);
      goOn();
    });
    working.add(work);
    goOn();
  };

  const readSome = async (seat: ReaderSeat, some: Waiting[]): Promise<void> => {
    const outcomes = closed ? [] : await seat.read(some.map(({ raw }) => raw));
    for (const [index, one] of some.entries()) {
      const outcome = outcomes[index] ?? failure('crashed', 'the reader is closed');
      if (some.length > 1 && wentWrong(outcome)) waiting.unshift({ ...one, alone: true });
      else one.resolve(outcome);
    }
  };

  return {
    prepare() {
      if (!closed) for (const seat of seats) seat.prepare();
    },
    read(raw) {
      if (raw.length > limits.mailBytes)
        return Promise.resolve(failure('too_large', `the mail has ${raw.length} bytes`));
      return new Promise((resolve) => {
        waiting.push({ raw, alone: false, resolve });
        setImmediate(goOn);
      });
    },
    async close() {
      closed = true;
      while (working.size > 0) await Promise.all(working);
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

function takeSome(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  const end = waiting.findIndex(({ raw, alone }, index) => {
    bytes += raw.length;
    return index > 0 && (alone || waiting[0]?.alone || index === together.mails || bytes > together.bytes);
  });
  return waiting.splice(0, end < 0 ? waiting.length : end);
}
