import type { ChannelName } from '@helpline/protocol';
import type { Slot, StaffMember, StaffStore } from './store.js';

/**
 * Takes a slot in one guarded update: only of an agent who is available, below his capacity and without one of this
 * conversation. `force` is for what a person decides: it may exceed the capacity and stand beside a slot of another
 * assignment of the conversation, which ends by itself. The same slot once more only gets its new number.
 */
export async function takeSlot(store: StaffStore, agentId: string, slot: Slot, force: boolean): Promise<boolean> {
  const { channel, conversationId, clientId } = slot;
  const same = { $elemMatch: { conversationId, clientId } };
  const free = {
    availability: 'available' as const,
    $expr: { $lt: [`$used.${channel}`, `$capacity.${channel}`] },
    'slots.conversationId': { $ne: conversationId },
  };
  const taken = await store.agents.updateOne(
    { _id: agentId, ...(force ? { slots: { $not: same } } : free) },
    { $push: { slots: slot }, $inc: { [`used.${channel}`]: 1 }, $set: { lastAssignedAt: slot.takenAt } },
  );
  if (taken.modifiedCount === 1 || !force) return taken.modifiedCount === 1;
  const renumbered = await store.agents.updateOne({ _id: agentId, slots: same }, { $set: { 'slots.$': slot } });
  return renumbered.matchedCount === 1;
}

/** Gives a slot back, once however often it is called. */
export async function giveSlotBack(store: StaffStore, agentId: string, slot: Slot): Promise<boolean> {
  const { conversationId, clientId, channel } = slot;
  const one = { conversationId, clientId };
  const given = await store.agents.updateOne(
    { _id: agentId, slots: { $elemMatch: one } },
    { $pull: { slots: one }, $inc: { [`used.${channel}`]: -1 } },
  );
  return given.modifiedCount === 1;
}

export const membersWithSlotFor = (store: StaffStore, conversationId: string): Promise<StaffMember[]> =>
  store.agents.find({ 'slots.conversationId': conversationId }).toArray();

/** Nothing happens if the member's slots are no longer those he was read with. */
export async function setSlots(store: StaffStore, member: StaffMember, slots: Slot[]): Promise<void> {
  const { _id, slots: before, used: counted } = member;
  await store.agents.updateOne({ _id, slots: before, used: counted }, { $set: { slots, used: countSlots(slots) } });
}

export function countSlots(slots: Slot[]): Record<ChannelName, number> {
  const used = { chat: 0, email: 0 };
  for (const { channel } of slots) used[channel]++;
  return used;
}
