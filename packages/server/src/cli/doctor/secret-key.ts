import { tokenPlace } from '../../channels/email/oauth/tokens.js';
import { passwordPlace } from '../../channels/email/reach.js';
import { MailStore } from '../../channels/email/store.js';
import type { Database } from '../../platform/database.js';
import type { Sealed, Secrets } from '../../platform/secrets.js';
import { type Inbox, WorkspaceStore } from '../../workspaces/store.js';
import { type Check, failure, ok } from './check.js';

const name = 'Secret key';

/** Whether what is encrypted at rest can be read with the key that is set. */
export async function checkSecretKey(db: Database, secrets: Secrets): Promise<Check> {
  const samples = [...(await mailPasswords(db)), ...(await identitySecrets(db))];
  const opened = samples.filter(({ sealed, place }) => opens(secrets, sealed, place)).length;
  if (samples.length === 0) return ok(name, 'nothing is encrypted yet');
  return opened === samples.length
    ? ok(name, `opens all ${opened} secrets that were tried`)
    : failure(
        name,
        `opens ${opened} of ${samples.length} secrets that were tried`,
        'Set HELPLINE_SECRET_KEY to the key these data were written with, on every node. Without it mailboxes must be connected anew.',
      );
}

interface Sample {
  sealed: Sealed;
  place: string;
}

const some = 100;

async function mailPasswords(db: Database): Promise<Sample[]> {
  const mailboxes = await new MailStore(db).mailboxes.find().limit(some).toArray();
  return mailboxes.flatMap(({ _id, imap, grant }) => [
    ...(imap.password ? [{ sealed: imap.password, place: passwordPlace(_id, 'imap') }] : []),
    ...(grant ? [{ sealed: grant.refreshToken, place: tokenPlace(_id, 'refresh') }] : []),
  ]);
}

async function identitySecrets(db: Database): Promise<Sample[]> {
  const inboxes: Inbox[] = await new WorkspaceStore(db).inboxes
    .find({ identitySecret: { $exists: true } })
    .limit(some)
    .toArray();
  return inboxes.flatMap(({ _id, identitySecret }) => (identitySecret ? [{ sealed: identitySecret, place: _id }] : []));
}

function opens(secrets: Secrets, sealed: Sealed, place: string): boolean {
  try {
    secrets.open(sealed, place);
    return true;
  } catch {
    return false;
  }
}
