import type { FolderCount } from '@helpline/protocol';
import type { ImapFlow } from 'imapflow';
import type { Folder, MailStore } from '../store.js';
import { linesOf } from './line-id.js';
import { fetchInTurns, findUids } from './listing.js';
import { wasThereBefore } from './old-mail.js';

const toldAtMost = 20;
const askedAtOnce = 5_000;

/**
 * Every mail of a folder, accounted for: it was there before, has a ledger line, or is about to get one. One that is
 * none of these should not be; the cursor goes back to it, and whatever has a line already is passed.
 */
export async function compareFolder(
  store: MailStore,
  client: ImapFlow,
  mailboxId: string,
  folder: Folder,
): Promise<FolderCount> {
  const { path, cursor } = folder;
  const opened = await client.mailboxOpen(path, { readOnly: true }).catch(() => null);
  if (!opened) return { path, onServer: 0, before: 0, taken: 0, coming: 0, missing: [], gone: 0, problem: 'gone' };
  const onServer = await findUids(client, { all: true });
  const isNumberedAnew = String(opened.uidValidity) !== cursor.uidValidity;
  const lines = isNumberedAnew ? new Set<number>() : await uidsOfLines(store, mailboxId, folder);
  const strangers = onServer.filter((uid) => !lines.has(uid));
  const passed = isNumberedAnew ? [] : strangers.filter((uid) => uid <= cursor.lastUid);
  const missing = await notThereBefore(client, folder, passed);
  const [first] = missing;
  if (first !== undefined) await goBackTo(store, mailboxId, folder, first);
  const taken = onServer.length - strangers.length;
  return {
    path,
    onServer: onServer.length,
    before: passed.length - missing.length,
    taken,
    coming: strangers.length - passed.length,
    missing: missing.slice(0, toldAtMost),
    gone: lines.size - taken,
    problem: null,
  };
}

/** Read from the index of the ids alone. */
async function uidsOfLines(store: MailStore, mailboxId: string, { path, cursor }: Folder): Promise<Set<number>> {
  const prefix = linesOf(mailboxId, path, cursor.uidValidity);
  const uids = new Set<number>();
  const all = store.ledger.find({ _id: { $gte: prefix, $lt: `${prefix}~` } }, { projection: { _id: 1 } });
  for await (const { _id } of all) uids.add(Number(_id.slice(prefix.length)));
  return uids;
}

/** Where the cursor began in the middle of old mail, the date of arrival decides. */
async function notThereBefore(client: ImapFlow, folder: Folder, passed: number[]): Promise<number[]> {
  const { startUid, rescanBelow } = folder.cursor;
  const unsure = passed.filter((uid) => uid > startUid && uid < rescanBelow);
  const missing = passed.filter((uid) => uid > startUid && uid >= rescanBelow);
  for (let from = 0; from < unsure.length; from += askedAtOnce) {
    const some = unsure.slice(from, from + askedAtOnce).join(',');
    const listed = await fetchInTurns(client, some, { internalDate: true });
    missing.push(...listed.filter((mail) => !wasThereBefore(mail, folder)).map(({ uid }) => uid));
  }
  return missing.sort((a, b) => a - b);
}

async function goBackTo(store: MailStore, mailboxId: string, { path, cursor }: Folder, uid: number): Promise<void> {
  await store.mailboxes.updateOne(
    { _id: mailboxId, folders: { $elemMatch: { path, 'cursor.uidValidity': cursor.uidValidity } } },
    { $min: { 'folders.$.cursor.lastUid': uid - 1 } },
  );
}
