import type { ImapFlow } from 'imapflow';
import type { Blobs } from '../../../platform/blobs.js';
import { sleep } from '../../../platform/clock.js';
import { isDuplicateKey } from '../../../platform/database.js';
import { derivedId } from '../../../platform/ids.js';
import type { Folder, LedgerLine, Mailbox, MailStore } from '../store.js';
import { lineId } from './line-id.js';
import { isHistory, wasThereBefore } from './old-mail.js';

export interface FetchParts {
  store: MailStore;
  blobs: Blobs;
  /** The token of the lease under which it is fetched. */
  fetcher: number;
  /** Told when ledger lines want to be taken in. */
  fetched: () => void;
}

export interface Listed {
  uid: number;
  size?: number | undefined;
  internalDate?: Date | string | undefined;
}

const keptMs = 30 * 24 * 60 * 60 * 1000;
/** Of a larger mail only the head is fetched; the mail stays in its mailbox. */
const wholeUpTo = 40 * 1024 * 1024;
const listedAtOnce = 500;
/** What is held in memory together. */
const storedAtOnce = { mails: 8, bytes: 64 * 1024 * 1024 };

/**
 * Writes a ledger line for every mail of the opened folder after its cursor, its raw form stored before. Run after every
 * hint and every reconnect alike: what is done already is not done again.
 */
export async function fetchNew(
  parts: FetchParts,
  client: ImapFlow,
  mailboxId: string,
  held: AbortSignal,
): Promise<void> {
  const own = { _id: mailboxId, fetcher: parts.fetcher };
  const mailbox = await parts.store.mailboxes.findOne(own);
  const opened = client.mailbox;
  const known = opened && mailbox?.folders.find(({ path }) => path === opened.path);
  if (!mailbox || !known) return;
  const folder = await asNumbered(parts.store, mailbox, known, opened);
  const mails = await mailsAfter(client, folder.cursor.lastUid);
  for (const next of inBatches(mails)) {
    if (held.aborted) return;
    const isNew = next.filter((mail) => !wasThereBefore(mail, folder));
    const now = new Date();
    await Promise.all(isNew.map((mail) => writeLine(parts, client, mailbox, folder, mail, now)));
    await advance(parts.store, mailbox, folder, next.at(-1)?.uid ?? 0);
    parts.fetched();
  }
  await parts.store.mailboxes.updateOne(own, { $set: { lastFetchedAt: new Date() } });
}

/** With the stored cursor; a new one from the start if the server has numbered its mails anew. */
async function asNumbered(
  store: MailStore,
  mailbox: Mailbox,
  folder: Folder,
  opened: { uidValidity: bigint; uidNext: number },
): Promise<Folder> {
  const uidValidity = String(opened.uidValidity);
  if (folder.cursor.uidValidity === uidValidity) return folder;
  const cursor = { uidValidity, startUid: 0, lastUid: 0, rescanBelow: opened.uidNext };
  await store.mailboxes.updateOne(asFetcherOf(mailbox, folder), { $set: { 'folders.$.cursor': cursor } });
  return { ...folder, cursor };
}

/** Also those that a server lists a moment before it can tell more of them. */
async function mailsAfter(client: ImapFlow, lastUid: number): Promise<Listed[]> {
  const found = (await client.search({ uid: `${lastUid + 1}:*` }, { uid: true })) || [];
  const uids = found.filter((uid) => uid > lastUid).sort((a, b) => a - b);
  const mails: Listed[] = [];
  for (let from = 0; from < uids.length; from += listedAtOnce) {
    const some = uids.slice(from, from + listedAtOnce);
    const told = await client.fetchAll(some.join(','), { uid: true, size: true, internalDate: true }, { uid: true });
    const byUid = new Map(told.map((mail) => [mail.uid, mail]));
    mails.push(...some.map((uid) => byUid.get(uid) ?? { uid }));
  }
  return mails;
}

function inBatches(mails: Listed[]): Listed[][] {
  const batches: Listed[][] = [];
  let bytes = 0;
  for (const mail of mails) {
    const size = Math.min(mail.size ?? 0, wholeUpTo);
    const batch = batches.at(-1);
    bytes += size;
    if (batch && batch.length < storedAtOnce.mails && bytes <= storedAtOnce.bytes) batch.push(mail);
    else {
      batches.push([mail]);
      bytes = size;
    }
  }
  return batches;
}

async function writeLine(
  { store, blobs }: FetchParts,
  client: ImapFlow,
  mailbox: Mailbox,
  folder: Folder,
  mail: Listed,
  now: Date,
): Promise<void> {
  const { uid, size = 0 } = mail;
  const { uidValidity } = folder.cursor;
  const id = lineId(mailbox._id, folder.path, uidValidity, uid);
  if (await store.ledger.findOne({ _id: id }, { projection: { _id: 1 } })) return;
  const whole = size <= wholeUpTo;
  const raw = await download(client, uid, whole);
  const line: LedgerLine = {
    _id: id,
    mailboxId: mailbox._id,
    folder: folder.path,
    uidValidity,
    uid,
    at: now,
    state: raw ? 'fetched' : 'ignored',
    reason: raw ? null : 'It was gone from the mailbox before it could be fetched.',
    rawFileId: derivedId('mail-raw', id),
    size,
    headOf: whole ? null : size,
    tries: 0,
    nextTryAt: now,
    ...(mail.internalDate ? { receivedAt: new Date(mail.internalDate) } : {}),
    ...(isHistory(mail, folder) ? { history: true } : {}),
  };
  const info = { workspaceId: mailbox.workspaceId, filename: 'mail.eml', mimeType: 'message/rfc822' };
  if (raw) await blobs.put(raw, { ...info, expiresAt: new Date(now.getTime() + keptMs) }, line.rawFileId);
  try {
    await store.ledger.insertOne(line);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Some servers list a mail a moment before they can give it. */
async function download(client: ImapFlow, uid: number, whole: boolean): Promise<Buffer | null> {
  for (let tries = 0; tries < 3; tries++) {
    const found = await client.fetchOne(String(uid), whole ? { source: true } : { headers: true }, { uid: true });
    const raw = found ? (whole ? found.source : found.headers) : undefined;
    if (raw) return raw;
    await sleep(500 * tries);
  }
  return null;
}

async function advance(store: MailStore, mailbox: Mailbox, folder: Folder, uid: number): Promise<void> {
  await store.mailboxes.updateOne(asFetcherOf(mailbox, folder), { $max: { 'folders.$.cursor.lastUid': uid } });
}

/** Finds the folder for whoever fetches under the newest lease, while it is numbered as he knows it. */
const asFetcherOf = ({ _id, fetcher }: Mailbox, { path, cursor }: Folder) => ({
  _id,
  fetcher,
  folders: { $elemMatch: { path, 'cursor.uidValidity': cursor.uidValidity } },
});
