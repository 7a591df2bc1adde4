import type { AvailabilityInterval, SetBy } from '@helpline/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Staff } from './staff.js';
import { StaffStore } from './store.js';

const minute = 60_000;
const dana: SetBy = { kind: 'supervisor', id: 'dana', name: 'Dana' };

let database: OpenDatabase;
let staff: Staff;
let store: StaffStore;
let leading: { ending: AbortController; ended: Promise<void> }[] = [];

beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('availability'));
  staff = new Staff(database.db);
  store = new StaffStore(database.db);
  await staff.prepare();
});

afterEach(async () => {
  for (const { ending } of leading) ending.abort();
  await Promise.all(leading.map(({ ended }) => ended));
  leading = [];
});

afterAll(() => database.close());

async function someone(workspaceId = 'shop'): Promise<string> {
  const _id = newId();
  const [email, password] = [`${_id}@tulips.example`, 'a-long-password'];
  const capacity = { chat: 3, email: 5 };
  const ana = { _id, workspaceId, name: 'Ana', email, password, role: 'agent', brandIds: [], teamIds: [], capacity };
  await staff.add({ ...ana, role: 'agent' });
  return _id;
}

/** As the leading node does, until the test ends. */
function keep(node = staff, awayAfterMs = 0): void {
  const ending = new AbortController();
  const ended = node.availability.keep(ending.signal, awayAfterMs, createLogger('silent'));
  leading.push({ ending, ended });
}

const now = (agentId: string) => staff.member('shop', agentId);

const today = async (agentId: string): Promise<AvailabilityInterval[]> =>
  staff.availability.intervals(
    await now(agentId),
    new Date(Date.now() - 60 * minute),
    new Date(Date.now() + 60 * minute),
  );

const written = (agentId: string) => store.intervals.find({ agentId }).sort({ n: 1 }).toArray();

function expectWhole(intervals: AvailabilityInterval[]): void {
  expect(intervals.filter(({ to }) => to === null)).toHaveLength(1);
  expect(intervals.slice(1).map(({ from }) => from)).toEqual(intervals.slice(0, -1).map(({ to }) => to));
}

describe('somebody’s day', () => {
  test('says how he was, from when to when, who said so and why', async () => {
    const ana = await someone();
    const lunch = await staff.reasons.add('shop', { availability: 'break', name: 'Lunch' });
    await staff.setAvailability(ana, 'available');
    await staff.setAvailability(ana, 'break', { reasonId: lunch.id });
    await staff.reasons.remove('shop', lunch.id);
    await staff.setAvailability(ana, 'training', { by: dana });
    const day = await today(ana);
    const self = { kind: 'self' };
    expect(day).toMatchObject([
      { availability: 'offline', by: self, reason: null },
      { availability: 'available', by: self, reason: null },
      { availability: 'break', by: self, reason: { id: lunch.id, name: 'Lunch' } },
      { availability: 'training', by: dana, reason: null, to: null },
    ]);
    expectWhole(day);
  });

  test('has no gap and no overlap, whoever changes it at once, also while it is written down', async () => {
    const ana = await someone();
    const nodes = [staff, new Staff(database.db), new Staff(database.db)];
    for (const node of nodes) keep(node); // leaders of the past among them
    const wanted = ['available', 'busy', 'break', 'available', 'training', 'offline'] as const;
    await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        await nodes[i % 3]?.setAvailability(ana, wanted[i % 6] ?? 'busy', i % 2 ? { by: dana } : {});
        expectWhole(await today(ana));
      }),
    );
    const { stint } = await now(ana);
    await expect.poll(async () => (await written(ana)).map(({ n }) => n)).toEqual([...Array(stint.n).keys()].slice(1));
    await expect.poll(async () => (await now(ana)).endedStints).toEqual([]);
    expect(await today(ana)).toHaveLength(stint.n);
  });

  test('is the same when its writing down broke off and is done again', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'available');
    await staff.setAvailability(ana, 'busy');
    const { endedStints } = await now(ana);
    const before = await today(ana);
    keep();
    await expect.poll(() => written(ana)).toHaveLength(2);
    await expect.poll(async () => (await now(ana)).endedStints).toEqual([]);
    await store.agents.updateOne({ _id: ana }, { $set: { endedStints } }); // as if the node had died in between
    expect(await today(ana)).toEqual(before);
    await expect.poll(async () => (await now(ana)).endedStints).toEqual([]);
    expect(await today(ana)).toEqual(before);
  });

  test('begins nothing new when the same is said again', async () => {
    const ana = await someone();
    const first = await staff.setAvailability(ana, 'available');
    expect(await staff.setAvailability(ana, 'available')).toEqual(first);
    const { stint } = await staff.setAvailability(ana, 'available', { by: dana });
    expect(stint).toMatchObject({ n: first.stint.n + 1, by: dana });
  });

  test('of before or after is not in it', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'available');
    const [early, late] = [-120, -60].map((minutes) => new Date(Date.now() + minutes * minute));
    expect(await staff.availability.intervals(await now(ana), early ?? new Date(), late ?? new Date())).toEqual([]);
  });
});

