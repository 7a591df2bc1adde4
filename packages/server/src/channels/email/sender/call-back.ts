import type { Actor } from '@helpline/protocol';
import { recordDelivery } from '../../../conversations/index.js';
import type { Appended } from '../../../journal/index.js';
import { DeskError, notFound } from '../../../platform/errors.js';
import { say } from '../texts.js';
import { isSendable, type PlanParts, planAll } from './plan.js';

/** Stops a mail that is not on its way yet. Throws `not_found`, `unprocessable`, or `too_late` with the reason. */
export async function callBack(parts: PlanParts, conversationId: string, of: number, actor: Actor): Promise<Appended> {
  const { store, journal } = parts;
  const [entry] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (entry?.seq !== of) throw notFound();
  if (!isSendable(entry) || entry.actor.kind !== 'agent')
    throw new DeskError('unprocessable', { detail: 'Only what an agent wrote can be called back.' });
  if (entry.type === 'message' && (await journal.state(conversationId))?.everInChat)
    throw new DeskError('too_late', { detail: say('call_back.in_chat') });
  await planAll(parts, [entry]); // the journal may not have told of it yet
  const stopped = { state: 'called_back', claim: null, lease: null, recorded: false } as const;
  const whole = { entryId: entry._id, isRest: { $exists: false } };
  await store.deliveries.updateOne({ ...whole, state: 'queued' }, { $set: stopped });
  const delivery = await store.deliveries.findOne({ entryId: entry._id, state: 'called_back' });
  if (!delivery) throw new DeskError('too_late', { detail: say('call_back.sending') });
  const { _id, recipients, messageId } = delivery;
  const payload = { of, state: 'called_back', to: recipients, messageId: messageId ?? '' } as const;
  const recorded = await recordDelivery(journal, conversationId, _id, payload, actor);
  await store.deliveries.updateOne({ _id }, { $set: { recorded: true } });
  return recorded;
}
