import type { ConversationStore } from '../conversations/index.js';
import type { Journal } from '../journal/index.js';
import type { Staff } from '../staff/index.js';
import { claim } from './claim.js';
import { choose } from './policy.js';

const atOnce = 100;

/** Gives out what waits in a workspace's queue, the longest waiting first, until nobody suitable is free. */
export async function drain(
  parts: { journal: Journal; staff: Staff; conversations: ConversationStore },
  workspaceId: string,
): Promise<void> {
  const { journal, staff, conversations } = parts;
  const waiting = await conversations.page(
    { workspaceId, handler: 'queue', status: 'open' },
    { waitingSince: 1, _id: 1 },
    atOnce,
  );
  if (waiting.length === 0) return;
  let members = await staff.members(workspaceId);
  let given = 0;
  for (const conversation of waiting) {
    const { agentId, reason } = choose(conversation, members);
    if (!agentId) continue;
    if (await claim(journal, staff, conversation, agentId, reason)) given++;
    members = await staff.members(workspaceId);
  }
  if (given > 0 && waiting.length === atOnce) await drain(parts, workspaceId);
}
