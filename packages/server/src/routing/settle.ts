import { assign } from '../conversations/index.js';
import type { ConversationState, Journal } from '../journal/index.js';
import { DeskError } from '../platform/errors.js';
import type { Slot, Staff, StaffMember } from '../staff/index.js';
import { routingActor } from './claim.js';

/** Whether the slot is of the assignment that stands. */
const stands = (state: ConversationState | null, slot: Slot): boolean =>
  state?.handler === 'agent' && state.assignedAs === slot.clientId;

/** Gives back the slots of assignments that ended: resolved, moved on, back in the queue. */
export async function releaseEnded(journal: Journal, staff: Staff, conversationId: string): Promise<void> {
  for (const member of await staff.membersWithSlotFor(conversationId)) {
    const slot = member.slots.find((one) => one.conversationId === conversationId);
    const made = slot && (await journal.entryByClientId(conversationId, slot.clientId));
    if (!made) continue; // its entry is still on its way
    if (!stands(await journal.state(conversationId, made.seq), slot)) await staff.giveSlotBack(member._id, slot);
  }
}

/**
 * After a crash: every slot that is older than `olderThan` either belongs to an assignment that stands, or its very
 * insert is repeated, which makes it so or shows that it can't be.
 */
export async function settleSlots(journal: Journal, staff: Staff, olderThan: Date): Promise<void> {
  for (const member of await staff.membersWithSlots())
    for (const slot of member.slots) if (slot.takenAt < olderThan) await settle(journal, staff, member, slot);
}

async function settle(journal: Journal, staff: Staff, member: StaffMember, slot: Slot): Promise<void> {
  if (stands(await journal.state(slot.conversationId), slot)) return;
  try {
    const { conversationId, clientId } = slot;
    const { state } = await assign(journal, {
      conversationId,
      clientId,
      actor: routingActor,
      agentId: member._id,
      reason: null,
      onlyFromQueue: true,
    });
    if (stands(state, slot)) return; // made just now, by us or by another node
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
  }
  await staff.giveSlotBack(member._id, slot);
}
