import type { ImapFlow } from 'imapflow';
import type { Folder } from '../store.js';
import { fetchInTurns, findUids } from './listing.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Where the watch over the opened folder begins: at its end, or with the mail of the last `historyDays`. */
export async function beginFolder(client: ImapFlow, historyDays: number, now = new Date()): Promise<Folder> {
  const opened = client.mailbox;
  if (!opened) throw new Error('The folder could not be opened.');
  const newest =
    (opened.exists > 0 && (await client.fetchOne('*', { uid: true, internalDate: true }, { uid: true }))) || null;
  const lastUid = Math.max(opened.uidNext ? opened.uidNext - 1 : 0, newest?.uid ?? 0);
  const until = newest?.internalDate ? new Date(newest.internalDate) : null;
  const folder: Folder = {
    path: opened.path,
    cursor: { uidValidity: String(opened.uidValidity), startUid: lastUid, lastUid, rescanBelow: lastUid + 1 },
    oldUntil: until,
    history: null,
    problem: null,
  };
  if (historyDays === 0 || !until) return folder;
  const since = new Date(now.getTime() - historyDays * dayMs);
  const wanted = await mailsSince(client, since, lastUid);
  if (!wanted) return folder;
  const { firstUid, ...found } = wanted;
  const cursor = { ...folder.cursor, startUid: firstUid - 1, lastUid: firstUid - 1 };
  return { ...folder, cursor, oldUntil: since, history: { since, ...found } };
}

/** IMAP searches by whole days of an unknown time zone, so it is asked for more and looked at here. */
async function mailsSince(client: ImapFlow, since: Date, lastUid: number) {
  const [first] = await findUids(client, { since: new Date(since.getTime() - dayMs) });
  if (first === undefined || first > lastUid) return null;
  const listed = await fetchInTurns(client, `${first}:${lastUid}`, { internalDate: true });
  const wanted = listed.flatMap(({ uid, internalDate }) => {
    const at = internalDate ? new Date(internalDate) : null;
    return at && at > since ? [{ uid, at }] : [];
  });
  const [one] = wanted;
  if (!one) return null;
  return {
    total: wanted.length,
    firstUid: wanted.reduce((least, { uid }) => Math.min(least, uid), one.uid),
    until: new Date(wanted.reduce((latest, { at }) => Math.max(latest, at.getTime()), 0)),
  };
}
