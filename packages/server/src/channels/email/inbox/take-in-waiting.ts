import { normalAddress } from '../../../contacts/index.js';
import { DeskError } from '../../../platform/errors.js';
import type { Logger } from '../../../platform/logger.js';
import type { Bell } from '../bell.js';
import type { ReadMail } from '../read/types.js';
import type { LedgerLine, Mailbox } from '../store.js';
import type { TakeInParts } from './arrival.js';
import { Lanes } from './lanes.js';
import { NotReadYet } from './read-or-head.js';
import { steadyId } from './steady-id.js';
import { readLine, takeInRead } from './take-in.js';

const triesAtMost = 3;
const lookMs = 5_000;
/** What is in work, and so in memory, together. */
const atOnce = { mails: 32, bytes: 64 * 1024 * 1024 };

/** Takes in what was fetched until `held` aborts; mails that have anything in common in the order of the mailbox. */
export async function takeInWaiting(
  parts: TakeInParts & { log: Logger },
  mailbox: Mailbox,
  bell: Bell,
  held: AbortSignal,
): Promise<void> {
  while (!held.aborted) {
    const waiting = { mailboxId: mailbox._id, state: 'fetched' as const };
    const next = { sort: { nextTryAt: 1, uid: 1 }, limit: atOnce.mails } as const;
    const lines = await parts.store.ledger.find(waiting, next).toArray();
    const dueIn = lines[0] ? lines[0].nextTryAt.getTime() - Date.now() : lookMs;
    if (dueIn <= 0) await takeInTogether(parts, mailbox, dueTogether(lines, new Date()));
    else await bell.wait(Math.min(dueIn, lookMs), held);
  }
}

/** The first is among them however large it is. */
function dueTogether(lines: LedgerLine[], now: Date): LedgerLine[] {
  let bytes = 0;
  return lines.filter(({ nextTryAt, size }, index) => {
    bytes += size ?? 0;
    return nextTryAt <= now && (index === 0 || bytes <= atOnce.bytes);
  });
}

async function takeInTogether(parts: TakeInParts & { log: Logger }, mailbox: Mailbox, lines: LedgerLine[]) {
  const lanes = new Lanes();
  const reading = lines.map((line) => readLine(parts, line).catch((error: unknown) => new Failed(error)));
  const working: Promise<void>[] = [];
  for (const [index, line] of lines.entries()) {
    const read = await reading[index];
    const work = async () => {
      if (read instanceof Failed) throw read.reason;
      if (read) await takeInRead(parts, mailbox, line, read);
    };
    const about = read && !(read instanceof Failed) ? commonTo(read.mail) : [];
    working.push(lanes.run(about, work).catch((error: unknown) => retryOrGiveUp(parts, line, error)));
  }
  await Promise.allSettled(working); // whoever comes next finds none of them half done
  await Promise.all(working);
}

class Failed {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** By what one mail may change where another goes: who wrote it, and the mails and addresses it names. */
const commonTo = ({ from, replyTo, messageId, inReplyTo, references, bounce, deliveredTo }: ReadMail): string[] => [
  ...[from, replyTo].flatMap((person) => (person ? [normalAddress(person.address)] : [])),
  ...[messageId, ...inReplyTo, ...references, bounce?.originalMessageId].flatMap((id) => (id ? [steadyId(id)] : [])),
  ...deliveredTo.filter((address) => address.includes('+')),
];

/** A mail that fails again and again must not stop the others: its line says so, and its raw form is kept. */
async function retryOrGiveUp(parts: TakeInParts & { log: Logger }, line: LedgerLine, error: unknown): Promise<void> {
  const tries = line.tries + (isOutage(error) ? 0 : 1);
  const reason = error instanceof Error ? error.message : String(error);
  parts.log.warn(
    { err: error, ledger: line._id, conversationId: line.chosen?.conversationId, tries },
    'mail could not be taken in',
  );
  const nextTryAt = new Date(Date.now() + pauseMs(error, tries));
  const state = tries >= triesAtMost ? 'failed' : 'fetched';
  const stillWaiting = { _id: line._id, state: 'fetched' } as const; // a later holder of the lease may have settled it
  await parts.store.ledger.updateOne(stillWaiting, { $set: { state, tries, nextTryAt, reason } });
}

/** The database or the journal can't now; that says nothing about the mail. */
const isOutage = (error: unknown): boolean =>
  (error instanceof DeskError && error.code === 'busy') ||
  (error instanceof Error && /^Mongo.*(Network|Selection|Timeout|Pool)/.test(error.name));

const pauseMs = (error: unknown, tries: number): number => (error instanceof NotReadYet ? 500 : 1_000 * 2 ** tries);
