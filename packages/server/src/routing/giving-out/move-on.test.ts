import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConversationState } from '../../journal/index.js';
import { TestQueue } from '../testing/test-queue.js';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.open('move-on');
});
afterEach(async () => {
  vi.useRealTimers();
  await queue.close();
});

/** It is then, for everybody; nothing else stands still. */
const itIs = (instant: string) => vi.setSystemTime(new Date(instant));
const stored = async (id: string): Promise<ConversationState | null> =>
  queue.db.collection<ConversationState>('conversations').findOne({ _id: id });

/** Looks until nothing moves any more; gives the teams it came to. */
async function wayOf(id: string): Promise<(string | null)[]> {
  const way: (string | null)[] = [];
  for (let still = 0; still < 2; still++) {
    const { seq, teamId } = await queue.stateOf(id);
    if (way.at(-1) !== teamId) still = 0;
    if (way.at(-1) !== teamId) way.push(teamId);
    await expect.poll(async () => (await stored(id))?.seq).toBe(seq);
    await queue.look();
  }
  return way;
}

const everyDay = (from: string, to: string) => ({
  timeZone: 'UTC',
  days: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from, to })),
});

describe('what nobody took in time', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-07T12:00:00Z') }));

  const steps = [
    { afterSeconds: 30, teamId: 'second' },
    { afterSeconds: 60, teamId: 'third' },
  ];

  test('goes to the next team each time it is due, and waits there as long as it has waited', async () => {
    await queue.policy({ overflow: steps });
    const [id = ''] = await queue.waiting(1);
    const { waitingSince } = await queue.stateOf(id);
    expect(await queue.look()).toEqual(new Date('2030-01-07T12:00:30Z'));
    itIs('2030-01-07T12:00:30Z');
    expect(await wayOf(id)).toEqual([null, 'second']);
    expect(await queue.look()).toEqual(new Date('2030-01-07T12:01:00Z'));
    itIs('2030-01-07T12:01:00Z');
    expect(await wayOf(id)).toEqual(['second', 'third']);
    expect(await queue.stateOf(id)).toMatchObject({ handler: 'queue', waitingSince });
    expect(await queue.look()).toBeNull();
  });

  test('goes by every team on its way, and whoever is free there gets it', async () => {
    await queue.policy({ overflow: steps });
    const [id = '', next = ''] = await queue.waiting(2);
    await queue.agent('ben', 1, 'tulips', ['second']);
    await queue.node.staff.setAvailability('ben', 'break');
    itIs('2030-01-07T13:00:00Z');
    expect(await wayOf(id)).toEqual([null, 'second', 'third']);
    expect((await queue.stateOf(next)).teamId).toBe('third');
  });

  test('never goes in circles, whatever the lists of the teams on its way say', async () => {
    const back = [{ afterSeconds: 1, teamId: 'first' }];
    await queue.policy({ overflow: [{ afterSeconds: 1, teamId: 'second' }] }, { kind: 'team', id: 'first' });
    await queue.policy({ overflow: back }, { kind: 'team', id: 'second' });
    const [id = ''] = await queue.waiting(1, 'tulips', 'first');
    itIs('2030-01-07T13:00:00Z');
    expect(await wayOf(id)).toEqual(['first', 'second']);
  });

  test('stays where it is while its own team has closed', async () => {
    await queue.policy({ overflow: steps, hours: everyDay('08:00', '13:00') });
    const [id = ''] = await queue.waiting(1);
    itIs('2030-01-07T14:00:00Z');
    expect(await wayOf(id)).toEqual([null]);
    expect(await queue.look()).toEqual(new Date('2030-01-08T08:00:00Z'));
    itIs('2030-01-08T08:00:00Z');
    expect(await wayOf(id)).toEqual([null, 'second', 'third']);
  });
});

describe('outside of the hours', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-07T20:00:00Z') }));

  test('it waits for them, and is given out when they begin', async () => {
    await queue.agent('ana', 1);
    await queue.policy({ hours: everyDay('08:00', '18:00') });
    const [id = ''] = await queue.waiting(1);
    expect(await queue.look()).toEqual(new Date('2030-01-08T08:00:00Z'));
    expect(await queue.assigneesOf([id])).toEqual([null]);
    itIs('2030-01-08T08:00:00Z');
    expect(await queue.look()).toEqual(new Date('2030-01-08T18:00:00Z'));
    expect(await queue.assigneesOf([id])).toEqual(['ana']);
  });

  test('another team has it, once: not even that one’s hours send it back', async () => {
    const hours = everyDay('08:00', '18:00');
    await queue.policy({ hours, whenClosed: { kind: 'team', teamId: 'night' } }, { kind: 'team', id: 'day' });
    await queue.policy({ hours, whenClosed: { kind: 'team', teamId: 'day' } }, { kind: 'team', id: 'night' });
    const [id = ''] = await queue.waiting(1, 'tulips', 'day');
    const { waitingSince } = await queue.stateOf(id);
    expect(await wayOf(id)).toEqual(['day', 'night']);
    expect(await queue.stateOf(id)).toMatchObject({ waitingSince, rerouted: { homeTeamId: 'day', asClosed: true } });
  });

  test('those who wait for somebody else do not wait behind it', async () => {
    await queue.agent('ana', 1);
    await queue.policy({ hours: everyDay('08:00', '18:00') }, { kind: 'inbox', id: 'roses' });
    await queue.waiting(3, 'roses');
    const ids = await queue.waiting(1);
    await queue.look();
    expect(await queue.assigneesOf(ids)).toEqual(['ana']);
  });
});

test('whoever is asked for skills that nobody has is anybody’s after a while', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-07T12:00:00Z') });
  await queue.agent('ana', 1);
  await queue.policy({ skills: [{ skill: 'pumps', level: 1 }], anybodyAfterSeconds: 90 });
  const ids = await queue.waiting(1);
  expect(await queue.look()).toEqual(new Date('2030-01-07T12:01:30Z'));
  expect(await queue.assigneesOf(ids)).toEqual([null]);
  itIs('2030-01-07T12:01:30Z');
  await queue.look();
  expect(await queue.assigneesOf(ids)).toEqual(['ana']);
});

test('what waits for a team that is no more is everybody’s', async () => {
  const [kept = ''] = await queue.waiting(1, 'tulips', 'sales');
  const [lost = ''] = await queue.waiting(1, 'tulips', 'repairs');
  await queue.node.workspaces.removeTeam('shop', 'repairs');
  expect(await wayOf(lost)).toEqual(['repairs', null]);
  expect(await wayOf(kept)).toEqual(['sales']);
  await queue.agent('ana', 2);
  await queue.look();
  expect(await queue.assigneesOf([lost, kept])).toEqual(['ana', null]);
});

test('what overflowed into a team that is no more goes home again, and nothing goes there any more', async () => {
  const [id = ''] = await queue.waiting(1, 'tulips', 'sales');
  const overflow = [{ afterSeconds: 1, teamId: 'repairs' }];
  await queue.policy({ overflow }, { kind: 'team', id: 'sales' });
  const teamAfterALook = async () => {
    await queue.look();
    return (await queue.stateOf(id)).teamId;
  };
  await expect.poll(teamAfterALook).toBe('repairs');
  await queue.node.workspaces.removeTeam('shop', 'repairs');
  expect(await wayOf(id)).toEqual(['repairs', 'sales']);
  const { seq } = await queue.stateOf(id);
  for (let looks = 0; looks < 3; looks++) await queue.look();
  expect((await queue.stateOf(id)).seq).toBe(seq);
});
