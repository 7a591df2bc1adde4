import { type Authenticity, mailProviders } from '@helpline/protocol';
import type { MailAddress } from '../read/types.js';
import type { Mailbox, MailStore } from '../store.js';
import type { Arrival, TakeInParts } from './arrival.js';
import { readAuthenticationResults, serverName } from './authentication-results.js';
import { authenticityOf, domainOf } from './authenticity.js';
import { isSame } from './author.js';
import { hasOwnSignature } from './own-signature.js';
import { isTrusted, learn } from './trusted-server.js';

/**
 * Whether the author is who he says, by what the mailbox's own server found; if that is not known, by the mail's signature.
 * What other servers, or the author himself, wrote into the mail counts nothing.
 */
export async function judgeSender(
  { store, findKey }: Pick<TakeInParts, 'store' | 'findKey'>,
  { mailbox, mail, read, sender }: Pick<Arrival, 'mailbox' | 'mail' | 'read' | 'sender'>,
  at: Date,
): Promise<Authenticity> {
  const { from } = mail;
  const results = mail.authenticationResults.map(readAuthenticationResults);
  const named = mailbox.authservId ?? mailProviders.find(({ imap }) => imap.host === mailbox.imap.host)?.authservId;
  const trusted = named ? serverName(named) : await learnedServer(store, mailbox, results[0]?.server ?? null, from, at);
  const believed = results.find(({ server }) => server === trusted);
  if (!from) return 'unknown';
  // A form or a group that names somebody else as author vouches for nobody.
  const isAuthor = sender !== null && isSame(sender, from);
  if (believed) {
    const authenticity = authenticityOf(believed, domainOf(from.address));
    return authenticity === 'verified' && !isAuthor ? 'unknown' : authenticity;
  }
  if (!isAuthor || !findKey) return 'unknown';
  return (await hasOwnSignature(read.raw, from.address, findKey)) ? 'verified' : 'unknown';
}

/** Learns from every mail; null while nothing is known. The worker of the mailbox keeps what it learned. */
async function learnedServer(
  store: MailStore,
  mailbox: Mailbox,
  top: string | null,
  from: MailAddress | null,
  at: Date,
): Promise<string | null> {
  const before = mailbox.learned ?? null;
  const learned = learn(before, { top, from: from?.address ?? '', mailbox: mailbox.address, at });
  if (learned !== before) {
    mailbox.learned = learned; // at once, since other mails are looked at meanwhile
    await store.mailboxes.updateOne({ _id: mailbox._id }, { $set: { learned } });
  }
  return learned && learned.server === top && isTrusted(learned, at) ? learned.server : null;
}
