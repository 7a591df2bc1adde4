import type { DryRunResult, DryRunSide } from '@helpline/protocol';
import type { Episode } from './episodes.js';
import type { Outcome, Week } from './simulate.js';

/** Pure. What is told of the waits of one side. */
export function sideOf(
  outcomes: readonly Pick<Outcome, 'since' | 'at' | 'agentId'>[],
  breachMinutes: number,
): DryRunSide {
  const waits = outcomes.map(({ since, at }) => Math.max(0, Math.round((at - since) / 1000))).sort((a, b) => a - b);
  const part = (share: number) => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0;
  return {
    median: part(0.5),
    p90: part(0.9),
    breaches: waits.filter((seconds) => seconds > breachMinutes * 60).length,
    neverGiven: outcomes.filter(({ agentId }) => agentId === null).length,
    waits: Array.from({ length: 21 }, (_, i) => part(i / 20)),
  };
}

/** Pure. What became of what came within the week, as it was recorded. */
export const recordedIn = ({ episodes, from, to }: Pick<Week, 'episodes' | 'from' | 'to'>) =>
  episodes.filter(({ since }) => since >= from).map((episode) => asRecorded(episode, to));

const asRecorded = ({ since, given, endedAt }: Episode, to: number) => ({
  since,
  at: given?.at ?? endedAt ?? to,
  agentId: given?.agentId ?? null,
});

/** Pure. What each agent had, by both; whoever had nothing is left out. */
export function loadsOf(current: readonly Outcome[], changed: readonly Outcome[]): DryRunResult['agents'] {
  const loads = new Map<string, DryRunResult['agents'][number]>();
  for (const [side, outcomes] of [
    ['current', current],
    ['changed', changed],
  ] as const)
    for (const { agentId, heldMs } of outcomes) {
      if (!agentId) continue;
      const load = loads.get(agentId) ?? { agentId, current: { given: 0, hours: 0 }, changed: { given: 0, hours: 0 } };
      load[side].given++;
      load[side].hours += heldMs / 3_600_000;
      loads.set(agentId, load);
    }
  return [...loads.values()].sort((a, b) => b.changed.given - a.changed.given || (a.agentId < b.agentId ? -1 : 1));
}
