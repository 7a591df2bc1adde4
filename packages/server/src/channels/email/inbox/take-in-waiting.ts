import { normalAddress } from '../../../contacts/index.js';
import { DeskError } from '../../../platform/errors.js';
import type { Logger } from '../../../platform/logger.js';
import type { Bell } from '../bell.js';
import type { ReadMail } from '../read/types.js';
import type { LedgerLine, Mailbox } from '../store.js';
import type { TakeInParts } from './arrival.js';
import { InWork } from './in-work.js';
import { NotReadYet, type Read } from './read-or-head.js';
import { steadyId } from './steady-id.js';
import { readLine, takeInRead } from './take-in.js';
import { Turns } from './turns.js';

type Parts = TakeInParts & { log: Logger };

const triesAtMost = 3;
const lookMs = 5_000;
/** Mails that go step by step together share what they write. */
const together = 64;

/** Takes in what was fetched until `held` aborts; mails that have anything in common in the order of the mailbox. */
export async function takeInWaiting(parts: Parts, mailbox: Mailbox, bell: Bell, held: AbortSignal): Promise<void> {
  const inWork = new InWork(() => bell.ring());
  const turns = new Turns();
  try {
    while (!held.aborted) {
      await inWork.roomFor(together);
      const lines = await waitingLines(parts, mailbox, inWork.ids);
      const due = inWork.fitting(lines.filter(({ nextTryAt }) => nextTryAt <= new Date()));
      if (due.length > 0) {
        const reads = await Promise.all(due.map((line) => tryReading(parts, line)));
        inWork.add(due, takeInTogether(parts, mailbox, reads, turns));
      } else await bell.wait(inWork.isEmpty ? dueIn(lines) : lookMs, held);
    }
  } finally {
    await inWork.end(); // whoever comes next finds none of them half done
  }
}

function waitingLines({ store }: Parts, mailbox: Mailbox, inWork: string[]): Promise<LedgerLine[]> {
  const waiting = { mailboxId: mailbox._id, state: 'fetched' as const, _id: { $nin: inWork } };
  return store.ledger.find(waiting, { sort: { nextTryAt: 1, uid: 1 }, limit: together }).toArray();
}

const dueIn = ([next]: LedgerLine[]): number =>
  next ? Math.min(next.nextTryAt.getTime() - Date.now(), lookMs) : lookMs;

/** What came of reading; null if there was nothing to read. */
interface Tried {
  line: LedgerLine;
  read: Read | null;
  failure?: { reason: unknown };
}

async function tryReading(parts: Parts, line: LedgerLine): Promise<Tried> {
  try {
    return { line, read: await readLine(parts, line) };
  } catch (reason) {
    return { line, read: null, failure: { reason } };
  }
}

async function takeInTogether(parts: Parts, mailbox: Mailbox, tried: Tried[], turns: Turns): Promise<void> {
  const working = tried.map(({ line, read, failure }) => {
    const work = async () => {
      if (failure) throw failure.reason;
      if (read) await takeInRead(parts, mailbox, line, read);
    };
    const about = read ? commonTo(read.mail) : [];
    return turns.run(about, work).catch((error: unknown) => retryOrGiveUp(parts, line, error));
  });
  await Promise.allSettled(working);
  await Promise.all(working);
}

/** By what one mail may change where another goes: who wrote it, and the mails and addresses it names. */
const commonTo = ({ from, replyTo, messageId, inReplyTo, references, bounce, deliveredTo }: ReadMail): string[] => [
  ...[from, replyTo].flatMap((person) => (person ? [normalAddress(person.address)] : [])),
  ...[messageId, ...inReplyTo, ...references, bounce?.originalMessageId].flatMap((id) => (id ? [steadyId(id)] : [])),
  ...deliveredTo.filter((address) => address.includes('+')),
];

/** A mail that fails again and again must not stop the others: its line says so, and its raw form is kept. */
async function retryOrGiveUp(parts: Parts, line: LedgerLine, error: unknown): Promise<void> {
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
