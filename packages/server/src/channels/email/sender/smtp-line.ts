import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ReachableServer } from '../reach.js';
import { Countdown } from './countdown.js';
import { classify, isPassing, type Outcome, type Refused } from './outcome.js';
import { openSmtp } from './smtp-session.js';

export interface Sending {
  from: string;
  to: string[];
  raw: Buffer;
  /** Asked when the server waits for the text (354), before its first byte; on false nothing is sent. */
  mayBegin: () => Promise<boolean>;
}

/** How long the server may take: until it wants the text, and from then on. Claims last longer than each. */
const beforeDataMs = 40_000;
const dataMs = 150_000;
const resetMs = 5_000;
/** Many servers take no more over one connection. */
const mailsAtMost = 100;

/** One connection to a mail server, logged in, for one mail after the other. */
export class SmtpLine {
  readonly #smtp: SMTPConnection;
  readonly #hungUp: Promise<never>;
  #carried = 0;
  #isOver = false;

  /** Throws what went wrong. */
  static async open(server: () => Promise<ReachableServer>): Promise<SmtpLine> {
    const countdown = new Countdown(beforeDataMs);
    const opening = server().then(openSmtp);
    try {
      return new SmtpLine(await countdown.limit(opening));
    } catch (error) {
      opening.then((smtp) => smtp.close()).catch(() => {});
      throw error;
    } finally {
      countdown.stop();
    }
  }

  private constructor(smtp: SMTPConnection) {
    this.#smtp = smtp;
    this.#hungUp = new Promise((_, reject) => {
      smtp.once('end', () => {
        this.#isOver = true;
        setImmediate(() => reject(new Error('The server hung up.'))); // whoever sends may get a better word first
      });
    });
    this.#hungUp.catch(() => {});
  }

  /** Nothing more can be sent by it, or should be. */
  get isOver(): boolean {
    return this.#isOver || this.#carried >= mailsAtMost;
  }

  /** One try to hand a mail to the server. Never rejects; `unheard` where the line, used before, had ended without a word about this mail. */
  async send(sending: Sending): Promise<Outcome | { state: 'unheard' }> {
    const countdown = new Countdown(beforeDataMs);
    const step = { dataBegan: false, lost: false };
    const begin = async () => {
      step.lost = !(await sending.mayBegin());
      if (step.lost) throw new Error('The claim was lost.');
      step.dataBegan = true;
      countdown.restart(dataMs);
    };
    const isUsed = this.#carried++ > 0;
    try {
      const handed = countdown.limit(transmit(this.#smtp, sending, begin));
      const { response, rejectedErrors = [] } = await Promise.race([handed, this.#hungUp]);
      return { state: 'sent', detail: response, refused: rejectedErrors.map(refusal) };
    } catch (error) {
      const hasEnded = !isRefusal(error);
      if (hasEnded || step.lost) this.close();
      else await this.#forget();
      if (step.lost) return { state: 'lost' };
      return isUsed && hasEnded && !step.dataBegan ? { state: 'unheard' } : classify(error, step.dataBegan);
    } finally {
      countdown.stop();
    }
  }

  /** Takes leave. */
  quit(): void {
    if (!this.#isOver) this.#smtp.quit();
    this.#isOver = true;
  }

  close(): void {
    this.#isOver = true;
    this.#smtp.close();
  }

  /** What the server has heard of a mail that it refused. */
  async #forget(): Promise<void> {
    const countdown = new Countdown(resetMs);
    try {
      const forgotten = new Promise<void>((resolve, reject) => {
        this.#smtp.reset((error) => (error ? reject(error) : resolve()));
      });
      await countdown.limit(Promise.race([forgotten, this.#hungUp]));
    } catch {
      this.close();
    } finally {
      countdown.stop();
    }
  }
}

/** A word about the mail, not one with which the server ends the connection (421) or that we made ourselves. */
function isRefusal(error: unknown): boolean {
  const { responseCode } = (error ?? {}) as Record<string, unknown>;
  return typeof responseCode === 'number' && responseCode > 0 && responseCode !== 421;
}

const refusal = ({
  recipient = '',
  response,
  responseCode,
  message,
}: SMTPConnection.SMTPError & { recipient?: string }): Refused => ({
  address: recipient,
  detail: (response || message).slice(0, 500),
  passing: responseCode !== undefined && isPassing(responseCode),
});

/** Gives the server's last word. */
function transmit(
  smtp: SMTPConnection,
  { from, to, raw }: Sending,
  begin: () => Promise<void>,
): Promise<SMTPConnection.SentMessageInfo> {
  const text = new Readable({
    read() {
      begin().then(
        () => {
          const socket = smtp._socket;
          if (socket) socket.cork(); // the text and its end leave together
          this.push(raw);
          this.push(null);
          if (socket) setImmediate(() => socket.uncork());
        },
        (error: Error) => this.destroy(error),
      );
    },
  });
  return new Promise((resolve, reject) => {
    smtp.send({ from, to, size: raw.length }, text, (error, info) => (error ? reject(error) : resolve(info)));
  });
}
