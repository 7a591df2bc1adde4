import { hasRoom, type RoutingReason, type Skill } from '@helpline/protocol';
import { isOpen } from '../../calendar/index.js';
import type { ConversationState } from '../../journal/index.js';
import { canSee } from '../../platform/visibility.js';
import type { StaffMember } from '../../staff/index.js';
import { visibilityOf } from '../../staff/index.js';
import { nameOf, type Policy } from './policies.js';
import { rankingFor } from './ranking.js';
import { explained, type Hindrance, type Judged } from './reason.js';
import { isRelaxed, masters, skillsAsked } from './skills.js';

/** What of a conversation decides who gets it. */
export type Waits = Pick<
  ConversationState,
  | 'workspaceId'
  | 'brandId'
  | 'inboxId'
  | 'teamId'
  | 'channel'
  | 'skills'
  | 'waitingSince'
  | 'passedBy'
  | 'passedAt'
  | 'lastAssigneeId'
>;

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
  | 'skills'
  | 'lastAssignedAt'
>;

/** How things stand when somebody has to be chosen. */
export interface Situation {
  policy: Policy;
  now: Date;
  /** Who had its customer last, in another conversation and lately enough for the policy. */
  lastAgentId: string | null;
  /** Whether its inbox or team has as many in hand as it may. */
  full: 'inbox_at_ceiling' | 'team_at_ceiling' | null;
}

export interface Choice {
  agentId: string | null;
  reason: RoutingReason;
}

/**
 * Who gets the conversation, and why he and nobody else: of those who may have it, can do it and have room, whoever had
 * its customer last, where that is wished, and else whom the policy's strategy puts first. Pure.
 */
export function choose(conversation: Waits, agents: readonly Eligible[], situation: Situation): Choice {
  const { policy, now } = situation;
  const blocked = blockedBy(situation);
  const needed = isRelaxed(conversation, policy.settings, now) ? [] : skillsAsked(conversation, policy.settings);
  const judged = withoutPassers(
    conversation,
    agents.map((agent) => ({ agent, hindrance: hindranceOf(conversation, agent, needed) })),
    now,
  );
  const ranking = rankingFor(conversation, situation);
  const { best, ...candidates } = explained(conversation.channel, judged, ranking, blocked !== null);
  return { agentId: best, reason: { policy: nameOf(policy), ...candidates, ...(blocked ? { blocked } : {}) } };
}

const blockedBy = ({ policy, now, full }: Situation): RoutingReason['blocked'] | null =>
  givesNothingOut(policy, now) ?? full;

/** Why nothing goes out under the policy now, whoever is there. */
export function givesNothingOut({ settings }: Policy, now: Date): 'manual' | 'closed' | null {
  if (settings.strategy === 'manual') return 'manual';
  return settings.hours && !isOpen(settings.hours, now) ? 'closed' : null;
}

type Place = Pick<Waits, 'workspaceId' | 'brandId' | 'teamId' | 'channel'>;

/** What speaks against him whoever else is there; the most lasting comes first. */
export function hindranceOf(conversation: Place, agent: Eligible, needed: readonly Skill[]): Hindrance | null {
  const visibility = visibilityOf(agent);
  if (!canSee({ ...visibility, teamIds: 'all' }, conversation)) return 'not_of_brand';
  if (!canSee(visibility, conversation)) return 'not_of_team';
  if (!masters(agent.skills, needed)) return 'lacks_skill';
  if (agent.availability !== 'available') return 'not_available';
  return hasRoom(agent, conversation.channel) ? null : 'at_capacity';
}

/** Whoever passed it by is asked again only when nobody else is left, and not at once: nobody waits for ever, and nobody is pestered. */
export const askedAgainAfterMs = 60_000;

export const areAskedAgain = ({ passedAt }: Pick<Waits, 'passedAt'>, now: Date): boolean =>
  now.getTime() >= (passedAt?.getTime() ?? 0) + askedAgainAfterMs;

function withoutPassers({ passedBy, passedAt }: Waits, judged: Judged[], now: Date): Judged[] {
  const hasPassed = ({ agent }: Judged) => passedBy.includes(agent._id);
  const isLeft = judged.some((one) => !one.hindrance && !hasPassed(one));
  if (!isLeft && areAskedAgain({ passedAt }, now)) return judged;
  return judged.map((one) => (!one.hindrance && hasPassed(one) ? { ...one, hindrance: 'passed_it_by' } : one));
}
