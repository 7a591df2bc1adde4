import type { ImapFlow } from 'imapflow';
import type { Blobs } from '../../../platform/blobs.js';
import { sleep } from '../../../platform/clock.js';
import type { Logger } from '../../../platform/logger.js';
import { askServer } from '../ask-server.js';
import type { Reach } from '../reach.js';
import { sendingOf } from '../sending-settings.js';
import type { Delivery, Mailbox, MailStore } from '../store.js';

export interface CopyParts {
  store: MailStore;
  blobs: Blobs;
  reach: Reach;
  log: Logger;
}

const minute = 60_000;
const lookMs = 2_000;
/** Longer than a try may take. */
const claimMs = 2 * minute;
const pausesMs = [1, 5, 15, 60, 240].map((minutes) => minutes * minute);
const keptMs = 3 * 24 * 60 * minute;

/** A mail that was sent shall also lie in the mailbox's own folder for that. */
export async function wantCopy(
  { store, blobs }: Pick<CopyParts, 'store' | 'blobs'>,
  mailbox: Mailbox,
  { _id, workspaceId }: Delivery,
  raw: Buffer,
): Promise<void> {
  if (!sendingOf(mailbox).copiesToSent) return;
  const expiresAt = new Date(Date.now() + keptMs);
  const fileId = await blobs.put(raw, { workspaceId, filename: 'sent.eml', mimeType: 'message/rfc822', expiresAt });
  const copy = { state: 'wanted', fileId, tries: 0, dueAt: new Date() } as const;
  await store.deliveries.updateOne({ _id, copy: { $exists: false } }, { $set: { copy } });
}

/** Puts the copies where they belong. It only ever writes into the mailbox; nothing here can send a mail. */
export async function keepCopies(parts: CopyParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for (let next = await claim(parts.store); next && !signal.aborted; next = await claim(parts.store))
        await copyOne(parts, next);
    } catch (error) {
      parts.log.warn({ err: error }, 'copies of sent mails can not be read, trying again');
    }
    await sleep(lookMs, signal);
  }
}

/** Whoever falls silent leaves it to the next look after his time. */
function claim(store: MailStore): Promise<Delivery | null> {
  const now = Date.now();
  return store.deliveries.findOneAndUpdate(
    { 'copy.state': 'wanted', 'copy.dueAt': { $lte: new Date(now) } },
    { $set: { 'copy.dueAt': new Date(now + claimMs) }, $inc: { 'copy.tries': 1 } },
    { sort: { 'copy.dueAt': 1 }, returnDocument: 'after' },
  );
}

async function copyOne(parts: CopyParts, delivery: Delivery): Promise<void> {
  const { store, blobs, reach, log } = parts;
  const { _id, mailboxId, messageId, copy } = delivery;
  const settle = (change: Partial<NonNullable<Delivery['copy']>>) =>
    store.deliveries.updateOne(
      { _id },
      { $set: Object.fromEntries(Object.entries(change).map(([key, value]) => [`copy.${key}`, value])) },
    );
  const mailbox = await store.mailboxes.findOne({ _id: mailboxId ?? '' });
  const raw = (await blobs.get(copy?.fileId ?? ''))?.content;
  if (!mailbox || !raw || !messageId) {
    await settle({ state: 'failed' });
    return;
  }
  try {
    await askServer(reach, mailbox, (client) => putIntoSent(client, messageId, raw));
    await settle({ state: 'done' });
  } catch (error) {
    log.warn({ err: error, delivery: _id }, 'a sent mail was not copied');
    const pause = pausesMs[(copy?.tries ?? 1) - 1];
    await settle(pause === undefined ? { state: 'failed' } : { dueAt: new Date(Date.now() + pause) });
  }
}

/** Some servers keep a copy themselves, and a try whose answer was lost may have left one. */
async function putIntoSent(client: ImapFlow, messageId: string, raw: Buffer): Promise<void> {
  const path = await sentFolder(client);
  await client.mailboxOpen(path); // read-only, it could not mark the copy as read
  const there = await client.search({ header: { 'message-id': messageId } }, { uid: true });
  if (there && there.length > 0) return;
  if (!(await client.append(path, raw, ['\\Seen']))) throw new Error(`The server took no copy into ${path}.`);
}

async function sentFolder(client: ImapFlow): Promise<string> {
  const folders = await client.list();
  const sent = folders.find(({ specialUse }) => specialUse === '\\Sent');
  return sent?.path ?? (await client.mailboxCreate('Sent')).path;
}
