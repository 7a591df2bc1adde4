import type { ImapFlow } from 'imapflow';
import type { Blobs } from '../../../platform/blobs.js';
import { sleep } from '../../../platform/clock.js';
import { derivedId } from '../../../platform/ids.js';
import type { Folder, LedgerLine, Mailbox, MailStore } from '../store.js';
import type { JustFetched } from './just-fetched.js';
import { lineId } from './line-id.js';
import { fetchInTurns, findUids } from './listing.js';
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
/** What is kept together, while as much is on its way. */
const storedAtOnce = { mails: 64, bytes: 32 * 1024 * 1024 };

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
  const mailbox = await parts.store.mailboxes.findOne({ _id: mailboxId, fetcher: parts.fetcher });
  const opened = client.mailbox;
  const known = opened && mailbox?.folders.find(({ path }) => path === opened.path);
  if (!mailbox || !known) return;
  const folder = await asNumbered(parts.store, mailbox, known, opened);
  const batches = inBatches(await mailsAfter(client, folder.cursor.lastUid));
  const ahead = (mails: Listed[] = []): Promise<Fetched[]> => {
    const coming = download(parts, client, mailbox, folder, mails);
    coming.catch(() => {}); // it is waited for in its turn, or not at all
    return coming;
  };
  let coming = ahead(batches[0]);
  for (const [index, batch] of batches.entries()) {
    if (held.aborted) return;
    const fetched = await coming;
    coming = ahead(batches[index + 1]);
    await keep(parts, mailbox, fetched);
    parts.fetched();
    await advance(parts.store, mailbox, folder, batch.at(-1)?.uid ?? 0);
  }
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
  const found = await findUids(client, { uid: `${lastUid + 1}:*` });
  const uids = found.filter((uid) => uid > lastUid);
  const mails: Listed[] = [];
  for (let from = 0; from < uids.length; from += listedAtOnce) {
    const some = uids.slice(from, from + listedAtOnce);
    const told = await fetchInTurns(client, some.join(','), { size: true, internalDate: true });
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

/** A mail as it is about to be kept; without its raw form where it was gone. */
interface Fetched {
  line: LedgerLine;
  raw: Buffer | undefined;
}

/** Those of which there is no line yet, while those before them are kept. */
async function download(
  { store }: FetchParts,
  client: ImapFlow,
  mailbox: Mailbox,
  folder: Folder,
  mails: Listed[],
): Promise<Fetched[]> {
  const idOf = ({ uid }: Listed) => lineId(mailbox._id, folder.path, folder.cursor.uidValidity, uid);
  const isNew = mails.filter((mail) => !wasThereBefore(mail, folder));
  if (isNew.length === 0) return [];
  const written = await store.ledger.find({ _id: { $in: isNew.map(idOf) } }, { projection: { _id: 1 } }).toArray();
  const known = new Set(written.map(({ _id }) => _id));
  const missing = isNew.filter((mail) => !known.has(idOf(mail)));
  const raws = await downloadAll(client, missing);
  const now = new Date();
  return missing.map((mail) => {
    const raw = raws.get(mail.uid);
    return { line: lineOf(mailbox, folder, mail, idOf(mail), raw !== undefined, now), raw };
  });
}

/**
 * Lines that are there already stay as they are. The new ones are written last and in the order of the mailbox: broken
 * off anywhere, no answer is taken in before the mail it answers.
 */
async function keep(parts: FetchParts, mailbox: Mailbox, fetched: Fetched[]): Promise<void> {
  if (fetched.length === 0) return;
  await Promise.all(fetched.map((one) => keepRaw(parts, mailbox, one)));
  await parts.store.addLines(fetched.map(({ line }) => line));
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
  { line: { rawFileId, at }, raw }: Fetched,
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
      for (const found of await fetchInTurns(client, uids.join(','), { [part]: true })) {
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
