import { type RoutingSettings, usualRouting } from '@helpline/protocol';
import { expect, test } from 'vitest';
import type { Eligible } from '../policy/policy.js';
import { anAgent } from '../testing/whom-and-what.js';
import type { Episode } from './episodes.js';
import { Simulation, type Week } from './simulate.js';

const minute = 60_000;
const monday = Date.parse('2026-01-05T09:00:00Z');
const at = (minutes: number) => monday + minutes * minute;

/** Who comes to work when his day begins. */
const agent = (_id: string, more: Partial<Eligible> = {}): Eligible =>
  anAgent(_id, { availability: 'offline', capacity: { chat: 1, email: 1 }, ...more });

let n = 0;
const begun = (since: number, more: Partial<Episode['state']>): Episode['state'] => ({
  _id: `c${n++}`,
  workspaceId: 'shop',
  brandId: 'tulips',
  inboxId: 'chat',
  teamId: null,
  contactId: `contact-${n}`,
  channel: 'chat',
  skills: [],
  priority: 'normal',
  dueAt: null,
  waitingSince: new Date(since),
  lastAssigneeId: null,
  rerouted: { homeTeamId: null, steps: 0, asClosed: false },
  ...more,
});

/** Came at some minute, and was in hand for some minutes. */
const came = (minutes: number, forMinutes: number, more: Partial<Episode['state']> = {}): Episode => ({
  state: begun(at(minutes), more),
  since: at(minutes),
  given: { agentId: 'nobody-any-more', at: at(minutes) },
  endedAt: at(minutes + forMinutes),
  pendingMs: 0,
});

const allDay = [{ from: at(0), to: at(480) }];
const week = (episodes: Episode[], agents = [agent('ana')], spans = agents.map(({ _id }) => _id)): Week => ({
  from: at(0),
  to: at(480),
  episodes,
  agents,
  spans: new Map(spans.map((id) => [id, allDay])),
});

const policy = (more: Partial<RoutingSettings>, teamId?: string) => ({
  of: teamId ? ({ kind: 'team', id: teamId } as const) : ({ kind: 'workspace' } as const),
  version: 1,
  settings: { ...usualRouting, ...more },
});

function simulated(some: Week, policies = [policy({})]) {
  const simulation = new Simulation(some, policies);
  const steps = simulation.run();
  while (!steps.next().done);
  return simulation.outcomes.map(({ since, agentId, at: time }) => [agentId, (time - since) / minute]);
}

test('one after the other, as long as each took', () => {
  expect(simulated(week([came(0, 10), came(1, 10), came(2, 10)]))).toEqual([
    ['ana', 0],
    ['ana', 9],
    ['ana', 18],
  ]);
});

test('two agents share, and nobody exceeds his capacity', () => {
  const outcomes = simulated(week([came(0, 10), came(1, 10), came(2, 10)], [agent('ana'), agent('ben')]));
  expect(outcomes).toEqual([
    ['ana', 0],
    ['ben', 0],
    ['ana', 8],
  ]);
});

test('whoever is not there gets nothing, and what nobody gets has waited to the end', () => {
  expect(simulated(week([came(0, 10)], [agent('ana')], []))).toEqual([[null, 480]]);
});

test('skills keep it waiting until they are asked for no more', () => {
  const needsGerman = policy({ skills: [{ skill: 'de', level: 3 }], anybodyAfterSeconds: 300 });
  expect(simulated(week([came(0, 10)]), [needsGerman])).toEqual([['ana', 5]]);
});

test('after hours another team has it; without one it waits for the opening', () => {
  const hours = { timeZone: 'UTC', days: [{ day: 1, from: '10:00', to: '17:00' }] };
  const closed = policy({ hours });
  expect(simulated(week([came(0, 10)]), [closed])).toEqual([['ana', 60]]);
  const standIn = policy({ hours, whenClosed: { kind: 'team', teamId: 'early' } });
  const ben = agent('ben', { teamIds: ['early'] });
  expect(simulated(week([came(0, 10)], [ben]), [standIn, policy({}, 'early')])).toEqual([['ben', 0]]);
});

test('what nobody takes in time moves on to the next team, once', () => {
  const onward = policy({ overflow: [{ afterSeconds: 120, teamId: 'everybody' }] }, 'sales');
  const ben = agent('ben', { teamIds: ['everybody'] });
  const rerouted = { homeTeamId: 'sales', steps: 0, asClosed: false };
  expect(simulated(week([came(0, 10, { teamId: 'sales', rerouted })], [ben]), [onward])).toEqual([['ben', 2]]);
});

test('time to wrap up and ceilings cost waits', () => {
  const two = [came(0, 10), came(0, 10)];
  expect(simulated(week(two), [policy({ wrapUpSeconds: 300 })])).toEqual([
    ['ana', 0],
    ['ana', 15],
  ]);
  const both = [agent('ana'), agent('ben')];
  expect(simulated(week(two, both), [policy({ ceilings: { chat: 1, email: null } })])).toEqual([
    ['ana', 0],
    ['ben', 10],
  ]);
});

test('whoever gave up before anybody came is waited for no longer', () => {
  const gone = { ...came(0, 10), given: null, endedAt: at(3) };
  expect(simulated(week([gone], [agent('ana')], []))).toEqual([[null, 3]]);
});

test('what somebody had in hand before goes on, and is no wait of this week', () => {
  const before = { ...came(-30, 40), given: { agentId: 'ana', at: at(-20) } };
  expect(simulated(week([before, came(1, 5)]))).toEqual([['ana', 9]]);
});

test('more urgent comes first', () => {
  const outcomes = simulated(week([came(0, 10), came(1, 10), came(2, 10, { priority: 'urgent' })]));
  expect(outcomes).toEqual([
    ['ana', 0],
    ['ana', 8],
    ['ana', 19],
  ]);
});
