import type { ChannelName } from '@helpline/protocol';
import type { Slot, StaffMember, StaffStore } from './store.js';

/**
 * Takes a slot in one guarded update: only of an agent who is available and below his capacity, and never two of one
 * conversation. `force` is for what a person decides: it may exceed the capacity, and takes over a slot that the agent
 * has for the conversation already.
 */
export async function takeSlot(store: StaffStore, agentId: string, slot: Slot, force: boolean): Promise<boolean> {
  const { channel } = slot;
  const free = { availability: 'available' as const, $expr: { $lt: [`$used.${channel}`, `$capacity.${channel}`] } };
  const taken = await store.agents.updateOne(
    { _id: agentId, 'slots.conversationId': { $ne: slot.conversationId }, ...(force ? {} : free) },
    { $push: { slots: slot }, $inc: { [`used.${channel}`]: 1 }, $set: { lastAssignedAt: slot.takenAt } },
  );
  if (taken.modifiedCount === 1 || !force) return taken.modifiedCount === 1;
  const takenOver = await store.agents.updateOne(
    { _id: agentId, 'slots.conversationId': slot.conversationId },
    { $set: { 'slots.$': slot } },
  );
  return takenOver.matchedCount === 1;
}

/** What tells a slot from the others of its agent. */
export type HeldSlot = Pick<Slot, 'conversationId' | 'clientId' | 'channel'>;

/** The slot is of another assignment of the same conversation to the same agent. */
export async function renameSlot(
  store: StaffStore,
  agentId: string,
  { conversationId, clientId }: Pick<Slot, 'conversationId' | 'clientId'>,
  isNow: string,
): Promise<void> {
  await store.agents.updateOne(
    { _id: agentId, slots: { $elemMatch: { conversationId, clientId } } },
    { $set: { 'slots.$.clientId': isNow } },
  );
}

/** Gives a slot back, once however often it is called. */
export async function giveSlotBack(store: StaffStore, agentId: string, slot: HeldSlot): Promise<boolean> {
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
