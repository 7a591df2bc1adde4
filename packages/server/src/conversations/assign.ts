import type { Actor, RoutingReason } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';

export interface Assignment {
  conversationId: string;
  clientId: string;
  actor: Actor;
  /** Null puts it back into the queue. */
  agentId: string | null;
  /** Routing says why it chose so; a person need not. */
  reason: RoutingReason | null;
  /** The number that the entry must get: what was decided on an older state is `stale`, now and for ever. */
  at?: number;
  from?: string;
}

/** Gives the conversation to one agent. Throws `already_done`, `stale` when something was written meanwhile, `unprocessable` when it is resolved. */
export function assign(
  journal: Journal,
  { conversationId, clientId, actor, agentId, reason, at, from }: Assignment,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: agentId,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      if (at !== undefined && state.seq + 1 !== at) throw new DeskError('stale');
      if (state.status === 'resolved' || state.status === 'closed')
        throw new DeskError('unprocessable', { detail: 'The conversation is resolved: reopen it first.' });
      if (state.assigneeId === agentId) throw new DeskError('already_done');
      return { type: 'assigned', audience: 'internal', actor, payload: { agentId, reason } };
    },
  });
}
