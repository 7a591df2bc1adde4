import type { ConversationState, Journal } from '../journal/index.js';
import type { HeldSlot, Slot, Staff } from '../staff/index.js';

/** Whether the slot is of the assignment that stands. */
export const stands = (state: ConversationState | null | undefined, slot: Pick<Slot, 'clientId'>): boolean =>
  state?.handler === 'agent' && state.assignedAs === slot.clientId;

/**
 * Gives a slot back, unless its assignment stands: by the newest state there is, for what this node has cached may be
 * older. If the conversation is the agent's by another assignment meanwhile, the slot becomes that one's.
 */
export async function endSlot(journal: Journal, staff: Staff, agentId: string, slot: HeldSlot): Promise<void> {
  const [now] = await journal.newest([slot.conversationId]);
  if (stands(now, slot)) return;
  if (now?.handler === 'agent' && now.assigneeId === agentId && now.assignedAs)
    await staff.renameSlot(agentId, slot, now.assignedAs);
  else await staff.giveSlotBack(agentId, slot);
}
