import type { ConversationState, Journal } from '../journal/index.js';
import type { Slot, Staff } from '../staff/index.js';

/** Whether the slot is of the assignment that stands. */
export const stands = (state: ConversationState | null | undefined, slot: Pick<Slot, 'clientId'>): boolean =>
  state?.handler === 'agent' && state.assignedAs === slot.clientId;

/** Gives a slot back, unless its assignment stands: by the newest state there is, for what this node has cached may be older. */
export async function endSlot(journal: Journal, staff: Staff, agentId: string, slot: Slot): Promise<void> {
  const [now] = await journal.newest([slot.conversationId]);
  if (!stands(now, slot)) await staff.giveSlotBack(agentId, slot);
}
