import type { Actor, Payloads } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';
import { checkNotOver } from './rules.js';

export interface Transfer {
  conversationId: string;
  clientId: string;
  actor: Actor;
  to: Payloads['transferred'];
  /** The number that the entry must get: what was decided on an older state is `stale`. */
  at?: number;
  from?: string;
}

/** Makes it another team's or brand's matter: it waits there, as long as it has waited. Throws `already_done`, `unprocessable` when it is resolved. */
export function transfer(
  journal: Journal,
  { conversationId, clientId, actor, to, at, from }: Transfer,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: to,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      if (at !== undefined && state.seq + 1 !== at) throw new DeskError('stale');
      checkNotOver(state);
      const { teamId, brandId = state.brandId } = to;
      if (state.teamId === teamId && state.brandId === brandId) throw new DeskError('already_done');
      return { type: 'transferred', audience: 'internal', actor, payload: to };
    },
  });
}
