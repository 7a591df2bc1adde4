import { createHash } from 'node:crypto';
import type { Actor } from '@helpline/protocol';
import { type Contact, normalAddress } from '../../../contacts/index.js';
import { receive } from '../../../conversations/index.js';
import type { Entry } from '../../../journal/index.js';
import type { Blobs } from '../../../platform/blobs.js';
import { attachReport } from '../manners/attach-report.js';
import { type HoldParts, holdFlood, holdLoop } from '../manners/hold-back.js';
import { readMessageId } from '../message-id.js';
import type { MailReader } from '../read/read-in-process.js';
import type { MailAddress, ReadMail } from '../read/types.js';
import type { Chosen, LedgerLine, Mailbox } from '../store.js';
import { writeMessage } from './message.js';
import { type Read, readOrHead } from './read-or-head.js';
import { answeredIds, findOwnMail, findThread, type ThreadParts } from './thread.js';

export interface TakeInParts extends ThreadParts, HoldParts {
  blobs: Blobs;
  reader: MailReader;
}

/** A mail on its way in, with what is known of it so far. */
interface Arrival {
  mailbox: Mailbox;
  line: LedgerLine;
  read: Read;
  mail: ReadMail;
  /** The same for every copy of the mail. */
  key: string;
  /** The addresses of the workspace's own mailboxes. */
  own: Set<string>;
  /** Null where the mail names nobody, or only ourselves. */
  sender: MailAddress | null;
}

/**
 * One mail's way from its ledger line into a conversation. Broken off anywhere it may be run again: what it made is
 * found under the same ids, and what it decided stands on the line.
 */
export async function takeIn(parts: TakeInParts, mailbox: Mailbox, line: LedgerLine): Promise<void> {
  const { store, hmacKey } = parts;
  const raw = (await parts.blobs.get(line.rawFileId))?.content;
  if (!raw) return store.settle(line, { state: 'failed', reason: 'The raw mail is gone.' });
  const read = await readOrHead(parts.reader, line, raw);
  const { mail } = read;
  const key = keyOf(mail, raw);
  if (!(await store.claimKey(line, key)))
    return store.settle(line, { state: 'ignored', reason: 'A copy of a mail that was taken in before.' });
  if (mail.messageId && readMessageId(hmacKey, mail.messageId))
    return store.settle(line, { state: 'ignored', reason: 'A mail that Helpline sent itself.' });
  if (await holdLoop(parts, mailbox, line, mail)) return;
  const own = await store.ownAddresses(mailbox.workspaceId);
  const arrival: Arrival = { mailbox, line, read, mail, key, own, sender: senderOf(mail, own) };
  if (await attachReport(parts, mailbox, line, mail, key)) return;
  if (!arrival.sender && own.has(normalAddress(mail.from?.address ?? '')))
    return store.settle(line, { state: 'ignored', reason: 'Sent from one of the own mailboxes.' });
  const chosen = line.chosen ?? (await store.choose(line, await choose(parts, arrival)));
  if (await holdFlood(parts, line, mail, arrival.sender, chosen.conversationId)) return;
  const entry = await append(parts, arrival, chosen);
  await remember(parts, arrival, entry);
  if (chosen.proves && arrival.sender)
    await parts.contacts.prove(chosen.contactId, arrival.sender.address, 'mail_reply');
  if (mail.class === 'human' && arrival.sender)
    await parts.contacts.clearUndeliverable(mailbox.workspaceId, arrival.sender.address);
  await store.settle(line, { state: 'received', reason: null, entryId: entry._id });
}

/** Some senders repeat a Message-ID, so author and date count too. */
function keyOf(mail: ReadMail, raw: Buffer): string {
  const hash = createHash('sha256');
  if (!mail.messageId) return hash.update(raw).digest('base64url');
  return hash.update(JSON.stringify([mail.messageId, mail.from?.address, mail.date])).digest('base64url');
}

/** A form on the company's site sends from an own address and names the customer as Reply-To. */
function senderOf({ from, replyTo }: ReadMail, own: Set<string>): MailAddress | null {
  const isOwn = (one: MailAddress) => own.has(normalAddress(one.address));
  const author = from && isOwn(from) ? replyTo : from;
  return author && isAddress(author.address) && !isOwn(author) ? author : null;
}

const isAddress = (address: string): boolean => address.includes('@') && address.length <= 320;

async function choose(parts: TakeInParts, { mailbox, mail, sender, key }: Arrival): Promise<Chosen> {
  const contact = await meet(parts, mailbox, sender);
  const address = normalAddress(sender?.address ?? '');
  const thread = await findThread(parts, mailbox, mail, address, key);
  const answered = thread.opens ? null : await findOwnMail(parts, mailbox, answeredIds(mail));
  const proves = mail.class === 'human' && answered !== null && answered.people.includes(address);
  return { ...thread, contactId: contact._id, proves };
}

/** Whoever wrote it. A mail that names nobody is from somebody new. */
function meet({ contacts }: TakeInParts, { workspaceId }: Mailbox, sender: MailAddress | null): Promise<Contact> {
  return sender ? contacts.meetByMail(workspaceId, sender.address, sender.name) : contacts.meetVisitor(workspaceId);
}

async function append(parts: TakeInParts, arrival: Arrival, chosen: Chosen): Promise<Entry> {
  const { mailbox, line, read, sender, key } = arrival;
  const { conversationId, contactId, opens } = chosen;
  const clientId = `mail:${mailbox._id}:${key}`;
  const before = await parts.journal.entryByClientId(conversationId, clientId);
  if (before) return before;
  const { workspaceId, brandId, inboxId } = mailbox;
  const known = sender?.name || (await parts.contacts.get(contactId))?.name;
  const name = (known || sender?.address)?.slice(0, 200);
  const author: Actor = { kind: 'contact', id: contactId, ...(name ? { name } : {}) };
  const message = await writeMessage(parts.blobs, mailbox, line, read);
  const opening = { workspaceId, brandId, inboxId, teamId: null, contactId, channel: 'email' } as const;
  const incoming = { conversationId, clientId, author, message, ...(opens ? { opening } : {}) };
  return (await receive(parts.journal, incoming)).entry;
}

/** From now on an answer to this mail, by anybody who wrote or got it, finds its conversation. */
async function remember({ store }: TakeInParts, { mailbox, mail, sender, own }: Arrival, entry: Entry): Promise<void> {
  const everybody = [...(sender ? [sender] : []), ...[...mail.to, ...mail.cc].slice(0, 40)];
  const people = new Set(everybody.map(({ address }) => normalAddress(address)));
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
    people: [...people].filter((address) => isAddress(address) && !own.has(address)),
  });
}
