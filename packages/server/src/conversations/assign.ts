import type { Actor, RoutingReason } from '@helpline/protocol';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';
import { checkNotOver } from './rules.js';

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
  /** An internal word for whoever gets it. */
  text?: string | undefined;
  /** The newest entry the author had seen. Who was given the conversation after that keeps it: `stale`. */
  expectedSeq?: number | undefined;
  from?: string;
}

/** Gives the conversation to one agent. Throws `already_done`, `stale` when something was written meanwhile, `unprocessable` when it is resolved. */
export function assign(
  journal: Journal,
  { conversationId, clientId, actor, agentId, reason, at, text, expectedSeq, from }: Assignment,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: text ? [agentId, text] : agentId,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      if (at !== undefined && state.seq + 1 !== at) throw new DeskError('stale');
      if (isTakenSince(state, expectedSeq)) throw new DeskError('stale');
      checkNotOver(state);
      if (state.assigneeId === agentId) throw new DeskError('already_done');
      return { type: 'assigned', audience: 'internal', actor, payload: { agentId, reason, ...(text ? { text } : {}) } };
    },
  });
}

/** Whether somebody got it whom the author could not know of. */
export const isTakenSince = ({ assignedSeq }: ConversationState, expectedSeq: number | undefined): boolean =>
  expectedSeq !== undefined && assignedSeq > expectedSeq;
