import { newId } from '../../../platform/ids.js';
import type { Delivery, MailStore } from '../store.js';
import { say } from '../texts.js';
import type { Outcome } from './outcome.js';

/** Longer than a try may take until the server wants the text, and longer than that may take. */
const claimMs = 60_000;
const dataMs = 180_000;

const fromNow = (ms: number): Date => new Date(Date.now() + ms);

/** The next delivery that is due and nobody works on, also one whose worker fell silent before it began to send. */
export function claimNext(store: MailStore, busyConversations: string[]): Promise<Delivery | null> {
  const now = new Date();
  return store.deliveries.findOneAndUpdate(
    {
      conversationId: { $nin: busyConversations },
      $or: [
        { state: 'queued', dueAt: { $lte: now } },
        { state: 'claimed', lease: { $lt: now } },
      ],
    },
    { $set: { state: 'claimed', claim: newId(), lease: fromNow(claimMs) } },
    { sort: { dueAt: 1, seq: 1 }, returnDocument: 'after' },
  );
}

/** The step after which nobody may send it again by himself. False if the claim is no longer ours. */
export async function beginData(store: MailStore, { _id, claim }: Delivery): Promise<boolean> {
  const begun = await store.deliveries.updateOne(
    { _id, claim, state: 'claimed' },
    { $set: { state: 'data', lease: fromNow(dataMs) } },
  );
  return begun.modifiedCount === 1;
}

/** The same address and Message-ID for every try. */
export async function nameMail(
  store: MailStore,
  { _id, claim }: Delivery,
  name: { mailboxId: string; messageId: string },
): Promise<void> {
  await store.deliveries.updateOne({ _id, claim }, { $set: name });
}

export async function tryLater(store: MailStore, { _id, claim }: Delivery, dueAt: Date, detail: string): Promise<void> {
  const released = { state: 'queued' as const, claim: null, lease: null, dueAt, detail };
  await store.deliveries.updateOne(
    { _id, claim, state: { $in: ['claimed', 'data'] } },
    { $set: released, $inc: { tries: 1 } },
  );
}

/** Writes the outcome down. False if somebody else has. */
export async function settle(
  store: MailStore,
  { _id, claim }: Delivery,
  outcome: Exclude<Outcome, { state: 'retry' | 'lost' }> | { state: 'not_needed'; detail: null },
): Promise<boolean> {
  const { state, detail } = outcome;
  const refused = outcome.state === 'sent' && outcome.refused.length > 0 ? { refused: outcome.refused } : {};
  const settled = await store.deliveries.updateOne(
    { _id, claim, state: { $in: ['claimed', 'data'] } },
    { $set: { state, detail, ...refused, claim: null, lease: null, recorded: state === 'not_needed' } },
  );
  return settled.modifiedCount === 1;
}

/** Whoever was sending fell silent in the middle: whether it arrived nobody knows. */
export async function giveUpSilent(store: MailStore): Promise<void> {
  await store.deliveries.updateMany(
    { state: 'data', lease: { $lt: new Date() } },
    {
      $set: {
        state: 'unknown',
        claim: null,
        lease: null,
        recorded: false,
        detail: say('delivery.broke_off'),
      },
    },
  );
}
