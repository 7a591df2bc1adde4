import { type BusinessHours, type RoutingSettings, usualRouting } from '@helpline/protocol';
import { expect, test } from 'vitest';
import { openingFor } from './opening.js';

const day: BusinessHours = {
  timeZone: 'UTC',
  days: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
};
const aroundTheClock = null;
const sunday = new Date('2026-01-04T12:00:00Z');
const monday = new Date('2026-01-05T12:00:00Z');
const inbox = { inboxId: 'tulips', teamId: null };

const where = (more: Partial<RoutingSettings>, ofTeam: Partial<RoutingSettings> = {}) => {
  const policy = (settings: Partial<RoutingSettings>) => ({
    of: null,
    version: 1,
    settings: { ...usualRouting, ...settings },
  });
  return ({ teamId }: { teamId: string | null }) => policy(teamId === 'night' ? ofTeam : more);
};

test('within the hours, and without any, it is open', () => {
  expect(openingFor(where({ hours: day }), inbox, monday)).toEqual({
    isOpen: true,
    opensAt: null,
    asksForMessage: false,
  });
  expect(openingFor(where({ hours: aroundTheClock }), inbox, sunday).isOpen).toBe(true);
});

test('outside of them the visitor learns when it opens, and whether to leave a message', () => {
  const opensAt = '2026-01-05T09:00:00.000Z';
  const form = where({ hours: day, whenClosed: { kind: 'form' } });
  expect(openingFor(form, inbox, sunday)).toEqual({ isOpen: false, opensAt, asksForMessage: true });
  const queue = where({ hours: day, whenClosed: { kind: 'queue' } });
  expect(openingFor(queue, inbox, sunday)).toEqual({ isOpen: false, opensAt, asksForMessage: false });
});

test('where another team has it meanwhile, its hours count too', () => {
  const whenClosed = { kind: 'team', teamId: 'night' } as const;
  expect(openingFor(where({ hours: day, whenClosed }), inbox, sunday).isOpen).toBe(true);
  expect(openingFor(where({ hours: day, whenClosed }, { hours: day }), inbox, sunday).isOpen).toBe(false);
});

test('what never opens says nothing of when', () => {
  const never = where({ hours: { timeZone: 'UTC', days: [] } });
  expect(openingFor(never, inbox, sunday)).toEqual({ isOpen: false, opensAt: null, asksForMessage: false });
});
