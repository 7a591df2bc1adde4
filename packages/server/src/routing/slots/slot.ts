import type { ConversationState, Journal } from '../../journal/index.js';
import type { Slot, Staff } from '../../staff/index.js';
import type { Policies } from '../policy/policies.js';

/** The slot for the entry that gives the conversation to somebody. */
export const slotFor = (
  { _id, channel, inboxId, teamId }: Pick<ConversationState, '_id' | 'channel' | 'inboxId' | 'teamId'>,
  seq: number,
  clientId: string,
): Slot => ({ conversationId: _id, seq, clientId, channel, inboxId, teamId, units: 1, takenAt: new Date() });

/** Whether the slot is of the assignment or the offer that stands. */
export const stands = (state: ConversationState | null | undefined, { clientId }: Pick<Slot, 'clientId'>): boolean =>
  state?.offer?.as === clientId || (state?.handler === 'agent' && state.assignedAs === clientId);

/** Gives a slot back, unless its assignment stands: by the newest state there is, for what this node has cached may be older. */
export async function endSlot(journal: Journal, staff: Staff, agentId: string, slot: Slot): Promise<void> {
  const [now] = await journal.newest([slot.conversationId]);
  if (!stands(now, slot)) await staff.giveSlotBack(agentId, slot);
}

/** How much of his capacity a conversation takes of whoever has it. */
export async function unitsOf(
  policies: Pick<Policies, 'ofWorkspace'>,
  state: ConversationState,
): Promise<Slot['units']> {
  if (state.status !== 'pending' && state.status !== 'snoozed') return 1;
  const policyOf = await policies.ofWorkspace(state.workspaceId);
  return policyOf(state).settings.pendingCounts ? 1 : 0;
}
