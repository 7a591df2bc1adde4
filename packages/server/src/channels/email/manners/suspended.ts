import type { SuspendedMail } from '@helpline/protocol';
import { notFound } from '../../../platform/errors.js';
import { type Visibility, visibleFilter } from '../../../platform/visibility.js';
import type { LedgerLine, MailStore } from '../store.js';

const shownAtMost = 100;
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** What was held back and can still be released, the newest first. */
export async function listSuspended(
  store: MailStore,
  visibility: Visibility,
): Promise<{ items: SuspendedMail[]; total: number }> {
  const addresses = await visibleMailboxes(store, visibility);
  const held = { mailboxId: { $in: [...addresses.keys()] }, state: 'suspended' as const };
  const [lines, total] = await Promise.all([
    store.ledger.find(held).sort({ at: -1 }).limit(shownAtMost).toArray(),
    store.ledger.countDocuments(held),
  ]);
  return { items: lines.map((line) => view(line, addresses.get(line.mailboxId) ?? '')), total };
}

/** They are taken in as if nothing had been wrong with them. Gives how many of them were still held back. */
export function releaseSuspended(store: MailStore, visibility: Visibility, mailIds: string[]): Promise<number> {
  const state = { state: 'fetched', admitted: true, reason: null, tries: 0, nextTryAt: new Date() } as const;
  return change(store, visibility, mailIds, { $set: state, $unset: { held: true } });
}

/** The ledger goes on to tell that it was there. Throws `not_found`. */
export async function deleteSuspended(
  store: MailStore,
  visibility: Visibility,
  mailId: string,
  by: string,
): Promise<void> {
  const reason = `Held back, and deleted by ${by}.`;
  const how = { $set: { state: 'ignored', reason }, $unset: { held: true } };
  if ((await change(store, visibility, [mailId], how)) === 0) throw notFound();
}

/** Raw mails are not kept for ever, so neither can they be released for ever. */
export async function dropOldSuspended(store: MailStore): Promise<void> {
  await store.ledger.updateMany(
    { state: 'suspended', at: { $lt: new Date(Date.now() - keptMs) } },
    { $set: { state: 'ignored', reason: 'Held back, and not released within 30 days.' }, $unset: { held: true } },
  );
}

async function change(store: MailStore, visibility: Visibility, mailIds: string[], how: object): Promise<number> {
  const mailboxIds = [...(await visibleMailboxes(store, visibility)).keys()];
  const those = { mailboxId: { $in: mailboxIds }, state: 'suspended' as const, rawFileId: { $in: mailIds } };
  return (await store.ledger.updateMany(those, how)).matchedCount;
}

async function visibleMailboxes(store: MailStore, visibility: Visibility): Promise<Map<string, string>> {
  const mailboxes = await store.mailboxes.find(visibleFilter(visibility), { projection: { address: 1 } }).toArray();
  return new Map(mailboxes.map(({ _id, address }) => [_id, address]));
}

const view = ({ rawFileId, at, receivedAt, held }: LedgerLine, mailbox: string): SuspendedMail => ({
  id: rawFileId,
  mailbox,
  from: held?.from ?? { address: '', name: '' },
  subject: held?.subject ?? '',
  receivedAt: (receivedAt ?? at).toISOString(),
  keptUntil: new Date(at.getTime() + keptMs).toISOString(),
  why: held?.why ?? 'loop',
  cap: held?.cap ? { mails: held.cap.most, minutes: held.cap.withinMs / 60_000 } : null,
});
