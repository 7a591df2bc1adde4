import { type ConversationStore, seenBy } from '../../../conversations/index.js';
import type { ConversationState } from '../../../journal/index.js';
import { isOwnAddress } from '../own-address.js';
import { type Reach, reach } from '../reach.js';
import { addressesOf, type Delivery, type Mailbox, type MailStore } from '../store.js';
import { say } from '../texts.js';
import type { Claims, Settled } from './claims.js';
import type { Couriers } from './couriers.js';
import { isMessage } from './forward-letter.js';
import type { Outcome, Refused } from './outcome.js';
import type { Pace } from './pace.js';
import { isSendable, type Sendable } from './plan.js';
import type { Room } from './room.js';
import { wantCopy } from './sent-copies.js';
import { type WriteParts, writeMail } from './write-mail.js';

export interface DeliverParts extends WriteParts {
  conversations: ConversationStore;
  reach: Reach;
  claims: Claims;
  couriers: Couriers;
  pace: Pace;
  /** For the mails that are written and wait for their server. */
  room: Room;
  /** The pauses between the tries of a mail that the server does not take now. */
  retryMs: number[];
}

const smallMailBytes = 100_000;
const oldestMs = 48 * 60 * 60 * 1000;

/** One claimed delivery: is it still wanted, by which mailbox, and what became of the try. Gives its end, if this was it. */
export async function deliver(parts: DeliverParts, delivery: Delivery): Promise<Delivery | null> {
  const { claims } = parts;
  if (await seenMeanwhile(parts, delivery)) return claims.settle(delivery, { state: 'not_needed', detail: null });
  const wanted = await checkWanted(parts, delivery);
  if (typeof wanted === 'string') return claims.settle(delivery, { state: 'failed', detail: wanted });
  const isFull = parts.couriers.full.has(wanted.mailbox._id);
  const notBefore = isFull ? delivery.dueAt : await parts.pace.next(wanted.mailbox);
  if (!notBefore) return parts.room.hold(bytesOf(parts, wanted.entry), () => trySending(parts, delivery, wanted));
  await claims.putBack({ ...delivery, mailboxId: wanted.mailbox._id }, notBefore);
  return null;
}

async function seenMeanwhile({ conversations }: DeliverParts, delivery: Delivery): Promise<boolean> {
  if (!delivery.unlessSeen) return false;
  const seen = await seenBy(conversations, delivery.conversationId, 'customer');
  return seen.position >= delivery.pub;
}

interface Wanted {
  mailbox: Mailbox;
  entry: Sendable;
  state: ConversationState;
}

/** What is to be sent and by which mailbox, or why nothing is. */
async function checkWanted(parts: DeliverParts, delivery: Delivery): Promise<Wanted | string> {
  const { journal, atOnce } = parts;
  const [entry, state, mailboxes] = await Promise.all([
    atOnce.entry(delivery.entryId),
    journal.state(delivery.conversationId),
    atOnce.mailboxes(delivery.workspaceId),
  ]);
  if (!entry || !isSendable(entry) || entry.hash === null || !state) return say('delivery.gone');
  const refusal =
    (await whyNotNow(parts, delivery, entry, state)) ?? (await whyNotTo(parts, delivery, addressesOf(mailboxes)));
  if (refusal) return refusal;
  const mailbox = await mailboxFor(parts, delivery, state, mailboxes);
  return mailbox ? { mailbox, entry, state } : say('delivery.no_mailbox');
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
  { atOnce }: DeliverParts,
  { workspaceId, recipients }: Delivery,
  own: ReadonlySet<string>,
): Promise<string | null> {
  if (recipients.length === 0) return say('delivery.no_address');
  const ours = recipients.find((address) => isOwnAddress(own, address));
  if (ours) return say('delivery.own_mailbox', { address: ours });
  const [address] = await atOnce.refusing(workspaceId, recipients);
  return address ? say('delivery.do_not_contact', { address }) : null;
}

