import type { ImapFlow } from 'imapflow';
import type { Blobs } from '../../../platform/blobs.js';
import { sleep } from '../../../platform/clock.js';
import { isDuplicateKey } from '../../../platform/database.js';
import { derivedId } from '../../../platform/ids.js';
import type { Cursor, LedgerLine, Mailbox, MailStore } from '../store.js';

export interface FetchParts {
  store: MailStore;
  blobs: Blobs;
  /** The token of the lease under which it is fetched. */
  fetcher: number;
  /** Told when ledger lines want to be taken in. */
  fetched: () => void;
}

interface Listed {
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
 * Writes a ledger line for every mail after the cursor, its raw form stored before. Run after every hint and every
 * reconnect alike: what is done already is not done again.
 */
export async function fetchNew(
  parts: FetchParts,
  client: ImapFlow,
  mailboxId: string,
  held: AbortSignal,
): Promise<void> {
  const own = { _id: mailboxId, fetcher: parts.fetcher };
  const mailbox = await parts.store.mailboxes.findOne(own);
  if (!mailbox || !client.mailbox) return;
  const cursor = await cursorFor(parts.store, mailbox, client.mailbox);
  const mails = await mailsAfter(client, cursor.lastUid);
  for (const next of inBatches(mails)) {
    if (held.aborted) return;
    const isNew = next.filter((mail) => !wasThereBefore(mail, cursor, mailbox.oldUntil));
    const now = new Date();
    await Promise.all(isNew.map((mail) => writeLine(parts, client, mailbox, cursor.uidValidity, mail, now)));
    await advance(parts.store, mailbox, cursor.uidValidity, next.at(-1)?.uid ?? 0);
    parts.fetched();
  }
  await parts.store.mailboxes.updateOne(own, { $set: { lastFetchedAt: new Date() } });
}

/** The stored cursor; a new one from the start if the server has numbered its mails anew. */
async function cursorFor(
  store: MailStore,
  mailbox: Mailbox,
  inbox: { uidValidity: bigint; uidNext: number },
): Promise<Cursor> {
  const uidValidity = String(inbox.uidValidity);
  if (mailbox.cursor.uidValidity === uidValidity) return mailbox.cursor;
  const cursor = { uidValidity, lastUid: 0, rescanBelow: inbox.uidNext };
  await store.mailboxes.updateOne(
    { _id: mailbox._id, fetcher: mailbox.fetcher, 'cursor.uidValidity': mailbox.cursor.uidValidity },
    { $set: { cursor } },
  );
  return cursor;
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

/** Only after a renumbering: whether a mail is older than the connection to its mailbox. */
function wasThereBefore({ uid, internalDate }: Listed, cursor: Cursor, oldUntil: Date | null): boolean {
  return uid < cursor.rescanBelow && oldUntil !== null && !!internalDate && new Date(internalDate) <= oldUntil;
}

async function writeLine(
  { store, blobs }: FetchParts,
  client: ImapFlow,
  mailbox: Mailbox,
  uidValidity: string,
  { uid, size = 0 }: Listed,
  now: Date,
): Promise<void> {
  const id = `${mailbox._id}:${uidValidity}:${uid}`;
  if (await store.ledger.findOne({ _id: id }, { projection: { _id: 1 } })) return;
  const whole = size <= wholeUpTo;
  const raw = await download(client, uid, whole);
  const line: LedgerLine = {
    _id: id,
    mailboxId: mailbox._id,
    uidValidity,
    uid,
    at: now,
    state: raw ? 'fetched' : 'ignored',
    reason: raw ? null : 'It was gone from the mailbox before it could be fetched.',
    rawFileId: derivedId('mail-raw', id),
    headOf: whole ? null : size,
    tries: 0,
    nextTryAt: now,
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

async function advance(store: MailStore, { _id, fetcher }: Mailbox, uidValidity: string, uid: number): Promise<void> {
  await store.mailboxes.updateOne(
    { _id, fetcher, 'cursor.uidValidity': uidValidity },
    { $max: { 'cursor.lastUid': uid } },
  );
}
