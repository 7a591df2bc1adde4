import type { ChannelName } from '@helpline/protocol';
import type { Slot, StaffMember, StaffStore } from './store.js';

/** The member as he is then; null where nothing was to be changed. */
type Changed = Promise<StaffMember | null>;

const after = { returnDocument: 'after' } as const;

/** `hasRoom`, as the database decides it at the very moment. */
function hasRoomNow(channel: ChannelName) {
  const capacity = `$capacity.${channel}`;
  const limit = { $cond: ['$isTrainee', { $ceil: { $divide: [capacity, 2] } }, capacity] };
  const all = { $add: ['$used.chat', '$used.email'] };
  return { $and: [{ $lt: [`$used.${channel}`, limit] }, { $lt: [all, { $ifNull: ['$atOnce', Infinity] }] }] };
}

/** From now on only whoever leads with this token, or a later one, is given slots for what nobody decided by hand. Who is added later is so at the next call. */
export async function lead(store: StaffStore, token: number): Promise<void> {
  await store.agents.updateMany(
    { $or: [{ ledBy: { $exists: false } }, { ledBy: { $lt: token } }] },
    { $set: { ledBy: token } },
  );
}

/**
 * Takes a slot in one guarded update: only of an agent who is available, below his capacity and without one of this
 * conversation, and never for a leader of the past. `force` is for what a person decides: it may exceed the capacity and
 * stand beside a slot of another assignment of the conversation, which ends by itself. The same slot once more only gets
 * its new number.
 */
export async function takeSlot(
  store: StaffStore,
  agentId: string,
  slot: Slot,
  force: boolean,
  leadership: number,
): Changed {
  const { channel, conversationId, clientId, units } = slot;
  const same = { $elemMatch: { conversationId, clientId } };
  const free = {
    availability: 'available' as const,
    ledBy: { $not: { $gt: leadership } },
    $expr: hasRoomNow(channel),
    'slots.conversationId': { $ne: conversationId },
  };
  const taken = await store.agents.findOneAndUpdate(
    { _id: agentId, ...(force ? { slots: { $not: same } } : free) },
    { $push: { slots: slot }, $inc: { [`used.${channel}`]: units }, $set: { lastAssignedAt: slot.takenAt } },
    after,
  );
  if (taken || !force) return taken;
  const { seq, takenAt } = slot;
  return store.agents.findOneAndUpdate(
    { _id: agentId, slots: same },
    { $set: { 'slots.$.seq': seq, 'slots.$.takenAt': takenAt } },
    after,
  );
}

/** The slot of an offer becomes that of the assignment; asked again it only gets its new number. Null where it was given back. */
export function renameSlot(store: StaffStore, agentId: string, offeredAs: string, slot: Slot): Changed {
  const { conversationId, clientId, seq, takenAt } = slot;
  return store.agents.findOneAndUpdate(
    { _id: agentId, slots: { $elemMatch: { conversationId, clientId: { $in: [offeredAs, clientId] } } } },
    {
      $set: { 'slots.$.clientId': clientId, 'slots.$.seq': seq, 'slots.$.takenAt': takenAt },
      $unset: { 'slots.$.offeredUntil': '' },
    },
    after,
  );
}

/** Gives a slot back, once however often it is called, and as much as it takes by now. */
export function giveSlotBack(store: StaffStore, agentId: string, slot: Slot): Changed {
  const { conversationId, clientId, channel } = slot;
  const isIt = (as: string) => ({
    $and: [{ $eq: [`${as}.conversationId`, conversationId] }, { $eq: [`${as}.clientId`, { $literal: clientId }] }],
  });
  const slots = { $filter: { input: '$slots', cond: { $not: [isIt('$$this')] } } };
  const units = { $cond: [isIt('$$this'), { $ifNull: ['$$this.units', 1] }, 0] };
  const freed = { $sum: { $map: { input: '$slots', as: 'this', in: units } } };
  return store.agents.findOneAndUpdate(
    { _id: agentId, slots: { $elemMatch: { conversationId, clientId } } },
    [{ $set: { slots, [`used.${channel}`]: { $subtract: [`$used.${channel}`, freed] } } }],
    after,
  );
}

/** How much of his capacity the conversation of the slot takes from now on: he may come to have too much by it. */
export function setUnits(store: StaffStore, agentId: string, slot: Slot, units: Slot['units']): Changed {
  const { conversationId, clientId, channel } = slot;
  return store.agents.findOneAndUpdate(
    { _id: agentId, slots: { $elemMatch: { conversationId, clientId, units: 1 - units } } },
    { $set: { 'slots.$.units': units }, $inc: { [`used.${channel}`]: 2 * units - 1 } },
    after,
  );
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
  for (const { channel, units } of slots) used[channel] += units;
  return used;
}
