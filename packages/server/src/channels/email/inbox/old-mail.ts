import type { Folder } from '../store.js';

interface Listed {
  uid: number;
  internalDate?: Date | string | undefined;
}

/** Pure. Whether a mail is older than the watch over its folder, and nobody wanted it. */
export function wasThereBefore({ uid, internalDate }: Listed, { cursor, oldUntil }: Folder): boolean {
  if (uid <= cursor.startUid) return true;
  return uid < cursor.rescanBelow && oldUntil !== null && !!internalDate && new Date(internalDate) <= oldUntil;
}

/** Pure. Whether a mail is from before the watch, but was wanted. */
export function isHistory({ uid, internalDate }: Listed, { cursor, history }: Folder): boolean {
  return uid < cursor.rescanBelow && history !== null && !!internalDate && new Date(internalDate) <= history.until;
}

/** Pure. How far the history of all folders is, as the numbers of its mails tell; null where none was wanted. */
export function historyOf(folders: Folder[]): { total: number; fetched: number } | null {
  const wanted = folders.flatMap(({ history, cursor }) => (history ? [{ total: history.total, cursor }] : []));
  if (wanted.length === 0) return null;
  const parts = wanted.map(({ total, cursor: { startUid, lastUid, rescanBelow } }) => {
    const all = rescanBelow - 1 - startUid;
    return { total, fetched: all > 0 ? Math.floor(total * Math.min(1, (lastUid - startUid) / all)) : total };
  });
  return parts.reduce((a, b) => ({ total: a.total + b.total, fetched: a.fetched + b.fetched }));
}
