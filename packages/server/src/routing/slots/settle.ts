import { assign, isOffered } from '../../conversations/index.js';
import type { ConversationState, Journal } from '../../journal/index.js';
import { canSee } from '../../platform/visibility.js';
import { type Slot, type Staff, type StaffMember, visibilityOf } from '../../staff/index.js';
import { claimedAs, isForGood, routingActor, write } from '../giving-out/claim.js';
import { end } from '../offers/offers.js';
import type { Policies, PolicyOf } from '../policy/policies.js';
import { endSlot, stands, unitsOf } from './slot.js';

interface Parts {
  journal: Journal;
  staff: Staff;
  policies: Pick<Policies, 'ofWorkspace'>;
}

/** Gives back the slots of assignments that ended (resolved, moved on, back in the queue); what stands takes what it should. */
export async function releaseEnded(parts: Parts, conversationId: string): Promise<void> {
  const { journal, staff } = parts;
  for (const member of await staff.membersWithSlotFor(conversationId))
    for (const slot of member.slots.filter((one) => one.conversationId === conversationId)) {
      const made = await journal.entryByClientId(conversationId, slot.clientId);
      if (!made) continue; // its entry is still on its way
      const [now] = await journal.newest([conversationId]);
      if (now && stands(now, slot)) await weigh(parts, now, member._id, slot);
      else await staff.giveSlotBack(member._id, slot);
    }
}

async function weigh({ staff, policies }: Parts, state: ConversationState, agentId: string, slot: Slot): Promise<void> {
  const units = await unitsOf(policies, state);
  if (units !== slot.units) await staff.setUnits(agentId, slot, units);
}

const claimTakesAtMostMs = 5_000;
const personTakesAtMostMs = 30_000;

/**
 * After a crash: every slot whose assignment should be there by now either belongs to one that stands, or its very
 * insert is repeated, as the entry it was taken for: that makes it so, or shows that it can never be, whoever else
 * should wake up and try. Routing's own claims are quick; a person's may still be on their way, and would meet an entry
 * that is not his. Gives the conversations whose slots take nothing now.
 */
export async function settleSlots({ journal, staff, policies }: Parts, now = new Date()): Promise<string[]> {
  const parts = { journal, staff, policies: readOnce(policies) };
  const taken = (await staff.membersWithSlots()).flatMap((member) => member.slots.map((slot) => ({ member, slot })));
  const due = taken.filter(({ slot }) => isDue(slot, now));
  const states = await journal.newest([...new Set(due.map(({ slot }) => slot.conversationId))]);
  const byId = new Map(states.map((state) => [state._id, state]));
  for (const { member, slot } of due) {
    const state = byId.get(slot.conversationId);
    if (state && stands(state, slot)) await keepOrTakeAway(parts, state, member, slot);
    else await settle(parts, member, slot, now);
  }
  return taken.flatMap(({ slot }) => (slot.units === 0 ? [slot.conversationId] : []));
}

/**
 * Nobody keeps what he may not see: his rights were changed while it was given to him, or by a node that ended before it
 * had taken back all he had.
 */
async function keepOrTakeAway(parts: Parts, state: ConversationState, member: StaffMember, slot: Slot): Promise<void> {
  if (canSee(visibilityOf(member), state)) return weigh(parts, state, member._id, slot);
  if (isOffered(state)) return void (await end(parts, state, 'withdrawn'));
  const { _id: conversationId, assignedSeq, seq } = state;
  const clientId = `system:out-of-sight:${assignedSeq}`;
  const taken = { conversationId, clientId, actor: routingActor, agentId: null, reason: null, at: seq + 1 };
  await assign(parts.journal, taken).catch((error: unknown) => {
    if (!isForGood(error)) throw error; // what was written meanwhile is looked at the next time
  });
}

/** Many slots of the same few workspaces are looked at. */
function readOnce(policies: Parts['policies']): Parts['policies'] {
  const read = new Map<string, Promise<PolicyOf>>();
  return {
    ofWorkspace(workspaceId) {
      const reading = read.get(workspaceId) ?? policies.ofWorkspace(workspaceId);
      read.set(workspaceId, reading);
      return reading;
    },
  };
}

function isDue({ clientId, takenAt }: Slot, now: Date): boolean {
  const patience = clientId.startsWith(claimedAs) ? claimTakesAtMostMs : personTakesAtMostMs;
  return takenAt.getTime() < now.getTime() - patience;
}

async function settle(parts: Parts, member: StaffMember, slot: Slot, now: Date): Promise<void> {
  const { journal, staff } = parts;
  try {
    const { state } = await write(journal, offeredAnew(slot, now), { agentId: member._id, reason: null });
    if (stands(state, slot)) return;
  } catch (error) {
    if (!isForGood(error)) throw error;
  }
  await withdrawHalfAccepted(journal, member, slot.conversationId);
  await endSlot(journal, staff, member._id, slot);
}

/** He was accepting what is held for him when his node ended, and somebody has written on since: no slot is that of the offer now. */
async function withdrawHalfAccepted(journal: Journal, { _id, slots }: StaffMember, conversationId: string) {
  const [now] = await journal.newest([conversationId]);
  if (!now || !isOffered(now) || now.offer.agentId !== _id) return;
  if (!slots.some(({ clientId }) => clientId === now.offer.as)) await end({ journal }, now, 'withdrawn');
}

/** Nobody knew of the offer until now. */
function offeredAnew({ offeredUntil, ...slot }: Slot, now: Date): Slot {
  if (!offeredUntil) return slot;
  return { ...slot, offeredUntil: new Date(now.getTime() + offeredUntil.getTime() - slot.takenAt.getTime()) };
}
