import { type ChannelName, limitOf, type RoutingReason } from '@helpline/protocol';
import type { Eligible } from './policy.js';
import { type Criterion, compare, decisiveFor } from './ranking.js';

type Candidate = RoutingReason['candidates'][number];

/** What can speak against somebody, the most lasting last. */
const hindrances = [
  'passed_it_by',
  'at_capacity',
  'not_available',
  'lacks_skill',
  'not_of_team',
  'not_of_brand',
] as const satisfies readonly Candidate['why'][];
export type Hindrance = (typeof hindrances)[number];

export interface Judged {
  agent: Eligible;
  hindrance: Hindrance | null;
}

const namedAtMost = 20;

/** Who is best of those whom nothing hinders, and what is worth telling of him and of the others. */
export function explained(
  channel: ChannelName,
  judged: readonly Judged[],
  ranking: readonly Criterion[],
  isBlocked: boolean,
): { best: string | null; candidates: Candidate[]; others?: number } {
  const able = firstOf(judged, ranking);
  const [first, second] = able;
  const best = isBlocked || !first ? null : first;
  const told = able.map((agent) => tell(agent, channel, whyOf(agent, first, second, ranking), agent === best));
  for (const hindrance of hindrances) {
    if (told.length >= namedAtMost) break;
    const some = judged.filter((one) => one.hindrance === hindrance).slice(0, namedAtMost - told.length);
    told.push(...some.map(({ agent }) => tell(agent, channel, hindrance, false)));
  }
  const others = judged.length - told.length;
  return { best: best?._id ?? null, candidates: told, ...(others > 0 ? { others } : {}) };
}

/** The best of those whom nothing hinders, in their order, and no more than are named. */
function firstOf(judged: readonly Judged[], ranking: readonly Criterion[]): Eligible[] {
  const first: Eligible[] = [];
  for (const { agent, hindrance } of judged) {
    if (hindrance) continue;
    const place = first.findLastIndex((other) => compare(ranking, other, agent) < 0) + 1;
    if (place >= namedAtMost) continue;
    first.splice(place, 0, agent);
    if (first.length > namedAtMost) first.pop();
  }
  return first;
}

function whyOf(
  agent: Eligible,
  best: Eligible | undefined,
  second: Eligible | undefined,
  ranking: readonly Criterion[],
): Candidate['why'] {
  if (best && agent !== best) return decisiveFor(ranking, best, agent)?.passedOver ?? 'had_one_later';
  if (second) return decisiveFor(ranking, agent, second)?.chosen ?? 'longest_without';
  const [foremost] = ranking;
  return foremost?.chosen === 'their_last_agent' && foremost.measure(agent) === 0 ? foremost.chosen : 'only_one';
}

const tell = (agent: Eligible, channel: ChannelName, why: Candidate['why'], chosen: boolean): Candidate => ({
  agentId: agent._id,
  chosen,
  why,
  open: agent.used[channel],
  capacity: limitOf(agent, channel),
});
