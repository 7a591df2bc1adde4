import { nextChange } from '../../calendar/index.js';
import type { ConversationState } from '../../journal/index.js';
import type { Filter } from '../../platform/database.js';
import { type Policy, scopeOf } from '../policy/policies.js';
import { askedAgainAfterMs } from '../policy/policy.js';
import type { Desk } from './desk.js';
import { movesOf } from './move-on.js';

/** When something will have to be looked at in the workspace though nobody does anything: null for never. */
export async function nextMoment(desk: Desk, now: Date): Promise<Date | null> {
  const moments = await Promise.all([
    desk.parts.conversations.nextOfferEnd(desk.workspaceId, now),
    firstAfter(desk, 'passedAt', askedAgainAfterMs, {}, now),
    ...movesOf(desk, now).map(({ filter, afterSeconds }) =>
      firstAfter(desk, 'waitingSince', afterSeconds * 1000, filter, now),
    ),
    ...desk.policies.flatMap((policy) => {
      const { anybodyAfterSeconds } = policy.settings;
      if (!anybodyAfterSeconds) return [];
      const scope = { ...scopeOf(policy, desk.policies, 'teamId') };
      return [firstAfter(desk, 'waitingSince', anybodyAfterSeconds * 1000, scope, now)];
    }),
    ...desk.policies.map((policy) => hoursChange(policy, now)),
  ]);
  const times = moments.flatMap((moment) => moment?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

const changes = new WeakMap<Policy, Date>();

/** When it opens or closes next; it takes a while to find that out. */
function hoursChange(policy: Policy, now: Date): Date | null {
  const known = changes.get(policy);
  if (known && known > now) return known;
  const { hours } = policy.settings;
  const next = hours && nextChange(hours, now);
  if (next) changes.set(policy, next);
  return next;
}

/** When the first of those that wait and have not reached it yet will have waited so long, or so long ago have been passed by. */
async function firstAfter(
  { parts, workspaceId }: Desk,
  field: 'waitingSince' | 'passedAt',
  ms: number,
  filter: Filter<ConversationState>,
  now: Date,
): Promise<Date | null> {
  const later = {
    $and: [filter, { workspaceId, handler: 'queue' as const, [field]: { $gt: new Date(now.getTime() - ms) } }],
  };
  const [first] = await parts.conversations.page(later, { [field]: 1 }, 1);
  const from = first?.[field];
  return from ? new Date(from.getTime() + ms) : null;
}
