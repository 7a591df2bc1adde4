import type { ImapFlow } from 'imapflow';
import { DeskError } from '../../platform/errors.js';
import { withInbox } from './inbox/imap.js';
import { type Reach, reach } from './reach.js';
import type { Mailbox } from './store.js';
import { inTime, unreachable } from './unreachable.js';

/** Asks a mailbox's server something while somebody waits. Throws `mailbox_unreachable`. */
export async function askServer<T>(
  reaching: Reach,
  { _id, imap, grant }: Mailbox,
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  try {
    return await inTime(async (signal) => withInbox(await reach(reaching, _id, 'imap', imap), work, signal));
  } catch (error) {
    if (error instanceof DeskError) throw error;
    throw unreachable([{ protocol: 'imap', error, server: { ...imap, byToken: grant !== undefined } }]);
  }
}
