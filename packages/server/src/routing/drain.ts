import type { ChannelName } from '@helpline/protocol';
import type { ConversationStore } from '../conversations/index.js';
import type { ConversationState, Journal } from '../journal/index.js';
import { visibleFilter } from '../platform/visibility.js';
import { hasRoom, type Staff, type StaffMember, visibilityOf } from '../staff/index.js';
import { claim } from './claim.js';
import { choose } from './policy.js';

interface Parts {
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
}

const atOnce = 100;
const channels: ChannelName[] = ['chat', 'email'];

/**
 * Gives out what waits in a workspace's queue, the longest waiting first, until nobody suitable is free or `held`
 * aborts: a leader of the past knows only who waited when it led.
 */
export async function drain(
  { journal, staff, conversations }: Parts,
  workspaceId: string,
  held?: AbortSignal,
): Promise<void> {
  while (!held?.aborted) {
    let members = await staff.members(workspaceId);
    const suitable = members.flatMap(suitableFor);
    if (suitable.length === 0) return;
    const waiting = await conversations.page(
      { $and: [{ workspaceId, ...inQueue }, { $or: suitable }] },
      { waitingSince: 1, _id: 1 },
      atOnce,
    );
    const refused = new Set<string>();
    let given = 0;
    // After each, the longest waiting comes first again: meanwhile somebody may have become free for him.
    for (let next = first(waiting, members, refused); next; next = first(waiting, members, refused)) {
      if (held?.aborted) return;
      const { conversation, agentId, reason } = next;
      const claimed = await claim(journal, staff, conversation, agentId, reason);
      if (claimed === 'no_slot') refused.add(pair(conversation, agentId));
      else waiting.splice(waiting.indexOf(conversation), 1);
      if (claimed === 'assigned') given++;
      members = await staff.members(workspaceId);
    }
    if (given === 0) return;
  }
}

/** The longest waiting for whom there is an agent, leaving out whoever just had no slot for that very conversation. */
function first(waiting: ConversationState[], members: StaffMember[], refused: ReadonlySet<string>) {
  for (const conversation of waiting) {
    const asked = members.filter(({ _id }) => !refused.has(pair(conversation, _id)));
    const { agentId, reason } = choose(conversation, asked);
    if (agentId) return { conversation, agentId, reason };
  }
  return null;
}

const pair = (conversation: ConversationState, agentId: string): string => `${conversation._id} ${agentId}`;

const inQueue = { handler: 'queue', status: 'open' } as const;

/** What this agent could take now: nobody waits behind conversations that no free agent may have. */
function suitableFor(member: StaffMember) {
  const free = channels.filter((channel) => hasRoom(member, channel));
  if (member.availability !== 'available' || free.length === 0) return [];
  return [{ ...visibleFilter(visibilityOf(member)), channel: { $in: free } }];
}
