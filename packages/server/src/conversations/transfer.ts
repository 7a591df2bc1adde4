import type { Actor, Payloads } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';
import { checkNotOver } from './rules.js';

export interface Transfer {
  conversationId: string;
  clientId: string;
  actor: Actor;
  to: Payloads['transferred'];
  from?: string;
}

/** Makes it another team's or brand's matter: it waits there, as long as it has waited. Throws `already_done`, `unprocessable` when it is resolved. */
export function transfer(journal: Journal, { conversationId, clientId, actor, to, from }: Transfer): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: to,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      checkNotOver(state);
      const { teamId, brandId = state.brandId } = to;
      if (state.teamId === teamId && state.brandId === brandId) throw new DeskError('already_done');
      return { type: 'transferred', audience: 'internal', actor, payload: to };
    },
  });
}
