import { DeskError } from '../../../platform/errors.js';
import type { Logger } from '../../../platform/logger.js';
import type { Bell } from '../bell.js';
import type { LedgerLine, Mailbox } from '../store.js';
import type { TakeInParts } from './arrival.js';
import { NotReadYet } from './read-or-head.js';
import { takeIn } from './take-in.js';

const triesAtMost = 3;
const lookMs = 5_000;

/** Takes in what was fetched, in the order of the mailbox, until `held` aborts. */
export async function takeInWaiting(
  parts: TakeInParts & { log: Logger },
  mailbox: Mailbox,
  bell: Bell,
  held: AbortSignal,
): Promise<void> {
  while (!held.aborted) {
    const waiting = { mailboxId: mailbox._id, state: 'fetched' as const };
    const line = await parts.store.ledger.findOne(waiting, { sort: { nextTryAt: 1, uid: 1 } });
    const dueIn = line ? line.nextTryAt.getTime() - Date.now() : lookMs;
    if (line && dueIn <= 0) await takeInOrRetry(parts, mailbox, line);
    else await bell.wait(Math.min(dueIn, lookMs), held);
  }
}

/** A mail that fails again and again must not stop the others: its line says so, and its raw form is kept. */
async function takeInOrRetry(parts: TakeInParts & { log: Logger }, mailbox: Mailbox, line: LedgerLine): Promise<void> {
  try {
    await takeIn(parts, mailbox, line);
  } catch (error) {
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
}

/** The database or the journal can't now; that says nothing about the mail. */
const isOutage = (error: unknown): boolean =>
  (error instanceof DeskError && error.code === 'busy') ||
  (error instanceof Error && /^Mongo.*(Network|Selection|Timeout|Pool)/.test(error.name));

const pauseMs = (error: unknown, tries: number): number => (error instanceof NotReadYet ? 500 : 1_000 * 2 ** tries);
