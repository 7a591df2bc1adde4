import type { Explanation } from '@helpline/protocol';
import type { ConversationState, Entry } from '../../journal/index.js';
import { Desk, type Parts } from '../giving-out/desk.js';
import { choose } from '../policy/policy.js';
import { isRelaxed, skillsAsked } from '../policy/skills.js';
import { lastAgentOf } from '../policy/sticky.js';
import { nextSteps } from './next-steps.js';

/** Why nobody is on the conversation, or why whoever has it does. Decides nothing. */
export async function explain(parts: Parts, state: ConversationState, now = new Date()): Promise<Explanation> {
  return {
    waiting: isWaiting(state) ? await whyWaiting(parts, state, now) : null,
    decisions: state.assigneeId ? await decisionsFor(parts, state) : [],
  };
}

const isWaiting = ({ handler, status }: ConversationState): boolean => handler === 'queue' && status === 'open';

async function whyWaiting(parts: Parts, state: ConversationState, now: Date): Promise<Explanation['waiting']> {
  const desk = new Desk(parts, state.workspaceId);
  await desk.refresh();
  const policy = desk.policyOf(state);
  const home = desk.policyOf({ inboxId: state.inboxId, teamId: state.rerouted.homeTeamId });
  const lastAgentId = await lastAgentOf(parts.conversations, state, policy, now);
  const { reason } = choose(state, desk.members, { policy, now, lastAgentId, full: desk.ceilings.fullFor(state) });
  return {
    since: (state.waitingSince ?? now).toISOString(),
    of: policy.of,
    skills: isRelaxed(state, policy.settings, now) ? [] : skillsAsked(state, policy.settings),
    reason,
    next: nextSteps(state, policy, home, now),
  };
}

/** An offer comes shortly before what was made of it. */
const lookedAt = 20;

async function decisionsFor({ journal }: Parts, state: ConversationState): Promise<Explanation['decisions']> {
  const after = Math.max(0, state.assignedSeq - lookedAt);
  const { entries } = await journal.sync(state._id, 'everything', after, lookedAt);
  const his = entries.flatMap((entry) => (entry.seq <= state.assignedSeq ? decisionOf(entry) : []));
  return his.filter(({ agentId }) => agentId === state.assigneeId).reverse();
}

function decisionOf(entry: Entry): Explanation['decisions'] {
  const { type, payload } = entry;
  if (type !== 'assigned' && type !== 'offered') return [];
  if (payload.agentId === null) return [];
  return [
    { at: entry.at.toISOString(), by: entry.actor, kind: type, agentId: payload.agentId, reason: payload.reason },
  ];
}
