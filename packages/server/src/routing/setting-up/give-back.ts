import type { Actor } from '@helpline/protocol';
import { assign, type ConversationStore } from '../../conversations/index.js';
import type { ConversationState, Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';

interface Parts {
  journal: Journal;
  conversations: ConversationStore;
}

/** Puts back into the queue what is somebody's, but for what he keeps. Done again it goes on where it stopped. */
export async function giveBack(
  { journal, conversations }: Parts,
  agentId: string,
  actor: Actor,
  keeps: (conversation: ConversationState) => boolean,
): Promise<void> {
  for (const conversation of await conversations.assignedTo(agentId))
    if (!keeps(conversation)) await giveOneBack(journal, conversation._id, agentId, actor);
}

/** Unless it is another's, or done, by the time it is written. */
async function giveOneBack(journal: Journal, conversationId: string, agentId: string, actor: Actor): Promise<void> {
  for (;;) {
    const now = await journal.state(conversationId);
    if (now?.handler !== 'agent' || now.assigneeId !== agentId) return;
    const decided = { conversationId, clientId: newId(), actor, agentId: null, reason: null };
    try {
      await assign(journal, { ...decided, at: now.seq + 1 });
    } catch (error) {
      if (!(error instanceof DeskError && error.code === 'stale')) throw error;
    }
  }
}
