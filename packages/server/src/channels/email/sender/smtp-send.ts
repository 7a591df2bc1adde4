import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ReachableServer } from '../reach.js';
import { Countdown } from './countdown.js';
import { classify, type Outcome, type Refused } from './outcome.js';
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

/** One try to hand a mail to the server. Never rejects. */
export async function sendBySmtp(server: () => Promise<ReachableServer>, sending: Sending): Promise<Outcome> {
  const countdown = new Countdown(beforeDataMs);
  const step = { dataBegan: false, lost: false };
  const opening = server().then(openSmtp);
  const begin = async () => {
    step.lost = !(await sending.mayBegin());
    if (step.lost) throw new Error('The claim was lost.');
    step.dataBegan = true;
    countdown.restart(dataMs);
  };
  try {
    const smtp = await countdown.limit(opening);
    const { response, rejectedErrors = [] } = await countdown.limit(transmit(smtp, sending, begin));
    smtp.quit();
    return { state: 'sent', detail: response, refused: rejectedErrors.map(refusal) };
  } catch (error) {
    opening.then((smtp) => smtp.close()).catch(() => {});
    return step.lost ? { state: 'lost' } : classify(error, step.dataBegan);
  } finally {
    countdown.stop();
  }
}

const refusal = ({
  recipient = '',
  response,
  message,
}: SMTPConnection.SMTPError & { recipient?: string }): Refused => ({
  address: recipient,
  detail: (response || message).slice(0, 500),
});

/** Gives the server's last word. */
function transmit(
  smtp: SMTPConnection,
  { from, to, raw }: Sending,
  begin: () => Promise<void>,
): Promise<SMTPConnection.SentMessageInfo> {
  const text = Readable.from(
    (async function* () {
      await begin();
      yield raw;
    })(),
  );
  return new Promise((resolve, reject) => {
    smtp.once('error', reject);
    smtp.once('end', () => reject(new Error('The server hung up.')));
    smtp.send({ from, to, size: raw.length }, text, (error, info) => (error ? reject(error) : resolve(info)));
  });
}
