import type { NewSendingSettings, SendingSettings } from '@helpline/protocol';
import { normalAddress } from '../../contacts/index.js';
import { DeskError, notFound } from '../../platform/errors.js';
import type { Secrets } from '../../platform/secrets.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import { checkDkimKey } from './sender/sign.js';
import type { Mailbox, MailStore, Sending } from './store.js';
import { say } from './texts.js';

/** How a mailbox sends of which nobody has said how. */
export const usualSending: Sending = {
  sender: 'mailbox',
  signature: '',
  aliases: [],
  tagsReplies: false,
  copiesToSent: false,
  mailsAMinute: null,
  language: 'en',
  autoReply: null,
  dkim: null,
};

/** How the mails of a mailbox go out, also where nobody has said so. */
export const sendingOf = ({ sending }: Pick<Mailbox, 'sending'>): Sending => ({ ...usualSending, ...sending });

/** The same for whoever sets it: the key is never shown again. */
export function sendingView(mailbox: Mailbox): SendingSettings {
  const { dkim, ...sending } = sendingOf(mailbox);
  return { ...sending, dkim: dkim && { domain: dkim.domain, selector: dkim.selector } };
}

/** Says how the mails of a mailbox go out from now on. Throws `not_found`, `unprocessable` with the field at fault. */
export async function setSending(
  { store, secrets }: { store: MailStore; secrets: Secrets },
  visibility: Visibility,
  mailboxId: string,
  {
    displayName,
    sender,
    signature,
    aliases,
    tagsReplies,
    copiesToSent,
    mailsAMinute,
    language,
    autoReply,
    dkim,
  }: NewSendingSettings,
): Promise<Mailbox> {
  const mine = { _id: mailboxId, ...visibleFilter(visibility) };
  const mailbox = await store.mailboxes.findOne(mine);
  if (!mailbox) throw notFound();
  const own = [...new Set(aliases.map(normalAddress))].filter((alias) => alias !== mailbox.address);
  await checkFree(store, mailbox, own);
  const sending = {
    sender,
    signature,
    aliases: own,
    tagsReplies,
    copiesToSent,
    mailsAMinute,
    language,
    autoReply,
    dkim: dkim && sealKey(secrets, mailbox, dkim),
  };
  const changed = await store.mailboxes.findOneAndUpdate(
    mine,
    { $set: { displayName, sending } },
    { returnDocument: 'after' },
  );
  if (!changed) throw notFound();
  return changed;
}

async function checkFree(store: MailStore, { _id, workspaceId }: Mailbox, aliases: string[]): Promise<void> {
  const other = await store.mailboxes.findOne({
    workspaceId,
    _id: { $ne: _id },
    $or: [{ address: { $in: aliases } }, { 'sending.aliases': { $in: aliases } }],
  });
  if (other) throw wrong('/aliases', say('sending.alias_taken', { address: other.address }));
}

/** Who may open the key is decided by its place. */
export const dkimPlace = (mailboxId: string): string => `${mailboxId}:dkim`;

function sealKey(
  secrets: Secrets,
  mailbox: Mailbox,
  { domain, selector, privateKey }: NonNullable<NewSendingSettings['dkim']>,
): NonNullable<Sending['dkim']> {
  if (privateKey && !checkDkimKey(privateKey)) throw wrong('/dkim/privateKey', say('sending.bad_key'));
  const sealed = privateKey ? secrets.seal(privateKey, dkimPlace(mailbox._id)) : sendingOf(mailbox).dkim?.privateKey;
  if (!sealed) throw wrong('/dkim/privateKey', say('sending.no_key'));
  return { domain, selector, privateKey: sealed };
}

const wrong = (pointer: string, detail: string): DeskError =>
  new DeskError('unprocessable', { detail, errors: [{ pointer, detail }] });
