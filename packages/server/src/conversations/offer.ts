import type { Actor, Payloads } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';

export interface Offer {
  conversationId: string;
  clientId: string;
  actor: Actor;
  agentId: string;
  until: Date;
  reason: Payloads['offered']['reason'];
  /** The number that the entry must get: what was decided on an older state is `stale`, now and for ever. */
  at: number;
}

/** Holds what waits for one agent, who may accept it until then. Throws `stale` when something was written meanwhile, `unprocessable` when it waits no more. */
export function offer(
  journal: Journal,
  { conversationId, clientId, actor, agentId, until, reason, at }: Offer,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: agentId,
    kind: 'decision',
    rule(state) {
      if (!state) throw notFound();
      if (state.seq + 1 !== at) throw new DeskError('stale');
      if (state.handler !== 'queue' || state.offer) throw new DeskError('unprocessable');
      return { type: 'offered', audience: 'internal', actor, payload: { agentId, until: until.toISOString(), reason } };
    },
  });
}

export interface OfferEnd {
  conversationId: string;
  clientId: string;
  actor: Actor;
  agentId: string;
  how: Payloads['offer_ended']['how'];
  /** The clientId of the offer that is meant; without it, the one there is. */
  as?: string;
  from?: string;
}

/** The agent does not get what was held for him. Throws `too_late` when it is not held for him any more. */
export function endOffer(
  journal: Journal,
  { conversationId, clientId, actor, agentId, how, as, from }: OfferEnd,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: [agentId, how],
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      const { offer } = state;
      if (offer?.agentId !== agentId || (as !== undefined && offer.as !== as)) throw new DeskError('too_late');
      return { type: 'offer_ended', audience: 'internal', actor, payload: { agentId, how } };
    },
  });
}
