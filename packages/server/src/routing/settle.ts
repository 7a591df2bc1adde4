import { assign } from '../conversations/index.js';
import type { Journal } from '../journal/index.js';
import { DeskError } from '../platform/errors.js';
import type { Slot, Staff, StaffMember } from '../staff/index.js';
import { routingActor } from './claim.js';
import { endSlot, stands } from './end-slot.js';

/** Gives back the slots of assignments that ended: resolved, moved on, back in the queue. */
export async function releaseEnded(journal: Journal, staff: Staff, conversationId: string): Promise<void> {
  for (const member of await staff.membersWithSlotFor(conversationId)) {
    const slot = member.slots.find((one) => one.conversationId === conversationId);
    const made = slot && (await journal.entryByClientId(conversationId, slot.clientId));
    if (made) await endSlot(journal, staff, member._id, slot); // else its entry is still on its way
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
  const [now] = await journal.newest([slot.conversationId]);
  if (stands(now, slot)) return;
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
    if (stands(state, slot)) {
      await staff.takeSlot(member._id, slot, true); // it may have been given back since it was read
      return;
    }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
  }
  await endSlot(journal, staff, member._id, slot);
}
