import type { ImapFlow } from 'imapflow';
import { type Folder, inboxPath, type MailStore } from '../store.js';
import { type FetchParts, fetchNew } from './fetch-new.js';

/**
 * Looks into the watched folders besides INBOX, over the same connection, since servers allow few. True if another one
 * was opened in between.
 */
export async function fetchOtherFolders(
  parts: FetchParts,
  client: ImapFlow,
  mailboxId: string,
  held: AbortSignal,
): Promise<boolean> {
  const mailbox = await parts.store.mailboxes.findOne({ _id: mailboxId, fetcher: parts.fetcher });
  const others = mailbox?.folders.filter(({ path }) => path !== inboxPath) ?? [];
  let opened = false;
  for (const folder of others) {
    if (held.aborted) break;
    const news = await newsOf(client, folder);
    await tell(parts, mailboxId, folder, news === 'gone' ? 'gone' : null);
    if (news !== 'some') continue;
    opened = true;
    await client.mailboxOpen(folder.path, { readOnly: true });
    await fetchNew(parts, client, mailboxId, held);
  }
  if (opened) await client.mailboxOpen(inboxPath, { readOnly: true });
  return opened;
}

async function newsOf(client: ImapFlow, { path, cursor }: Folder): Promise<'none' | 'some' | 'gone'> {
  const status = await client.status(path, { uidNext: true, uidValidity: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'NotFound') return null;
    throw error;
  });
  if (!status) return 'gone';
  const isSame = String(status.uidValidity) === cursor.uidValidity;
  return isSame && status.uidNext !== undefined && status.uidNext <= cursor.lastUid + 1 ? 'none' : 'some';
}

async function tell(
  { store, fetcher }: { store: MailStore; fetcher: number },
  mailboxId: string,
  { path, problem }: Folder,
  now: Folder['problem'],
): Promise<void> {
  if (problem === now) return;
  const own = { _id: mailboxId, fetcher, 'folders.path': path };
  await store.mailboxes.updateOne(own, { $set: { 'folders.$.problem': now } });
}
