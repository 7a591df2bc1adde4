import type { Authenticity } from '@helpline/protocol';
import type { MailAddress, ReadMail } from '../read/types.js';
import type { Mailbox, MailStore } from '../store.js';
import { readAuthenticationResults } from './authentication-results.js';
import { authenticityOf, domainOf } from './authenticity.js';
import { isSame } from './author.js';
import { isTrusted, learn } from './trusted-server.js';

/**
 * Whether the author is who he says, by what the mailbox's own server found. What other servers, or the author himself,
 * wrote into the mail counts nothing.
 */
export async function judgeSender(
  store: MailStore,
  mailbox: Mailbox,
  mail: Pick<ReadMail, 'from' | 'authenticationResults'>,
  author: MailAddress | null,
  at: Date,
): Promise<Authenticity> {
  const { from } = mail;
  const results = mail.authenticationResults.map(readAuthenticationResults);
  const trusted = mailbox.authservId ?? (await learnedServer(store, mailbox, results[0]?.server ?? null, from, at));
  const believed = results.find(({ server }) => server === trusted);
  if (!believed || !from) return 'unknown';
  const authenticity = authenticityOf(believed, domainOf(from.address));
  // A form or a group that names somebody else as author vouches for nobody.
  const isAuthor = author !== null && isSame(author, from);
  return authenticity === 'verified' && !isAuthor ? 'unknown' : authenticity;
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
    await store.mailboxes.updateOne({ _id: mailbox._id }, { $set: { learned } });
    mailbox.learned = learned;
  }
  return learned && learned.server === top && isTrusted(learned, at) ? learned.server : null;
}
