import type { ConversationState, Journal } from '../../../journal/index.js';
import type { Blobs } from '../../../platform/blobs.js';
import type { Secrets } from '../../../platform/secrets.js';
import type { Workspaces } from '../../../workspaces/index.js';
import { loopMark } from '../manners/loop-header.js';
import { makeMessageId } from '../message-id.js';
import { makeReplyAddress } from '../reply-address.js';
import { dkimPlace, sendingOf } from '../sending-settings.js';
import type { Delivery, Mailbox, MailStore } from '../store.js';
import { nameMail } from './claims.js';
import { compose, type Letter } from './compose.js';
import { forwardedFiles, forwardedSubject, forwardedText, isMessage } from './forward-letter.js';
import { ownAddressFor, senderName, signatureFor } from './from-line.js';
import { lastMailOf } from './last-mail.js';
import type { Sendable } from './plan.js';
import { sign } from './sign.js';
import { firstMessage } from './usual-recipients.js';

export interface WriteParts {
  store: MailStore;
  journal: Journal;
  workspaces: Workspaces;
  blobs: Blobs;
  secrets: Secrets;
  hmacKey: Buffer;
}

/** The raw mail, by the mailbox's settings. Its Message-ID is known from now on. */
export async function writeMail(
  parts: WriteParts,
  delivery: Delivery,
  state: ConversationState,
  mailbox: Mailbox,
  entry: Sendable,
): Promise<Buffer> {
  const { conversationId, entryId } = delivery;
  const content = await contentOf(parts, delivery, entry);
  const { sender, signature, aliases, tagsReplies, dkim } = sendingOf(mailbox);
  const address = ownAddressFor(mailbox.address, aliases, content.answers);
  const messageId = delivery.messageId ?? makeMessageId(parts.hmacKey, { conversationId, entryId }, domainOf(address));
  await nameMail(parts.store, delivery, { mailboxId: mailbox._id, messageId });
  await remember(parts.store, delivery, mailbox, messageId, entry);
  const brand = (await parts.workspaces.brand(state.workspaceId, state.brandId)).name;
  const names = {
    agent: entry.actor.kind === 'agent' ? entry.actor.name : undefined,
    brand,
    displayName: mailbox.displayName,
  };
  const raw = await compose({
    ...content,
    ...(delivery.head ?? { to: delivery.recipients.map((one) => ({ address: one, name: '' })), cc: [] }),
    from: { name: senderName(sender, names), address },
    replyTo: tagsReplies && entry.type === 'message' ? makeReplyAddress(parts.hmacKey, address, conversationId) : null,
    messageId,
    signature: signatureFor(signature, names),
    brand,
    leftChat: delivery.unlessSeen,
    automatic: entry.type === 'message' && entry.payload.automatic === true,
    loopMark: loopMark(parts.hmacKey, state.workspaceId),
  });
  if (!dkim) return raw;
  return sign(raw, { ...dkim, privateKey: parts.secrets.open(dkim.privateKey, dkimPlace(mailbox._id)).toString() });
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

type Content = Pick<Letter, 'text' | 'answers' | 'subject' | 'sentBefore' | 'attachments'>;

async function contentOf(parts: WriteParts, delivery: Delivery, entry: Sendable): Promise<Content> {
  const { store, journal } = parts;
  const { conversationId, seq } = delivery;
  const first = await firstMessage(journal, conversationId);
  const began = first?.payload.envelope?.subject ?? null;
  if (entry.type === 'forwarded') return forward(parts, delivery, entry.payload, began ?? '');
  const toCustomer = { conversationId, direction: 'out', seq: { $lt: seq }, 'people.0': { $exists: true } } as const;
  const before = await store.known.find(toCustomer).sort({ seq: 1 }).toArray();
  return {
    text: entry.payload.text,
    answers: (await lastMailOf(journal, conversationId, seq))?.payload.mail ?? null,
    subject: began,
    sentBefore: before.map((mail) => mail.messageId),
    attachments: [],
  };
}

async function forward(
  { journal, blobs }: WriteParts,
  { conversationId }: Delivery,
  { of, text }: (Sendable & { type: 'forwarded' })['payload'],
  began: string,
): Promise<Content> {
  const [original] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (!isMessage(original)) throw new Error('What is forwarded is gone.');
  return {
    text: forwardedText(text, original),
    answers: null,
    subject: forwardedSubject(original.payload.mail?.subject ?? began),
    sentBefore: [],
    attachments: await forwardedFiles(blobs, original),
  };
}

/** Whoever gets a mail takes part in the conversation from now on; not so somebody to whom it is only forwarded. */
async function remember(
  store: MailStore,
  { workspaceId, conversationId, entryId, seq, recipients }: Delivery,
  { _id: mailboxId }: Mailbox,
  messageId: string,
  { type }: Sendable,
): Promise<void> {
  await store.remember({
    _id: `${mailboxId}:${messageId}`,
    workspaceId,
    mailboxId,
    messageId,
    conversationId,
    entryId,
    seq,
    direction: 'out',
    people: type === 'forwarded' ? [] : recipients.map((address) => address.toLowerCase()),
  });
}
