import type { Language } from '@helpline/protocol';
import type { ConversationState, Journal } from '../../../journal/index.js';
import type { Secrets } from '../../../platform/secrets.js';
import type { Workspaces } from '../../../workspaces/index.js';
import { bareSubject } from '../inbox/subject.js';
import { loopMark } from '../manners/loop-header.js';
import { makeMessageId } from '../message-id.js';
import { makeReplyAddress } from '../reply-address.js';
import { dkimPlace, sendingOf } from '../sending-settings.js';
import type { Delivery, Mailbox, MailStore } from '../store.js';
import type { Unsubscribing } from '../unsubscribing.js';
import type { AtOnce } from './at-once.js';
import { compose, type Letter, subjectOf } from './compose.js';
import { forwardedSubject, forwardedText, isMessage } from './forward-letter.js';
import { ownAddressFor, senderName, signatureFor } from './from-line.js';
import { correspondenceOf } from './last-mail.js';
import { type FileParts, mailFiles, type NamedFile } from './mail-files.js';
import type { Sendable } from './plan.js';
import { sign } from './sign.js';
import { type Thread, threadIndexOf } from './thread-index.js';

export interface WriteParts extends FileParts {
  store: MailStore;
  atOnce: AtOnce;
  journal: Journal;
  workspaces: Workspaces;
  secrets: Secrets;
  hmacKey: Buffer;
  unsubscribing: Unsubscribing;
}

/** The raw mail, by the mailbox's settings. Its Message-ID is known from now on. */
export async function writeMail(
  parts: WriteParts,
  delivery: Delivery,
  state: ConversationState,
  mailbox: Mailbox,
  entry: Sendable,
): Promise<{ raw: Buffer; messageId: string }> {
  const { conversationId, entryId } = delivery;
  const { sender, signature, aliases, tagsReplies, language, dkim } = sendingOf(mailbox);
  const content = await contentOf(parts, delivery, entry, language);
  const date = dateOf(delivery, entry);
  const address = ownAddressFor(mailbox.address, aliases, content.answers);
  const messageId = delivery.messageId ?? makeMessageId(parts.hmacKey, { conversationId, entryId }, domainOf(address));
  const brand = (await parts.workspaces.brand(state.workspaceId, state.brandId)).name;
  const names = {
    agent: entry.actor.kind === 'agent' ? entry.actor.name : undefined,
    brand,
    displayName: mailbox.displayName,
  };
  const subject = bareSubject(subjectOf({ ...content, brand, language }));
  await remember(parts.atOnce, delivery, mailbox, { messageId, subject }, entry);
  const raw = await compose({
    ...content,
    language,
    threadIndex: threadIndexOf(content.thread, date),
    ...(await mailFiles(parts, content.named, date)),
    date,
    ...(delivery.head ?? { to: delivery.recipients.map((one) => ({ address: one, name: '' })), cc: [] }),
    from: { name: senderName(sender, names), address },
    replyTo: tagsReplies && entry.type === 'message' ? makeReplyAddress(parts.hmacKey, address, conversationId) : null,
    messageId,
    signature: signatureFor(signature, names),
    brand,
    leftChat: delivery.unlessSeen,
    automatic: entry.type === 'message' && entry.payload.automatic === true,
    unsubscribe: entry.payload.envelope?.bulk ? unsubscribeLink(parts, delivery) : null,
    loopMark: loopMark(parts.hmacKey, state.workspaceId),
  });
  if (!dkim) return { raw, messageId };
  const privateKey = parts.secrets.open(dkim.privateKey, dkimPlace(mailbox._id)).toString();
  return { raw: await sign(raw, { ...dkim, privateKey }), messageId };
}

const unsubscribeLink = ({ unsubscribing }: WriteParts, { workspaceId, recipients }: Delivery): string | null =>
  unsubscribing.link(workspaceId, recipients[0] ?? '');

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** When it was written or is to go; not when it is tried. */
const dateOf = ({ writtenAt }: Delivery, { payload }: Sendable): Date =>
  new Date(Math.max(writtenAt.getTime(), Date.parse(payload.envelope?.sendAt ?? '') || 0));

type Content = Pick<Letter, 'text' | 'answers' | 'subject' | 'sentBefore'> & { named: NamedFile[]; thread: Thread };

async function contentOf(parts: WriteParts, delivery: Delivery, entry: Sendable, language: Language): Promise<Content> {
  const { conversationId, seq } = delivery;
  const [{ first, lastMail }, known] = await Promise.all([
    correspondenceOf(parts.journal, conversationId, seq),
    parts.atOnce.known(conversationId),
  ]);
  const began = first?.payload.envelope?.subject ?? null;
  if (entry.type === 'forwarded') return forward(parts, entry, began ?? '', language);
  const toCustomer = known.filter((mail) => mail.direction === 'out' && mail.seq < seq && mail.people.length > 0);
  const answers = lastMail?.payload.mail ?? null;
  const isFirst = !answers && toCustomer.length === 0;
  return {
    text: entry.payload.text,
    answers,
    subject: began,
    sentBefore: toCustomer.map((mail) => mail.messageId),
    named: filesOf(entry),
    thread: { conversationId, began: first?.at ?? entry.at, answered: answers?.threadIndex, isFirst },
  };
}

async function forward(
  { journal }: WriteParts,
  entry: Sendable & { type: 'forwarded' },
  began: string,
  language: Language,
): Promise<Content> {
  const { conversationId, payload } = entry;
  const { of, text } = payload;
  const [original] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (!isMessage(original)) throw new Error('What is forwarded is gone.');
  return {
    text: forwardedText(text, original, language),
    answers: null,
    subject: forwardedSubject(original.payload.mail?.subject ?? began, language),
    sentBefore: [],
    named: [...filesOf(entry), ...filesOf(original)],
    thread: { conversationId: entry._id, began: entry.at, answered: undefined, isFirst: true },
  };
}

const filesOf = (by: Sendable): NamedFile[] => (by.payload.attachments ?? []).map((file) => ({ by, file }));

/** Whoever gets a mail takes part in the conversation from now on; not so somebody to whom it is only forwarded. */
async function remember(
  atOnce: AtOnce,
  { workspaceId, conversationId, entryId, seq, recipients }: Delivery,
  { _id: mailboxId }: Mailbox,
  { messageId, subject }: { messageId: string; subject: string },
  { type }: Sendable,
): Promise<void> {
  await atOnce.remember({
    _id: `${mailboxId}:${messageId}`,
    workspaceId,
    mailboxId,
    messageId,
    conversationId,
    entryId,
    seq,
    direction: 'out',
    ...(type === 'forwarded' || subject === '' ? {} : { subject }),
    people: type === 'forwarded' ? [] : recipients.map((address) => address.toLowerCase()),
  });
}
