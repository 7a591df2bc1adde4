import { type RoutingSettings, usualRouting } from '@helpline/protocol';
import { expect, test } from 'vitest';
import { nextSteps } from './next-steps.js';

const now = new Date('2026-01-05T12:00:00Z');
const minutesFromNow = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const waiting = {
  skills: [{ skill: 'de', level: 3 }],
  waitingSince: minutesFromNow(-10),
  passedBy: [],
  passedAt: null,
  offer: null,
  rerouted: { homeTeamId: null, steps: 0, asClosed: false },
  teamId: null,
};
const policy = (more: Partial<RoutingSettings>) => ({ of: null, version: 1, settings: { ...usualRouting, ...more } });
const stepsOf = (more: Partial<RoutingSettings>, conversation: Partial<Parameters<typeof nextSteps>[0]> = {}) =>
  nextSteps({ ...waiting, ...conversation }, policy(more), policy(more), now).map(({ kind, at }) => [
    kind,
    (Date.parse(at) - now.getTime()) / 60_000,
  ]);

test('what changes by itself comes in its order, and what is over does not come', () => {
  const overflow = [
    { afterSeconds: 300, teamId: 'sales' },
    { afterSeconds: 1_500, teamId: 'everybody' },
  ];
  expect(stepsOf({ anybodyAfterSeconds: 900, overflow })).toEqual([
    ['skills_relaxed', 5],
    ['overflow', 15],
  ]);
  expect(stepsOf({ anybodyAfterSeconds: 60 })).toEqual([]);
});

test('where nobody must be able to anything, nothing is relaxed', () => {
  expect(stepsOf({ anybodyAfterSeconds: 900 }, { skills: [] })).toEqual([]);
});

test('closed, it waits for the opening', () => {
  const hours = { timeZone: 'UTC', days: [{ day: 1, from: '14:00', to: '15:00' }] };
  expect(stepsOf({ hours })).toEqual([['opens', 120]]);
});

test('an offer ends, and whoever passed it by is asked again', () => {
  const offer = { agentId: 'ana', as: 'x', until: minutesFromNow(0.5) };
  expect(stepsOf({}, { offer })).toEqual([['offer_ends', 0.5]]);
  expect(stepsOf({}, { passedBy: ['ana'], passedAt: minutesFromNow(-0.5) })).toEqual([['asked_again', 0.5]]);
});