describe('a reason', () => {
  test('is the workspace’s own, and goes with one availability', async () => {
    const ana = await someone();
    const lunch = await staff.reasons.add('shop', { availability: 'break', name: 'Lunch' });
    const walk = await staff.reasons.add('other shop', { availability: 'break', name: 'Walk' });
    const refused = { code: 'unprocessable' };
    await expect(staff.setAvailability(ana, 'busy', { reasonId: lunch.id })).rejects.toMatchObject(refused);
    await expect(staff.setAvailability(ana, 'break', { reasonId: walk.id })).rejects.toMatchObject(refused);
    await expect(staff.reasons.remove('shop', walk.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await now(ana)).availability).toBe('offline');
    expect(await staff.reasons.add('shop', { availability: 'break', name: 'Lunch' })).toEqual(lunch);
    expect((await staff.reasons.all('shop')).filter(({ name }) => name === 'Lunch')).toEqual([lunch]);
  });
});

describe('who misses an offer', () => {
  test('is busy until he says otherwise, and not busy again for the same one', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'available');
    const ranOut = new Date();
    await staff.missedOffer(ana, ranOut);
    expect(await now(ana)).toMatchObject({
      availability: 'busy',
      stint: { by: { kind: 'desk', why: 'missed_offer' } },
    });
    await staff.setAvailability(ana, 'available');
    await staff.missedOffer(ana, ranOut);
    expect((await now(ana)).availability).toBe('available');
  });

  test('stays as he is if he was not available anyway', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'break');
    await staff.missedOffer(ana);
    expect(await now(ana)).toMatchObject({ availability: 'break', stint: { by: { kind: 'self' } } });
  });
});

describe('wrapping up', () => {
  const soon = () => new Date(Date.now() + 500);
  const later = () => new Date(Date.now() + minute);

  test('ends by itself, whichever node leads by then', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'available');
    await staff.availability.wrapUp(ana, 'kettle', new Date(), soon());
    expect(await now(ana)).toMatchObject({ availability: 'wrap_up', stint: { by: { kind: 'desk', why: 'resolved' } } });
    keep(new Staff(database.db));
    await expect.poll(async () => (await now(ana)).availability, { timeout: 5_000 }).toBe('available');
    expect((await now(ana)).stint).toMatchObject({ by: { kind: 'desk', why: 'wrapped_up' }, until: null });
  });

  test('ends by a word of his, and does not begin again when it is told once more', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'available');
    const [resolvedAt, until] = [new Date(), later()];
    await staff.availability.wrapUp(ana, 'kettle', resolvedAt, until);
    const { stint } = await now(ana);
    await staff.availability.wrapUp(ana, 'kettle', resolvedAt, until);
    expect((await now(ana)).stint).toEqual(stint);
    await staff.setAvailability(ana, 'available');
    await staff.availability.wrapUp(ana, 'kettle', resolvedAt, until);
    expect((await now(ana)).availability).toBe('available');
  });

  test('takes as long as the last of several needs, as one interval', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'available');
    await staff.availability.wrapUp(ana, 'kettle', new Date(), soon());
    const until = later();
    await staff.availability.wrapUp(ana, 'toaster', new Date(), until);
    keep();
    expect((await now(ana)).stint).toMatchObject({ n: 3, until, conversationId: 'toaster' });
    expect(await staff.availability.kindOfWork(ana, 'toaster', false)).toBe('wrap_up');
    expect(await staff.availability.kindOfWork(ana, 'kettle', true)).toBe('active');
  });

  test('is only for who was available, and for whom nobody has said otherwise since', async () => {
    const ana = await someone();
    await staff.setAvailability(ana, 'break');
    await staff.availability.wrapUp(ana, 'kettle', new Date(), later());
    expect((await now(ana)).availability).toBe('break');
  });

  test('that he chose himself has no end of its own', async () => {
    const [ana, ben] = [await someone(), await someone()];
    await staff.setAvailability(ana, 'wrap_up');
    await staff.setAvailability(ben, 'available');
    await staff.availability.wrapUp(ben, 'kettle', new Date(), soon());
    keep();
    await expect.poll(async () => (await now(ben)).availability, { timeout: 5_000 }).toBe('available');
    expect((await now(ana)).availability).toBe('wrap_up');
  });
});
