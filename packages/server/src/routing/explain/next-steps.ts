import type { NextStep } from '@helpline/protocol';
import { isOpen, nextOpening } from '../../calendar/index.js';
import type { ConversationState } from '../../journal/index.js';
import type { Policy } from '../policy/policies.js';
import { askedAgainAfterMs } from '../policy/policy.js';
import { isRelaxed, skillsAsked } from '../policy/skills.js';

type Waits = Pick<
  ConversationState,
  'skills' | 'waitingSince' | 'passedBy' | 'passedAt' | 'offer' | 'rerouted' | 'teamId'
>;

/** Pure. What changes by itself for whoever waits, the soonest first. `home` is the policy of where it came in, whose overflow counts. */
export function nextSteps(conversation: Waits, policy: Policy, home: Policy, now: Date): NextStep[] {
  const steps = [
    opens(policy, now),
    offerEnds(conversation),
    relaxes(conversation, policy, now),
    overflows(conversation, home, now),
    askedAgain(conversation),
  ];
  return steps
    .filter((step) => step !== null)
    .filter(({ at }) => Date.parse(at) > now.getTime())
    .sort((a, b) => a.at.localeCompare(b.at));
}

function opens({ settings: { hours } }: Policy, now: Date): NextStep | null {
  const at = hours && !isOpen(hours, now) ? nextOpening(hours, now) : null;
  return at && { kind: 'opens', at: at.toISOString() };
}

const offerEnds = ({ offer }: Waits): NextStep | null =>
  offer && { kind: 'offer_ends', at: offer.until.toISOString(), agentId: offer.agentId };

function relaxes(conversation: Waits, { settings }: Policy, now: Date): NextStep | null {
  const { anybodyAfterSeconds } = settings;
  const isOver = anybodyAfterSeconds === null || isRelaxed(conversation, settings, now);
  if (isOver || skillsAsked(conversation, settings).length === 0) return null;
  return { kind: 'skills_relaxed', at: afterWaiting(conversation, anybodyAfterSeconds) };
}

/** Nobody is to be found elsewhere while it is closed. */
function overflows(conversation: Waits, { settings: { overflow, hours } }: Policy, now: Date): NextStep | null {
  if (hours && !isOpen(hours, now)) return null;
  const steps = overflow
    .filter(({ teamId }, i) => i >= conversation.rerouted.steps && teamId !== conversation.teamId)
    .map(({ afterSeconds, teamId }) => ({ at: afterWaiting(conversation, afterSeconds), teamId }));
  const next = steps.find(({ at }) => Date.parse(at) > now.getTime());
  return next ? { kind: 'overflow', ...next } : null;
}

function askedAgain({ passedBy, passedAt }: Waits): NextStep | null {
  if (passedBy.length === 0 || !passedAt) return null;
  return { kind: 'asked_again', at: new Date(passedAt.getTime() + askedAgainAfterMs).toISOString() };
}

const afterWaiting = ({ waitingSince }: Waits, seconds: number): string =>
  new Date((waitingSince?.getTime() ?? 0) + seconds * 1000).toISOString();
