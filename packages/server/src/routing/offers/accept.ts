import type { Actor } from '@helpline/protocol';
import { assign } from '../../conversations/index.js';
import type { Appended, Journal } from '../../journal/index.js';
import { DeskError, notFound } from '../../platform/errors.js';
import type { Staff } from '../../staff/index.js';
import { isForGood } from '../giving-out/claim.js';
import { endSlot, slotFor } from '../slots/slot.js';

interface Acceptance {
  conversationId: string;
  clientId: string;
  actor: Actor;
  agentId: string;
  from?: string;
}

/**
 * The agent takes what is held for him: the slot of the offer becomes that of the assignment, so that his place is his
 * all along. Throws `too_late` when it is not held for him any more.
 */
export async function accept(journal: Journal, staff: Staff, request: Acceptance): Promise<Appended> {
  const { conversationId, clientId, agentId } = request;
  const decided = { ...request, reason: null };
  if (await journal.entryByClientId(conversationId, clientId)) return assign(journal, decided); // asked again
  for (;;) {
    const [now] = await journal.newest([conversationId]);
    if (!now) throw notFound();
    const { offer, seq } = now;
    const slot = slotFor(now, seq + 1, clientId);
    const isHis = offer?.agentId === agentId && (await staff.renameSlot(agentId, offer.as, slot));
    if (!isHis) {
      await endSlot(journal, staff, agentId, slot); // renamed for an offer that ended since
      throw new DeskError('too_late');
    }
    try {
      return await assign(journal, { ...decided, at: slot.seq });
    } catch (error) {
      if (error instanceof DeskError && error.code === 'stale') continue; // something was written: once more, after it
      if (isForGood(error)) await endSlot(journal, staff, agentId, slot);
      throw error;
    }
  }
}
