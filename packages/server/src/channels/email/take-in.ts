import { createHash } from 'node:crypto';
import type { Actor } from '@helpline/protocol';
import { type Contact, normalAddress } from '../../contacts/index.js';
import { receive, recordDelivery } from '../../conversations/index.js';
import type { Entry } from '../../journal/index.js';
import type { Blobs } from '../../platform/blobs.js';
import { writeMessage } from './message.js';
import { readMessageId } from './message-id.js';
import type { MailReader } from './read/read-in-worker.js';
import type { ReadMail } from './read/types.js';
import { type Read, readOrHead } from './read-or-head.js';
import type { Chosen, LedgerLine, Mailbox } from './store.js';
import { answeredIds, findOwnMail, findThread, type ThreadParts } from './thread.js';

export interface TakeInParts extends ThreadParts {
  blobs: Blobs;
  reader: MailReader;
}

/**
 * One mail's way from its ledger line into a conversation. Broken off anywhere it may be run again: what it made is
 * found under the same ids, and what it decided stands on the line.
 */
export async function takeIn(parts: TakeInParts, mailbox: Mailbox, line: LedgerLine): Promise<void> {
  const { store } = parts;
  const raw = (await parts.blobs.get(line.rawFileId))?.content;
  if (!raw) return store.settle(line, { state: 'failed', reason: 'The raw mail is gone.' });
  const read = await readOrHead(parts.reader, line, raw);
  const key = keyOf(read.mail, raw);
  if (!(await store.claimKey(line, key)))
    return store.settle(line, { state: 'ignored', reason: 'A copy of a mail that was taken in before.' });
  const own = await isOurs(parts, mailbox, read.mail);
  if (own) return store.settle(line, { state: 'ignored', reason: own });
  if (read.mail.bounce && (await attachBounce(parts, mailbox, line, read.mail))) return;
  const chosen = line.chosen ?? (await store.choose(line, await choose(parts, mailbox, read.mail, key)));
  const entry = await append(parts, mailbox, line, read, chosen, key);
  await remember(parts, mailbox, read.mail, entry);
  if (chosen.proves) await parts.contacts.prove(chosen.contactId, addressOf(read.mail), 'mail_reply');
  await store.settle(line, { state: 'received', reason: null, entryId: entry._id });
}

/** The same for every copy of a mail. Some senders repeat a Message-ID, so author and date count too. */
function keyOf(mail: ReadMail, raw: Buffer): string {
  const hash = createHash('sha256');
  if (!mail.messageId) return hash.update(raw).digest('base64url');
  return hash.update(JSON.stringify([mail.messageId, addressOf(mail), mail.date])).digest('base64url');
}

/** Why the mail is none of a customer's, if so. */
async function isOurs({ store, hmacKey }: TakeInParts, mailbox: Mailbox, mail: ReadMail): Promise<string | null> {
  if (mail.messageId && readMessageId(hmacKey, mail.messageId)) return 'A mail that Helpline sent itself.';
  const own = await store.ownAddresses(mailbox.workspaceId);
  return own.has(addressOf(mail)) ? 'Sent from one of the own mailboxes.' : null;
}

/** Puts a delivery report to the answer it is about. False if it is about none of ours. */
async function attachBounce(parts: TakeInParts, mailbox: Mailbox, line: LedgerLine, mail: ReadMail): Promise<boolean> {
  const { bounce } = mail;
  const reported = bounce?.originalMessageId ? [bounce.originalMessageId] : answeredIds(mail);
  const sent = await findOwnMail(parts, mailbox, reported);
  if (!bounce || !sent) return false;
  const lost = bounce.recipients.filter(({ action }) => action === null || action === 'failed');
  if (!bounce.hard && lost.length === 0) {
    await parts.store.settle(line, {
      state: 'ignored',
      reason: 'An answer of ours is late; the server goes on trying.',
    });
    return true;
  }
  const to = lost.length > 0 ? lost.map(({ address }) => address) : sent.people;
  const status = lost.flatMap((one) => one.status ?? [])[0];
  const { entry } = await recordDelivery(parts.journal, sent.conversationId, `${sent.entryId}:bounced`, {
    of: sent.seq,
    state: 'bounced',
    to,
    messageId: sent.messageId,
    ...(status ? { detail: status } : {}),
  });
  await parts.store.settle(line, { state: 'received', reason: 'A delivery report.', entryId: entry._id });
  return true;
}

async function choose(parts: TakeInParts, mailbox: Mailbox, mail: ReadMail, key: string): Promise<Chosen> {
  const sender = addressOf(mail);
  const contact = await meet(parts, mailbox, mail);
  const thread = await findThread(parts, mailbox, mail, sender, key);
  const answered = thread.opens ? null : await findOwnMail(parts, mailbox, answeredIds(mail));
  const signed = answered !== null && readMessageId(parts.hmacKey, answered.messageId) !== null;
  const proves = signed && mail.class === 'human' && answered.people.includes(sender);
  return { ...thread, contactId: contact._id, proves };
}

/** Whoever wrote it. A mail that names nobody is from somebody new. */
function meet({ contacts }: TakeInParts, { workspaceId }: Mailbox, mail: ReadMail): Promise<Contact> {
  if (!mail.from?.address.includes('@')) return contacts.meetVisitor(workspaceId);
  return contacts.meetByMail(workspaceId, mail.from.address, mail.from.name);
}

async function append(
  parts: TakeInParts,
  mailbox: Mailbox,
  line: LedgerLine,
  read: Read,
  { conversationId, contactId, opens }: Chosen,
  key: string,
): Promise<Entry> {
  const clientId = `mail:${mailbox._id}:${key}`;
  const before = await parts.journal.entryByClientId(conversationId, clientId);
  if (before) return before;
  const { workspaceId, brandId, inboxId } = mailbox;
  const name = read.mail.from?.name || read.mail.from?.address;
  const author: Actor = { kind: 'contact', id: contactId, ...(name ? { name: name.slice(0, 500) } : {}) };
  const message = await writeMessage(parts.blobs, mailbox, line, read);
  const opening = { workspaceId, brandId, inboxId, teamId: null, contactId, channel: 'email' } as const;
  const incoming = { conversationId, clientId, author, message, ...(opens ? { opening } : {}) };
  return (await receive(parts.journal, incoming)).entry;
}

async function remember({ store }: TakeInParts, mailbox: Mailbox, mail: ReadMail, entry: Entry): Promise<void> {
  const own = await store.ownAddresses(mailbox.workspaceId);
  const everybody = [
    addressOf(mail),
    ...[...mail.to, ...mail.cc].slice(0, 40).map(({ address }) => normalAddress(address)),
  ];
  const messageId = mail.messageId ?? `<${entry._id}@without.id>`;
  await store.remember({
    _id: `${mailbox._id}:${messageId}`,
    workspaceId: mailbox.workspaceId,
    mailboxId: mailbox._id,
    messageId,
    conversationId: entry.conversationId,
    entryId: entry._id,
    seq: entry.seq,
    direction: 'in',
    people: [...new Set(everybody)].filter((address) => address.includes('@') && !own.has(address)),
  });
}

const addressOf = (mail: ReadMail): string => normalAddress(mail.from?.address ?? '');
