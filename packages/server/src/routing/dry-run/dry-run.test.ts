import { type DryRunResult, type Output, type RoutingSettings, usualRouting } from '@helpline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askByHttp } from '../../testing/ask.js';
import { aCustomer } from '../../testing/customers.js';
import { type House, openHouse, type PersonName } from '../../testing/house.js';

let house: House;

beforeEach(async () => {
  house = await openHouse('dry-run', { manyNodes: true });
});

afterEach(() => house.close());

const ask = async (door: 'routing.dryRun' | 'routing.dryRunResult', input: object, as: PersonName = 'dana') =>
  askByHttp(house.url, door, { ...input }, { cookie: await house.cookieOf(as) });

const asked = (more: Partial<RoutingSettings>) => ({
  of: { kind: 'workspace' },
  settings: { ...usualRouting, ...more },
  days: 7,
  breachMinutes: 10,
});

async function tried(more: Partial<RoutingSettings>): Promise<DryRunResult> {
  const { runId } = (await ask('routing.dryRun', asked(more))).body as Output<'routing.dryRun'>;
  const result = async () =>
    ((await ask('routing.dryRunResult', { runId })).body as Output<'routing.dryRunResult'>).result;
  await expect.poll(result).not.toBeNull();
  return (await result()) as DryRunResult;
}

async function aMorning(): Promise<void> {
  const ana = await house.signIn('ana');
  await ana.setAvailability('available');
  const ids = [await aCustomer(house.url), await aCustomer(house.url)];
  const dana = await house.signIn('dana');
  for (const id of ids) {
    const open = await dana.open(id);
    await expect.poll(() => open.conversation?.assigneeId).toBe('ana');
    await open.resolve();
  }
  const last = await dana.open(await aCustomer(house.url));
  await expect.poll(() => last.conversation?.assigneeId).toBe('ana');
  await ana.setAvailability('offline');
}

test('what came is gone through anew by both settings, beside it stands what really was, and nothing is written', async () => {
  await aMorning();
  const before = await house.db.collection('entries').countDocuments();
  const result = await tried({ skills: [{ skill: 'tulips', level: 5 }] });
  expect(result).toMatchObject({ conversations: 3, isCutOff: false, guessedPresence: 0, breachMinutes: 10 });
  expect([result.recorded.neverGiven, result.current.neverGiven, result.changed.neverGiven]).toEqual([0, 0, 3]);
  expect(result.current.waits).toHaveLength(21);
  expect(result.agents).toMatchObject([{ agentId: 'ana', current: { given: 3 }, changed: { given: 0, hours: 0 } }]);
  expect(await house.db.collection('entries').countDocuments()).toBe(before);
  expect(await house.db.collection('routingPolicies').countDocuments()).toBe(0);
});

test('only those who may see the settings may try others, and one workspace learns nothing of another', async () => {
  expect((await ask('routing.dryRun', asked({}), 'ana')).status).toBe(403);
  const { runId } = (await ask('routing.dryRun', asked({}))).body as Output<'routing.dryRun'>;
  expect((await ask('routing.dryRunResult', { runId }, 'olga')).status).toBe(404);
});

test('it tells of all brands, so it is for whoever has them all', async () => {
  await house.db.collection<{ _id: string }>('agents').updateOne({ _id: 'dana' }, { $set: { brandIds: ['tulips'] } });
  expect((await ask('routing.dryRun', asked({}))).status).toBe(403);
});

test('it is known on the other nodes, too', async () => {
  const { runId } = (await ask('routing.dryRun', asked({}))).body as Output<'routing.dryRun'>;
  const { url } = await house.anotherNode();
  const there = () => askByHttp(url, 'routing.dryRunResult', { runId }, { cookie });
  const cookie = await house.cookieOf('dana');
  await expect.poll(there).toMatchObject({ status: 200, body: { done: 1, result: { conversations: 0 } } });
});
