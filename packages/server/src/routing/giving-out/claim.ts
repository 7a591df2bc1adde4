import type { Actor, ErrorCode, RoutingReason } from '@helpline/protocol';
import { assign, isTakenSince, offer } from '../../conversations/index.js';
import type { Appended, ConversationState, Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { canSee } from '../../platform/visibility.js';
import { type Slot, type Staff, visibilityOf } from '../../staff/index.js';
import { endSlot, slotFor, stands } from '../slots/slot.js';

export const routingActor: Actor = { kind: 'system', id: 'routing' };

/** How the clientIds of routing's assignments begin. */
export const claimedAs = 'system:routing:';

/** What became of a claim: made, or the conversation waits no longer as it did, or the agent has no slot for it. */
export type Claimed = 'given' | Unclaimed;
export type Unclaimed = 'not_waiting' | 'no_slot';

export interface Decision {
  agentId: string;
  reason: RoutingReason;
  /** Null: it is his at once. */
  offerSeconds: number | null;
}

/**
 * Routing gives a waiting conversation to an agent, or offers it: first his slot, then the entry it was taken for. With
 * the slot it is decided; others may be claimed while the entry is `written`.
 */
export async function claim(
  journal: Journal,
  staff: Staff,
  conversation: ConversationState,
  decision: Decision,
): Promise<{ written: Promise<Claimed> } | Unclaimed> {
  const now = await journal.state(conversation._id, conversation.seq);
  // the queue as it was read lags behind the journal; and only a newer version may decide what it has written in
  if (now?.handler !== 'queue' || now.beyond || howItWaits(now) !== howItWaits(conversation)) return 'not_waiting';
  const slot = newSlot(now, decision);
  if (!(await staff.takeSlot(decision.agentId, slot, false))) return 'no_slot';
  return { written: writeOrGiveBack(journal, staff, slot, conversation, decision) };
}

/** If something else is written as the slot's entry, the slot is given back, and what waits still is claimed anew. */
async function writeOrGiveBack(
  journal: Journal,
  staff: Staff,
  slot: Slot,
  conversation: ConversationState,
  decision: Decision,
): Promise<Claimed> {
  try {
    await write(journal, slot, decision);
    return 'given';
  } catch (error) {
    if (!isForGood(error)) throw error;
    await endSlot(journal, staff, decision.agentId, slot);
    const again = await claim(journal, staff, conversation, decision);
    return typeof again === 'string' ? again : again.written;
  }
}

/** All by which somebody else may get it, or get it earlier. */
export const howItWaits = ({ turn, brandId, teamId, skills, offer, passedBy }: ConversationState): string =>
  JSON.stringify([turn, brandId, teamId, skills, offer?.as ?? null, passedBy]);

function newSlot(now: ConversationState, { offerSeconds }: Decision): Slot {
  const slot = slotFor(now, now.seq + 1, `${claimedAs}${newId()}`);
  return offerSeconds === null
    ? slot
    : { ...slot, offeredUntil: new Date(slot.takenAt.getTime() + offerSeconds * 1000) };
}

/** The very entry that the slot is for; written again, it is there once. */
export function write(
  journal: Journal,
  { conversationId, clientId, seq, offeredUntil }: Slot,
  { agentId, reason }: { agentId: string; reason: RoutingReason | null },
): Promise<Appended> {
  const decided = { conversationId, clientId, actor: routingActor, agentId, at: seq };
  if (!offeredUntil) return assign(journal, { ...decided, reason });
  return offer(journal, { ...decided, reason, until: offeredUntil });
}

const forGood: ReadonlySet<ErrorCode> = new Set(['stale', 'unprocessable', 'already_done', 'not_found', 'conflict']);

/** Whether an assignment can never be made any more, by nobody: only then may its slot be given back. */
export const isForGood = (error: unknown): boolean => error instanceof DeskError && forGood.has(error.code);

interface ByHand {
  conversation: ConversationState;
  clientId: string;
  actor: Actor;
  agentId: string | null;
  /** An internal word for whoever gets it. */
  text?: string | undefined;
  /** The newest entry the author had seen. Who was given the conversation after that keeps it: `stale`. */
  expectedSeq?: number | undefined;
  from?: string;
}

/** A person gives the conversation to somebody (beyond his capacity too) or back to the queue. Throws what `assign` throws, `stale` only for `expectedSeq`. */
export async function assignByHand(journal: Journal, staff: Staff, request: ByHand): Promise<Appended> {
  const { conversation, clientId, actor, agentId, text, expectedSeq, from } = request;
  const { _id: conversationId, workspaceId } = conversation;
  const decided = { conversationId, clientId, actor, reason: null, text, expectedSeq, from };
  if (agentId === null) return assign(journal, { ...decided, agentId });
  const member = await staff.member(workspaceId, agentId);
  if (!canSee(visibilityOf(member), conversation))
    throw new DeskError('unprocessable', { detail: "The agent is not of the conversation's brand and team." });
  for (let seq = conversation.seq + 1; ; seq = ((await journal.state(conversationId))?.seq ?? 0) + 1) {
    const slot = slotFor(conversation, seq, clientId);
    await staff.takeSlot(agentId, slot, true);
    try {
      const assigned = await assign(journal, { ...decided, agentId, at: seq });
      if (!stands(assigned.state, slot)) await endSlot(journal, staff, agentId, slot); // repeated too late
      return assigned;
    } catch (error) {
      const isStale = error instanceof DeskError && error.code === 'stale';
      const now = isStale ? await journal.state(conversationId) : null;
      if (now && !isTakenSince(now, expectedSeq)) continue; // something else was written: once more, after it
      if (isForGood(error)) await endSlot(journal, staff, agentId, slot);
      throw error;
    }
  }
}
