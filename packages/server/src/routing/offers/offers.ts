import type { ErrorCode, Payloads } from '@helpline/protocol';
import { endOffer, isOffered, type Offered } from '../../conversations/index.js';
import { DeskError } from '../../platform/errors.js';
import { routingActor } from '../giving-out/claim.js';
import type { Desk } from '../giving-out/desk.js';

/** Ends the offers that nobody answered in time, and those to agents who are not there any more. Their slots are given back by what follows the journal. */
export async function endOffers(desk: Desk, now: Date): Promise<void> {
  const { conversations, staff } = desk.parts;
  for (const state of await conversations.offeredUntil(desk.workspaceId, now))
    if (await end(desk.parts, state, 'missed')) await staff.missedOffer(state.offer.agentId, state.offer.until);
  const away = desk.members.filter(({ availability }) => availability !== 'available' && availability !== 'wrap_up');
  const offers = away.flatMap(({ slots }) => slots.filter(({ offeredUntil }) => offeredUntil));
  for (const state of await desk.parts.journal.newest(offers.map(({ conversationId }) => conversationId)))
    if (isOffered(state) && away.some(({ _id }) => _id === state.offer.agentId))
      await end(desk.parts, state, 'withdrawn');
}

const over: ReadonlySet<ErrorCode> = new Set(['too_late', 'conflict', 'unprocessable']);

/** Once, whoever else does it; false where it has ended already, or only a newer version may end it. */
export async function end(
  { journal }: Pick<Desk['parts'], 'journal'>,
  { _id, offer }: Offered,
  how: Payloads['offer_ended']['how'],
): Promise<boolean> {
  const { agentId, as } = offer;
  const clientId = `timer:offer:${as}`;
  try {
    await endOffer(journal, { conversationId: _id, clientId, actor: routingActor, agentId, how, as });
    return true;
  } catch (error) {
    if (error instanceof DeskError && over.has(error.code)) return false;
    throw error;
  }
}
