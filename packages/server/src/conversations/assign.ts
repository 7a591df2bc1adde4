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
  /** Assign only what still waits in the queue. */
  onlyFromQueue: boolean;
  from?: string;
}

/** Gives the conversation to one agent. Throws `already_done`, `conflict` when it left the queue meanwhile, `unprocessable` when it is resolved. */
export function assign(
  journal: Journal,
  { conversationId, clientId, actor, agentId, reason, onlyFromQueue, from }: Assignment,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: agentId,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      if (state.status === 'resolved' || state.status === 'closed')
        throw new DeskError('unprocessable', { detail: 'The conversation is resolved: reopen it first.' });
      if (onlyFromQueue && state.handler !== 'queue') throw new DeskError('conflict');
      if (state.assigneeId === agentId) throw new DeskError('already_done');
      return { type: 'assigned', audience: 'internal', actor, payload: { agentId, reason } };
    },
  });
}
