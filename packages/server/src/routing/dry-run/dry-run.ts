import type { DryRunResult, Parsed } from '@helpline/protocol';
import { Desk, type Parts } from '../giving-out/desk.js';
import type { Policy } from '../policy/policies.js';
import { loadsOf, recordedIn, sideOf } from './compare.js';
import { readWeek } from './read-week.js';
import { type Outcome, Simulation, type Week } from './simulate.js';
import { unhurried } from './unhurried.js';

export type Asked = Parsed<'routing.dryRun'>;

const dayMs = 86_400_000;

/** Goes through the last days twice, by the settings as they are and by those that are tried. Changes nothing. */
export async function dryRun(
  parts: Parts,
  workspaceId: string,
  { of, settings, days, breachMinutes }: Asked,
  progress: (done: number) => void,
  to = new Date(),
): Promise<DryRunResult> {
  const desk = new Desk(parts, workspaceId);
  await desk.refresh();
  const from = new Date(to.getTime() - days * dayMs);
  const { week, ...read } = await readWeek(desk, from, to, (done) => progress(done / 2));
  const tried = { of, version: 0, settings };
  const current = await replay(week, desk.policies, (done) => progress(0.5 + done / 4));
  const changed = await replay(week, withPolicy(desk.policies, tried), (done) => progress(0.75 + done / 4));
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ...read,
    breachMinutes,
    recorded: sideOf(recordedIn(week), breachMinutes),
    current: sideOf(current, breachMinutes),
    changed: sideOf(changed, breachMinutes),
    agents: loadsOf(current, changed),
  };
}

async function replay(week: Week, policies: Policy[], progress: (done: number) => void): Promise<Outcome[]> {
  const simulation = new Simulation(week, policies);
  await unhurried(simulation.run(), () => progress(simulation.outcomes.length / (week.episodes.length + 1)));
  return simulation.outcomes;
}

const withPolicy = (policies: readonly Policy[], tried: Policy): Policy[] => [
  ...policies.filter(({ of }) => JSON.stringify(of) !== JSON.stringify(tried.of)),
  tried,
];
