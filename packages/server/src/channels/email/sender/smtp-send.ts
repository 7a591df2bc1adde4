import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ReachableServer } from '../reach.js';
import { classify, type Outcome } from './outcome.js';
import { openSmtp } from './smtp-session.js';

export interface Sending {
  from: string;
  to: string[];
  raw: Buffer;
  /** Asked when the server waits for the text (354), before its first byte; on false nothing is sent. */
  mayBegin: () => Promise<boolean>;
  /** How long the whole may take; less than the claim lasts. */
  deadlineMs: number;
}

/** One try to hand a mail to the server. Never rejects. */
export async function sendBySmtp(server: () => Promise<ReachableServer>, sending: Sending): Promise<Outcome> {
  const step = { dataBegan: false, lost: false };
  let smtp: SMTPConnection | null = null;
  try {
    smtp = await openSmtp(await server());
    const response = await transmit(smtp, sending, step);
    smtp.quit();
    return { state: 'sent', detail: response };
  } catch (error) {
    smtp?.close();
    return step.lost ? { state: 'lost' } : classify(error, step.dataBegan);
  }
}

function transmit(
  smtp: SMTPConnection,
  { from, to, raw, mayBegin, deadlineMs }: Sending,
  step: { dataBegan: boolean; lost: boolean },
): Promise<string> {
  const text = Readable.from(
    (async function* () {
      if (!(await mayBegin())) {
        step.lost = true;
        throw new Error('The claim was lost.');
      }
      step.dataBegan = true;
      yield raw;
    })(),
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server did not answer in time.')), deadlineMs);
    const done = (error: Error | null, response?: string) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(response ?? '');
    };
    smtp.once('error', done);
    smtp.once('end', () => done(new Error('The server hung up.')));
    smtp.send({ from, to, size: raw.length }, text, (error, info) => done(error, info?.response));
  });
}
