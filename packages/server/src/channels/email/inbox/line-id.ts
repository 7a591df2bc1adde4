import { createHash } from 'node:crypto';
import { inboxPath } from '../store.js';

/** Pure. Where the lines of one numbering of a folder begin: two folders of a mailbox may well have the same UIDVALIDITY. */
export function linesOf(mailboxId: string, folder: string, uidValidity: string): string {
  return folder === inboxPath ? `${mailboxId}:${uidValidity}:` : `${mailboxId}:${keyOf(folder)}:${uidValidity}:`;
}

export const lineId = (mailboxId: string, folder: string, uidValidity: string, uid: number): string =>
  `${linesOf(mailboxId, folder, uidValidity)}${uid}`;

/** The line within its mailbox, as it is told outside. */
export const shownLineId = (mailboxId: string, id: string): string =>
  id.slice(mailboxId.length + 1).replaceAll(':', '-');

export const hiddenLineId = (mailboxId: string, shown: string): string => `${mailboxId}:${shown.replaceAll('-', ':')}`;

const keyOf = (folder: string): string => createHash('sha256').update(folder).digest('hex').slice(0, 16);