/** The one it was tried from before; else the customer's own, else any of the brand. */
async function mailboxFor(
  { atOnce }: DeliverParts,
  { mailboxId }: Delivery,
  { _id, brandId, inboxId }: ConversationState,
  mailboxes: Mailbox[],
): Promise<Mailbox | undefined> {
  if (mailboxId) return mailboxes.find((mailbox) => mailbox._id === mailboxId);
  const ofBrand = mailboxes.filter((mailbox) => mailbox.brandId === brandId);
  const last = (await atOnce.known(_id)).findLast(({ direction }) => direction === 'in');
  return (
    ofBrand.find((mailbox) => mailbox._id === last?.mailboxId) ??
    ofBrand.find((mailbox) => mailbox.inboxId === inboxId) ??
    ofBrand[0]
  );
}

/** Pure. What a mail needs at most, with its files as they are and as they are sent. */
function bytesOf({ mailFileBytes }: DeliverParts, { type, payload }: Sendable): number {
  const files = (payload.attachments ?? []).reduce((bytes, { size }) => bytes + size, 0);
  return smallMailBytes + 3 * Math.min(mailFileBytes, type === 'forwarded' ? Number.POSITIVE_INFINITY : files);
}

async function trySending(
  parts: DeliverParts,
  delivery: Delivery,
  { mailbox, entry, state }: Wanted,
): Promise<Delivery | null> {
  const { claims, couriers } = parts;
  const { raw, messageId } = await writeMail(parts, delivery, state, mailbox, entry);
  const named = { ...delivery, mailboxId: mailbox._id, messageId };
  const outcome = await couriers.send(mailbox, () => reach(parts.reach, mailbox._id, 'smtp', mailbox.smtp), {
    from: mailbox.address,
    to: delivery.recipients,
    raw,
    mayBegin: claims.permission(named),
  });
  const ended = await conclude(parts, named, mailbox, outcome);
  if (outcome.state === 'sent' && !delivery.isRest) await wantCopy(parts, mailbox, delivery, raw);
  return ended;
}

async function conclude(
  parts: DeliverParts,
  delivery: Delivery,
  mailbox: Mailbox,
  outcome: Outcome,
): Promise<Delivery | null> {
  const { store, claims, retryMs } = parts;
  if (outcome.state === 'lost') return null;
  if (outcome.state === 'put_back') {
    await claims.putBack(delivery);
    return null;
  }
  await showSending(store, mailbox, outcome);
  const pause = retryMs[delivery.tries];
  const again = pause === undefined ? null : new Date(Date.now() + pause);
  if (outcome.state === 'sent') return claims.settle(delivery, taken(delivery, outcome, again));
  if (outcome.state !== 'retry') return claims.settle(delivery, outcome);
  if (!again) return claims.settle(delivery, { state: 'failed', detail: outcome.detail });
  await claims.tryLater(delivery, again, outcome.detail);
  return null;
}

/** Pure. The server took it; for those whom it refused for now it is tried `again`. */
function taken(
  { recipients }: Delivery,
  { detail, refused }: { detail: string | null; refused: Refused[] },
  again: Date | null,
): Settled {
  const waiting = new Set(refused.flatMap(({ address, passing }) => (passing && again ? address : [])));
  const lost = refused.filter(({ address }) => !waiting.has(address));
  return {
    state: 'sent',
    detail,
    recipients: recipients.filter((address) => !waiting.has(address)),
    ...(lost.length > 0 ? { refused: lost.map(({ address, detail }) => ({ address, detail })) } : {}),
    ...(waiting.size > 0 && again ? { later: { recipients: [...waiting], dueAt: again } } : {}),
  };
}

/** A password that has changed stops every answer: whoever cares for the mailbox must see it there. */
async function showSending(store: MailStore, mailbox: Mailbox, outcome: Outcome): Promise<void> {
  const refused = outcome.state === 'retry' && outcome.isLogin;
  if (!refused && mailbox.sendingDetail === null) return;
  const sendingDetail = refused ? outcome.detail : null;
  await store.mailboxes.updateOne({ _id: mailbox._id }, { $set: { sendingDetail } });
}
