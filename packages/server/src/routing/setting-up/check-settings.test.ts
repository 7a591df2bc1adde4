import { type RoutingOf, type RoutingSettings, usualRouting } from '@helpline/protocol';
import { expect, test } from 'vitest';
import { DeskError } from '../../platform/errors.js';
import { checkSettings } from './check-settings.js';

const teamIds = new Set(['billing', 'repairs', 'sales']);
const billing: RoutingOf = { kind: 'team', id: 'billing' };
const overflowTo = (...teams: string[]): RoutingSettings => ({
  ...usualRouting,
  overflow: teams.map((teamId, i) => ({ afterSeconds: 60 * (i + 1), teamId })),
});
const closedTo = (teamId: string): RoutingSettings => ({ ...usualRouting, whenClosed: { kind: 'team', teamId } });

/** The fields at fault. */
function faultsOf(
  of: RoutingOf,
  settings: RoutingSettings,
  policies: { of: RoutingOf; settings: RoutingSettings }[] = [],
) {
  try {
    checkSettings(of, settings, { teamIds, policies });
    return [];
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return error.details.errors?.map(({ pointer }) => pointer);
  }
}

test('the usual settings are in order, for whomever', () => {
  for (const of of [{ kind: 'workspace' }, { kind: 'inbox', id: 'chat' }, billing] as const)
    expect(faultsOf(of, usualRouting)).toEqual([]);
});

test('a team that is not there, the team itself, and a team that comes twice are named', () => {
  expect(faultsOf(billing, overflowTo('repairs', 'nobody'))).toEqual(['/settings/overflow/1/teamId']);
  expect(faultsOf(billing, overflowTo('billing'))).toEqual(['/settings/overflow/0/teamId']);
  expect(faultsOf(billing, closedTo('billing'))).toEqual(['/settings/whenClosed/teamId']);
  expect(faultsOf({ kind: 'workspace' }, overflowTo('repairs', 'sales', 'repairs'))).toEqual([
    '/settings/overflow/2/teamId',
  ]);
  expect(faultsOf(billing, { ...overflowTo('repairs'), whenClosed: { kind: 'team', teamId: 'repairs' } })).toEqual([]);
});

test('what overflows or is passed on when closed may not come round in a circle, however long', () => {
  const policies = [
    { of: { kind: 'team', id: 'repairs' } as const, settings: closedTo('sales') },
    { of: { kind: 'team', id: 'sales' } as const, settings: overflowTo('billing') },
  ];
  expect(faultsOf(billing, overflowTo('repairs'), policies)).toEqual(['/settings/overflow/0/teamId']);
  expect(faultsOf(billing, closedTo('sales'), policies)).toEqual(['/settings/whenClosed/teamId']);
  expect(faultsOf({ kind: 'workspace' }, overflowTo('repairs', 'billing'), policies)).toEqual([]);
  expect(faultsOf({ kind: 'team', id: 'sales' }, closedTo('billing'), policies)).toEqual([]);
});

test('a later step takes a longer wait', () => {
  const overflow = ['repairs', 'sales'].map((teamId) => ({ afterSeconds: 60, teamId }));
  expect(faultsOf(billing, { ...usualRouting, overflow })).toEqual(['/settings/overflow/1/afterSeconds']);
});

test('hours without a single day are refused: nobody would ever be given anything', () => {
  const never = { ...usualRouting, hours: { timeZone: 'UTC', days: [] } };
  expect(faultsOf(billing, never)).toEqual(['/settings/hours/days']);
});

test('a skill is asked for at one level', () => {
  const skills = [
    { skill: 'de', level: 2 },
    { skill: 'de', level: 4 },
  ];
  expect(faultsOf(billing, { ...usualRouting, skills })).toEqual(['/settings/skills/1/skill']);
});
