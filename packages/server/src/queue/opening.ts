import type { VisitorSession } from '@helpline/protocol';
import { isOpen, nextOpening } from '../calendar/index.js';
import type { PolicyOf } from '../routing/index.js';

/** Pure. What a visitor of the inbox is told of its hours: where another team has it meanwhile, they are that team's. */
export function openingFor(
  policyOf: PolicyOf,
  inbox: { inboxId: string; teamId: string | null },
  now: Date,
): VisitorSession['hours'] {
  const { hours, whenClosed } = policyOf(inbox).settings;
  if (!hours || isOpen(hours, now)) return openNow;
  if (whenClosed.kind === 'team') {
    const theirs = policyOf({ ...inbox, teamId: whenClosed.teamId }).settings.hours;
    if (!theirs || isOpen(theirs, now)) return openNow;
  }
  const opensAt = nextOpening(hours, now)?.toISOString() ?? null;
  return { isOpen: false, opensAt, asksForMessage: whenClosed.kind === 'form' };
}

const openNow = { isOpen: true, opensAt: null, asksForMessage: false };
