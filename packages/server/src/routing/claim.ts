import type { Actor, RoutingReason } from '@helpline/protocol';
import { assign } from '../conversations/index.js';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { DeskError } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import { canSee } from '../platform/visibility.js';
import { type Staff, visibilityOf } from '../staff/index.js';
import { endSlot, stands } from './end-slot.js';

export const routingActor: Actor = { kind: 'system', id: 'routing' };

/** How the clientIds of routing's assignments begin. */
export const claimedAs = 'system:routing:';

/** What became of a claim: made, or the conversation waits no longer, or the agent has no slot for it. */
export type Claimed = 'assigned' | 'not_waiting' | 'no_slot';

/** Routing gives a waiting conversation to an agent: first his slot, then the entry. */
export async function claim(
  journal: Journal,
  staff: Staff,
  conversation: ConversationState,
  agentId: string,
  reason: RoutingReason,
): Promise<Claimed> {
  const now = await journal.state(conversation._id, conversation.seq);
  if (now?.handler !== 'queue') return 'not_waiting'; // the queue as it was read lags behind the journal
  const slot = {
    conversationId: conversation._id,
    seq: conversation.seq + 1,
    clientId: `${claimedAs}${newId()}`,
    channel: conversation.channel,
    takenAt: new Date(),
  };
  if (!(await staff.takeSlot(agentId, slot, false))) return 'no_slot';
  try {
    await assign(journal, {
      conversationId: conversation._id,
      clientId: slot.clientId,
      actor: routingActor,
      agentId,
      reason,
      onlyFromQueue: true,
    });
    return 'assigned';
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    await endSlot(journal, staff, agentId, slot);
    return 'not_waiting';
  }
}

interface ByHand {
  conversation: ConversationState;
  clientId: string;
  actor: Actor;
  agentId: string | null;
  from?: string;
}

/** A person gives the conversation to somebody (beyond his capacity too) or back to the queue. Throws what `assign` throws. */
export async function assignByHand(
  journal: Journal,
  staff: Staff,
  { conversation, clientId, actor, agentId, from }: ByHand,
): Promise<Appended> {
  const request = {
    conversationId: conversation._id,
    clientId,
    actor,
    agentId,
    reason: null,
    onlyFromQueue: false,
    from,
  };
  if (agentId === null) return assign(journal, request);
  const member = await staff.member(conversation.workspaceId, agentId);
  if (!canSee(visibilityOf(member), conversation))
    throw new DeskError('unprocessable', { detail: "The agent is not of the conversation's brand and team." });
  const slot = { conversationId: conversation._id, clientId, channel: conversation.channel };
  await staff.takeSlot(agentId, { ...slot, seq: conversation.seq + 1, takenAt: new Date() }, true);
  try {
    const assigned = await assign(journal, request);
    if (!stands(assigned.state, slot)) await endSlot(journal, staff, agentId, slot); // repeated too late
    return assigned;
  } catch (error) {
    if (error instanceof DeskError) await endSlot(journal, staff, agentId, slot);
    throw error;
  }
}
