import type { ImapFlow } from 'imapflow';
import type { Blobs } from '../../../platform/blobs.js';
import { sleep } from '../../../platform/clock.js';
import { derivedId } from '../../../platform/ids.js';
import type { Folder, LedgerLine, Mailbox, MailStore } from '../store.js';
import type { JustFetched } from './just-fetched.js';
import { lineId } from './line-id.js';
import { isHistory, wasThereBefore } from './old-mail.js';

export interface FetchParts {
  store: MailStore;
  blobs: Blobs;
  /** The token of the lease under which it is fetched. */
  fetcher: number;
  justFetched?: JustFetched;
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
const storedAtOnce = { mails: 32, bytes: 64 * 1024 * 1024 };

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
    await writeLines(parts, client, mailbox, folder, isNew);
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

/**
 * Lines that are there already stay as they are. The new ones are written last and in the order of the mailbox: broken
 * off anywhere, no answer is taken in before the mail it answers.
 */
async function writeLines(
  parts: FetchParts,
  client: ImapFlow,
  mailbox: Mailbox,
  folder: Folder,
  mails: Listed[],
): Promise<void> {
  const idOf = ({ uid }: Listed) => lineId(mailbox._id, folder.path, folder.cursor.uidValidity, uid);
  const written = { _id: { $in: mails.map(idOf) } };
  const known = new Set(
    await parts.store.ledger
      .find(written)
      .map(({ _id }) => _id)
      .toArray(),
  );
  const missing = mails.filter((mail) => !known.has(idOf(mail)));
  if (missing.length === 0) return;
  const raws = await downloadAll(client, missing);
  const now = new Date();
  const lines = missing.map((mail) => lineOf(mailbox, folder, mail, idOf(mail), raws.has(mail.uid), now));
  await Promise.all(lines.map((line) => keepRaw(parts, mailbox, line, raws.get(line.uid))));
  await parts.store.addLines(lines);
}

function lineOf(mailbox: Mailbox, folder: Folder, mail: Listed, id: string, isThere: boolean, now: Date): LedgerLine {
  const { uid, size = 0 } = mail;
  return {
    _id: id,
    mailboxId: mailbox._id,
    folder: folder.path,
    uidValidity: folder.cursor.uidValidity,
    uid,
    at: now,
    state: isThere ? 'fetched' : 'ignored',
    reason: isThere ? null : 'It was gone from the mailbox before it could be fetched.',
    rawFileId: derivedId('mail-raw', id),
    size,
    headOf: isWhole(mail) ? null : size,
    tries: 0,
    nextTryAt: now,
    ...(mail.internalDate ? { receivedAt: new Date(mail.internalDate) } : {}),
    ...(isHistory(mail, folder) ? { history: true } : {}),
  };
}

async function keepRaw(
  { blobs, justFetched }: FetchParts,
  { workspaceId }: Mailbox,
  { rawFileId, at }: LedgerLine,
  raw: Buffer | undefined,
): Promise<void> {
  if (!raw) return;
  const info = { workspaceId, filename: 'mail.eml', mimeType: 'message/rfc822' };
  await blobs.put(raw, { ...info, expiresAt: new Date(at.getTime() + keptMs) }, rawFileId);
  justFetched?.add(rawFileId, raw);
}

const isWhole = ({ size = 0 }: Listed): boolean => size <= wholeUpTo;

/** All that are small enough at once. Some servers list a mail a moment before they can give it. */
async function downloadAll(client: ImapFlow, mails: Listed[]): Promise<Map<number, Buffer>> {
  const raws = new Map<number, Buffer>();
  for (let tries = 0; tries < 3; tries++) {
    const missing = mails.filter(({ uid }) => !raws.has(uid));
    await sleep(500 * tries);
    for (const part of ['source', 'headers'] as const) {
      const uids = missing.filter((mail) => isWhole(mail) === (part === 'source')).map(({ uid }) => uid);
      if (uids.length === 0) continue;
      for (const found of await client.fetchAll(uids.join(','), { uid: true, [part]: true }, { uid: true })) {
        const raw = found[part];
        if (raw) raws.set(found.uid, raw);
      }
    }
    if (raws.size === mails.length) break;
  }
  return raws;
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
