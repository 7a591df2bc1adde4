import type { ChannelName, RoutingReason } from '@helpline/protocol';
import type { ConversationState } from '../journal/index.js';
import { canSee } from '../platform/visibility.js';
import type { StaffMember } from '../staff/index.js';
import { hasRoom, limitOf, visibilityOf } from '../staff/index.js';

type Candidate = RoutingReason['candidates'][number];

/** What is needed of an agent to decide; tests make theirs up. */
export type Eligible = Pick<
  StaffMember,
  | '_id'
  | 'workspaceId'
  | 'role'
  | 'brandIds'
  | 'teamIds'
  | 'availability'
  | 'capacity'
  | 'used'
  | 'atOnce'
  | 'isTrainee'
  | 'lastAssignedAt'
>;

const policyName = 'least_loaded/1';

/**
 * Who gets the conversation, and why he and nobody else: of the available agents of its brand and team with room for
 * one more, whoever has the fewest of the channel; of equals, whoever has had none for longest.
 */
export function choose(
  conversation: Pick<ConversationState, 'workspaceId' | 'brandId' | 'teamId' | 'channel'>,
  agents: Eligible[],
): { agentId: string | null; reason: RoutingReason } {
  const { channel } = conversation;
  const judged = agents.map((agent) => ({ agent, hindrance: hindranceOf(conversation, agent) }));
  const able = judged.filter(({ hindrance }) => !hindrance).map(({ agent }) => agent);
  const best = able.toSorted(
    (a, b) =>
      a.used[channel] - b.used[channel] ||
      a.lastAssignedAt.getTime() - b.lastAssignedAt.getTime() ||
      a._id.localeCompare(b._id),
  )[0];
  const candidates = judged.map(({ agent, hindrance }) => judgement(agent, channel, hindrance, best, able));
  return { agentId: best?._id ?? null, reason: { policy: policyName, candidates } };
}

function hindranceOf(
  conversation: Pick<ConversationState, 'workspaceId' | 'brandId' | 'teamId' | 'channel'>,
  agent: Eligible,
): Candidate['why'] | null {
  const visibility = visibilityOf(agent);
  if (!canSee({ ...visibility, teamIds: 'all' }, conversation)) return 'not_of_brand';
  if (!canSee(visibility, conversation)) return 'not_of_team';
  if (agent.availability !== 'available') return 'not_available';
  return hasRoom(agent, conversation.channel) ? null : 'at_capacity';
}

function judgement(
  agent: Eligible,
  channel: ChannelName,
  hindrance: Candidate['why'] | null,
  best: Eligible | undefined,
  able: Eligible[],
): Candidate {
  const figures = { agentId: agent._id, open: agent.used[channel], capacity: limitOf(agent, channel) };
  if (hindrance || !best) return { ...figures, chosen: false, why: hindrance ?? 'not_available' };
  const sameLoad = agent.used[channel] === best.used[channel];
  if (agent !== best) return { ...figures, chosen: false, why: sameLoad ? 'had_one_later' : 'more_loaded' };
  const tie = able.some((other) => other !== best && other.used[channel] === best.used[channel]);
  return { ...figures, chosen: true, why: tie ? 'longest_without' : 'least_loaded' };
}
