import { isDeepStrictEqual } from 'node:util';
import type { ConversationStore, Offered } from '../../conversations/index.js';
import type { ConversationState, RepairOptions } from '../../journal/index.js';
import { sleep } from '../../platform/clock.js';
import { countSlots, type Slot, type Staff, type StaffMember } from '../../staff/index.js';
import type { Policies } from '../policy/policies.js';
import { slotFor, unitsOf } from './slot.js';

interface Parts {
  staff: Staff;
  conversations: ConversationStore;
  policies: Policies;
}

/** A slot is taken before its entry is written and given back after: so long may the two differ in good health. */
const settledWithinMs = 30_000;

/** Compares every agent's slots with the assignments that stand, and puts right what differs. */
export async function repairSlots(parts: Parts, options: RepairOptions): Promise<void> {
  for await (const member of parts.staff.everybody()) {
    if (isInOrder(member, await slotsOf(parts, member))) continue;
    await sleep(options.patienceMs);
    const now = await parts.staff.member(member.workspaceId, member._id);
    const right = await slotsOf(parts, now);
    if (isInOrder(now, right)) continue;
    for (const kind of kindsOf(now, right)) options.found({ kind, of: now._id, healed: true });
    if (!options.dryRun) await parts.staff.setSlots(now, right);
  }
}

/** What the agent's slots should be: one for each conversation that is his or held for him, and those on their way. */
async function slotsOf({ conversations, policies }: Parts, member: StaffMember): Promise<Slot[]> {
  const his = await conversations.assignedTo(member._id);
  const known = new Map(member.slots.map((slot) => [slot.clientId, slot]));
  const slotOf = async (state: ConversationState): Promise<Slot> => ({
    ...(known.get(state.assignedAs ?? '') ?? slotFor(state, state.assignedSeq, state.assignedAs ?? '')),
    units: await unitsOf(policies, state),
  });
  const offered = await conversations.offeredTo(member.workspaceId, member._id);
  const standing = [
    ...(await Promise.all(his.map(slotOf))),
    ...offered.map((state) => known.get(state.offer.as) ?? slotForOffer(state)),
  ];
  const justBefore = Date.now() - settledWithinMs;
  const areStanding = new Set(standing.map(({ clientId }) => clientId));
  const underWay = member.slots.filter(
    (slot) => slot.takenAt.getTime() > justBefore && !areStanding.has(slot.clientId),
  );
  return [...standing, ...underWay];
}

const slotForOffer = (state: Offered): Slot => ({
  ...slotFor(state, state.seq, state.offer.as),
  offeredUntil: state.offer.until,
});

const isInOrder = (member: StaffMember, right: Slot[]): boolean => kindsOf(member, right).length === 0;

function kindsOf({ slots, used }: StaffMember, right: Slot[]): string[] {
  const ids = (list: Slot[]) => list.map(({ clientId }) => clientId).sort();
  return [
    ...(ids(slots).some((id) => !ids(right).includes(id)) ? ['has a slot of an assignment that ended'] : []),
    ...(ids(right).some((id) => !ids(slots).includes(id)) ? ['lacks a slot for a conversation that is his'] : []),
    ...(isDeepStrictEqual(used, countSlots(right)) ? [] : ['counts his slots wrongly']),
  ];
}
