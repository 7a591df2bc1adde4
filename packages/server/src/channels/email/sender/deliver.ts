import type { Contacts } from '../../../contacts/index.js';
import { type ConversationStore, seenBy } from '../../../conversations/index.js';
import type { ConversationState, Journal, MessageEntry } from '../../../journal/index.js';
import type { Workspaces } from '../../../workspaces/index.js';
import { makeMessageId } from '../message-id.js';
import { type Reach, reach } from '../reach.js';
import type { Delivery, Mailbox, MailStore } from '../store.js';
import { say } from '../texts.js';
import { beginData, nameMail, settle, tryLater } from './claims.js';
import { compose } from './compose.js';
import { lastMailOf } from './last-mail.js';
import type { Outcome } from './outcome.js';
import { sendBySmtp } from './smtp-send.js';

export interface DeliverParts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
  workspaces: Workspaces;
  conversations: ConversationStore;
  reach: Reach;
  hmacKey: Buffer;
  /** The pauses between the tries of a mail that the server does not take now. */
  retryMs: number[];
}

const oldestMs = 48 * 60 * 60 * 1000;

/** One claimed delivery: is it still wanted, by which mailbox, and what became of the try. */
export async function deliver(parts: DeliverParts, delivery: Delivery): Promise<void> {
  const { store } = parts;
  if (await seenMeanwhile(parts, delivery)) {
    await settle(store, delivery, { state: 'not_needed', detail: null });
    return;
  }
  const ready = await prepare(parts, delivery);
  if (typeof ready === 'string') {
    await settle(store, delivery, { state: 'failed', detail: ready });
    return;
  }
  await trySending(parts, delivery, ready);
}

async function seenMeanwhile({ conversations }: DeliverParts, delivery: Delivery): Promise<boolean> {
  if (!delivery.unlessSeen) return false;
  const seen = await seenBy(conversations, delivery.conversationId, 'customer');
  return seen.position >= delivery.pub;
}

interface Ready {
  mailbox: Mailbox;
  raw: Buffer;
}

/** The mail and who sends it, or why there is none. */
async function prepare(parts: DeliverParts, delivery: Delivery): Promise<Ready | string> {
  const { store, journal } = parts;
  if (Date.now() - delivery.writtenAt.getTime() > oldestMs) return say('delivery.too_old');
  const [to] = delivery.recipients;
  if (!to) return say('delivery.no_address');
  if ((await store.ownAddresses(delivery.workspaceId)).has(to.toLowerCase()))
    return say('delivery.own_mailbox', { address: to });
  const [answer] = await journal.entriesById([delivery.entryId]);
  const state = await journal.state(delivery.conversationId);
  if (answer?.type !== 'message' || answer.hash === null || !state) return say('delivery.gone');
  const mailbox = await mailboxFor(store, delivery, state);
  if (!mailbox) return say('delivery.no_mailbox');
  return { mailbox, raw: await write(parts, delivery, state, mailbox, to, answer) };
}

/** The one it was tried from before; else the customer's own, else any of the brand. */
async function mailboxFor(store: MailStore, delivery: Delivery, state: ConversationState): Promise<Mailbox | null> {
  const { workspaceId, brandId, inboxId } = state;
  if (delivery.mailboxId) return store.mailboxes.findOne({ _id: delivery.mailboxId });
  const lastIn = { conversationId: state._id, direction: 'in' as const };
  const last = await store.known.findOne(lastIn, { sort: { seq: -1 } });
  const ofBrand = await store.mailboxes.find({ workspaceId, brandId }).sort({ connectedAt: 1 }).toArray();
  return (
    ofBrand.find(({ _id }) => _id === last?.mailboxId) ??
    ofBrand.find((mailbox) => mailbox.inboxId === inboxId) ??
    ofBrand[0] ??
    null
  );
}

async function write(
  parts: DeliverParts,
  delivery: Delivery,
  state: ConversationState,
  mailbox: Mailbox,
  to: string,
  answer: MessageEntry,
): Promise<Buffer> {
  const { store, journal, workspaces } = parts;
  const { conversationId, entryId, seq, workspaceId } = delivery;
  const messageId =
    delivery.messageId ?? makeMessageId(parts.hmacKey, { conversationId, entryId }, domainOf(mailbox.address));
  await nameMail(store, delivery, { mailboxId: mailbox._id, messageId });
  await store.remember({
    _id: `${mailbox._id}:${messageId}`,
    workspaceId,
    mailboxId: mailbox._id,
    messageId,
    conversationId,
    entryId,
    seq,
    direction: 'out',
    people: delivery.recipients.map((address) => address.toLowerCase()),
  });
  const before = await store.known
    .find({ conversationId, direction: 'out', seq: { $lt: seq } })
    .sort({ seq: 1 })
    .toArray();
  return compose({
    from: { name: mailbox.displayName, address: mailbox.address },
    to,
    messageId,
    text: answer.payload.text,
    brand: (await workspaces.brand(workspaceId, state.brandId)).name,
    answers: (await lastMailOf(journal, conversationId, seq))?.payload.mail ?? null,
    sentBefore: before.map((mail) => mail.messageId),
    leftChat: delivery.unlessSeen,
  });
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

async function trySending(parts: DeliverParts, delivery: Delivery, { mailbox, raw }: Ready): Promise<void> {
  const { store, retryMs } = parts;
  const outcome = await sendBySmtp(() => reach(parts.reach, mailbox._id, 'smtp', mailbox.smtp), {
    from: mailbox.address,
    to: delivery.recipients,
    raw,
    mayBegin: () => beginData(store, delivery),
  });
  if (outcome.state === 'lost') return;
  await showSending(store, mailbox, outcome);
  if (outcome.state !== 'retry') {
    await settle(store, delivery, outcome);
    return;
  }
  const pause = retryMs[delivery.tries];
  if (pause === undefined) await settle(store, delivery, { state: 'failed', detail: outcome.detail });
  else await tryLater(store, delivery, new Date(Date.now() + pause), outcome.detail);
}

/** A password that has changed stops every answer: whoever cares for the mailbox must see it there. */
async function showSending(store: MailStore, mailbox: Mailbox, outcome: Outcome): Promise<void> {
  const refused = outcome.state === 'retry' && outcome.isLogin;
  if (!refused && mailbox.sendingDetail === null) return;
  const sendingDetail = refused ? outcome.detail : null;
  await store.mailboxes.updateOne({ _id: mailbox._id }, { $set: { sendingDetail } });
}
