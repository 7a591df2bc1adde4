import type { ConversationStore } from '../../conversations/index.js';
import type { ConversationState } from '../../journal/index.js';
import type { Policy } from './policies.js';

const hourMs = 3_600_000;

/** Who had the customer last in another conversation, where that counts; nobody is looked for where this one had somebody. */
export async function lastAgentOf(
  conversations: ConversationStore,
  { contactId, lastAssigneeId }: ConversationState,
  { settings: { stickyHours } }: Policy,
  now: Date,
): Promise<string | null> {
  if (stickyHours === null || lastAssigneeId) return null;
  return conversations.lastAgentOf(contactId, new Date(now.getTime() - stickyHours * hourMs));
}
