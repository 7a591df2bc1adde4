import { explain } from '../../channels/email/explain.js';
import { withInbox } from '../../channels/email/inbox/imap.js';
import { type Reach, reach } from '../../channels/email/reach.js';
import { openSmtp } from '../../channels/email/sender/smtp-session.js';
import { type Mailbox, MailStore } from '../../channels/email/store.js';
import type { Database } from '../../platform/database.js';
import { type Check, failure, inTime, ok } from './check.js';

const patienceMs = 20_000;

/** Signs in to both servers of every mailbox, reads and sends nothing. */
export async function checkMailboxes(db: Database, by: Reach): Promise<Check[]> {
  const mailboxes = await new MailStore(db).mailboxes.find().sort({ address: 1 }).toArray();
  if (mailboxes.length === 0) return [ok('Mailboxes', 'none is connected')];
  const checks = mailboxes.flatMap((mailbox) => [signIn(by, mailbox, 'imap'), signIn(by, mailbox, 'smtp')]);
  return Promise.all(checks);
}

async function signIn(by: Reach, mailbox: Mailbox, protocol: 'imap' | 'smtp'): Promise<Check> {
  const name = `${protocol.toUpperCase()} ${mailbox.address}`;
  const server = mailbox[protocol];
  try {
    const reachable = await reach(by, mailbox._id, protocol, server);
    const signedIn =
      protocol === 'imap'
        ? withInbox(reachable, async () => {}, AbortSignal.timeout(patienceMs))
        : openSmtp(reachable).then((smtp) => smtp.quit());
    await inTime(patienceMs, signedIn);
    return ok(name, `signed in to ${server.host}`);
  } catch (error) {
    const { words, isLogin } = explain(error, { ...server, byToken: mailbox.grant !== undefined });
    const todo = isLogin
      ? 'Open the mailbox in the console, and sign in again or type its present password.'
      : 'Ask whoever runs the mail server; what waits is sent or fetched as soon as it answers.';
    return failure(name, words, todo);
  }
}
