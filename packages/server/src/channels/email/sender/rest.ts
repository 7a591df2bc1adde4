import { isDuplicateKey } from '../../../platform/database.js';
import { derivedId } from '../../../platform/ids.js';
import type { Delivery, MailStore } from '../store.js';

/**
 * A mail that some got and others not yet goes on for those alone: the same mail, in a delivery of its own. However often
 * this is called, there is one.
 */
export async function sendRestLater({ deliveries }: MailStore, delivery: Delivery): Promise<void> {
  const { refused: _, copy: __, later, ...same } = delivery;
  if (!later) return;
  const rest: Delivery = {
    ...same,
    ...later,
    _id: derivedId('delivery-rest', delivery._id),
    isRest: true,
    unlessSeen: false,
    state: 'queued',
    tries: delivery.tries + 1,
    detail: null,
    recorded: true,
  };
  await deliveries.insertOne(rest).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
  });
}
