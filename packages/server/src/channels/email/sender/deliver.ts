import type { Contacts } from '../../../contacts/index.js';
import { type ConversationStore, seenBy } from '../../../conversations/index.js';
import type { ConversationState } from '../../../journal/index.js';
import { isOwnAddress } from '../own-address.js';
import { type Reach, reach } from '../reach.js';
import type { Delivery, Mailbox, MailStore } from '../store.js';
import { say } from '../texts.js';
import { beginData, settle, tryLater } from './claims.js';
import { isMessage } from './forward-letter.js';
import type { Outcome } from './outcome.js';
import { isSendable, type Sendable } from './plan.js';
import { wantCopy } from './sent-copies.js';
import { sendBySmtp } from './smtp-send.js';
import { type WriteParts, writeMail } from './write-mail.js';

export interface DeliverParts extends WriteParts {
  contacts: Contacts;
  conversations: ConversationStore;
  reach: Reach;
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
  const [entry] = await journal.entriesById([delivery.entryId]);
  const state = await journal.state(delivery.conversationId);
  if (!entry || !isSendable(entry) || entry.hash === null || !state) return say('delivery.gone');
  const refusal = (await whyNotNow(parts, delivery, entry, state)) ?? (await whyNotTo(parts, delivery));
  if (refusal) return refusal;
  const mailbox = await mailboxFor(store, delivery, state);
  if (!mailbox) return say('delivery.no_mailbox');
  return { mailbox, raw: await writeMail(parts, delivery, state, mailbox, entry) };
}

/** Whether the time at which it was wanted is over. */
async function whyNotNow(
  { journal }: DeliverParts,
  { writtenAt, conversationId, seq }: Delivery,
  { payload }: Sendable,
  { lastCustomerMessage }: ConversationState,
): Promise<string | null> {
  const sendAt = Date.parse(payload.envelope?.sendAt ?? '') || 0;
  if (Date.now() - Math.max(writtenAt.getTime(), sendAt) > oldestMs) return say('delivery.too_old');
  if (sendAt > 0 && (lastCustomerMessage?.seq ?? 0) > seq) return say('delivery.customer_wrote');
  if (!('of' in payload)) return null;
  const [original] = (await journal.sync(conversationId, 'everything', payload.of - 1, 1)).entries;
  return isMessage(original) ? null : say('delivery.gone');
}

async function whyNotTo(
  { store, contacts }: DeliverParts,
  { workspaceId, recipients }: Delivery,
): Promise<string | null> {
  if (recipients.length === 0) return say('delivery.no_address');
  const own = await store.ownAddresses(workspaceId);
  const ours = recipients.find((address) => isOwnAddress(own, address));
  if (ours) return say('delivery.own_mailbox', { address: ours });
  const [address] = await contacts.refusing(workspaceId, recipients);
  return address ? say('delivery.do_not_contact', { address }) : null;
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
    if (outcome.state === 'sent') await wantCopy(parts, mailbox, delivery, raw);
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
