import type { RoutingReason, RoutingSettings } from '@helpline/protocol';
import type { Eligible, Situation, Waits } from './policy.js';
import { levelOf, skillsAsked } from './skills.js';

type Why = RoutingReason['candidates'][number]['why'];

/** Something by which one agent goes before another: the smaller measure. */
export interface Criterion {
  measure: (agent: Eligible) => number;
  /** Why whoever was chosen was, if this decided it, and why the other one was not. */
  chosen: Why;
  passedOver: Why;
}

type Strategy = RoutingSettings['strategy'];

/** What decides between those who could have the conversation, one after the other. */
export function rankingFor(conversation: Waits, { policy: { settings }, lastAgentId }: Situation): Criterion[] {
  const { stickyHours, strategy } = settings;
  const last = conversation.lastAssigneeId ?? lastAgentId;
  return [...(stickyHours && last ? [hadItLast(last)] : []), ...byStrategy[strategy](conversation, settings)];
}

const hadItLast = (lastAgentId: string): Criterion => ({
  measure: ({ _id }) => (_id === lastAgentId ? 0 : 1),
  chosen: 'their_last_agent',
  passedOver: 'not_their_last_agent',
});

const byStrategy: Record<Strategy, (conversation: Waits, settings: RoutingSettings) => Criterion[]> = {
  balanced: ({ channel }) => [fewest(channel), longestWithout],
  round_robin: () => [longestWithout],
  most_skilled: (conversation, settings) => [
    mostSkilled(conversation, settings),
    fewest(conversation.channel),
    longestWithout,
  ],
  manual: () => [],
};

const fewest = (channel: Waits['channel']): Criterion => ({
  measure: ({ used }) => used[channel],
  chosen: 'least_loaded',
  passedOver: 'more_loaded',
});

const longestWithout: Criterion = {
  measure: ({ lastAssignedAt }) => lastAssignedAt.getTime(),
  chosen: 'longest_without',
  passedOver: 'had_one_later',
};

function mostSkilled(conversation: Waits, settings: RoutingSettings): Criterion {
  const asked = skillsAsked(conversation, settings);
  return {
    measure: ({ skills }) => -asked.reduce((sum, { skill }) => sum + levelOf(skills, skill), 0),
    chosen: 'most_skilled',
    passedOver: 'less_skilled',
  };
}

/** Of equals, always the same one. */
export function compare(ranking: readonly Criterion[], a: Eligible, b: Eligible): number {
  const decisive = decisiveFor(ranking, a, b);
  return decisive ? decisive.measure(a) - decisive.measure(b) : a._id < b._id ? -1 : 1;
}

/** By which of them the two differ first. */
export const decisiveFor = (ranking: readonly Criterion[], a: Eligible, b: Eligible): Criterion | undefined =>
  ranking.find(({ measure }) => measure(a) !== measure(b));
