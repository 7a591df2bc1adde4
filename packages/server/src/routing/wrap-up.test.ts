import { type RoutingOf, usualRouting } from '@helpline/protocol';
import type { AgentClient } from '@helpline/sdk/agent';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCustomer } from '../testing/customers.js';
import { type House, type InboxName, openHouse } from '../testing/house.js';
import { Policies } from './policy/policies.js';

const patient = { timeout: 15_000 };

let house: House;
let ana: AgentClient;

beforeEach(async () => {
  house = await openHouse('wrap-up');
  ana = await house.signIn('ana');
  await ana.setAvailability('available');
});

afterEach(() => house.close());

const wrapUpFor = (wrapUpSeconds: number, of: RoutingOf = { kind: 'workspace' }) =>
  new Policies(house.db).set('tulip-house', of, { ...usualRouting, wrapUpSeconds });

async function givenTo(agent: AgentClient, inbox?: InboxName): Promise<string> {
  const conversationId = await aCustomer(house.url, inbox);
  await expect
    .poll(async () => (await agent.list({ view: 'mine' })).items.map(({ id }) => id), patient)
    .toContain(conversationId);
  return conversationId;
}

/** A conversation that is Ana's. */
const anas = (): Promise<string> => givenTo(ana);

test('who resolved his conversation has the time of its policy to himself; work in it counts as wrapping up', async () => {
  await wrapUpFor(8);
  const conversationId = await anas();
  await (await ana.open(conversationId)).resolve();
  const wrapUp = { availability: 'wrap_up', stint: { by: { kind: 'desk', why: 'resolved' } } };
  await expect.poll(() => ana.me, patient).toMatchObject(wrapUp);
  const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  const day = { agentId: 'ana', from: from ?? '', to: to ?? '' };
  const work = expect.arrayContaining([expect.objectContaining({ conversationId, kind: 'wrap_up' })]);
  const worked = () => {
    ana.lookAt(conversationId, 'focused'); // as his page says again and again
    return ana.workIntervals(day);
  };
  await expect.poll(worked, patient).toEqual(work);
  const back = { availability: 'available', stint: { by: { kind: 'desk', why: 'wrapped_up' } } };
  await expect.poll(() => ana.me, patient).toMatchObject(back);
});

test('one word ends it; another’s resolving, and a break, do not begin it', async () => {
  await wrapUpFor(600);
  const ids = [await anas(), await anas()];
  const dana = await house.signIn('dana');
  await (await dana.open(ids[0] ?? '')).resolve();
  await (await ana.open(ids[1] ?? '')).resolve();
  await expect.poll(() => ana.me?.availability, patient).toBe('wrap_up');
  await ana.setAvailability('available');
  const third = await anas();
  await ana.setAvailability('break');
  await (await ana.open(third)).resolve();
  const fourth = await aCustomer(house.url);
  await (await dana.open(fourth)).assign('dana');
  await dana.setAvailability('available');
  await (await dana.open(fourth)).resolve();
  await expect.poll(() => dana.me?.availability, patient).toBe('wrap_up'); // all before has been looked at
  expect(ana.me?.availability).toBe('break');
});

test('there is none where nobody asked for it', async () => {
  const ofRepairs: RoutingOf = { kind: 'inbox', id: 'repairs-chat' };
  await wrapUpFor(600, ofRepairs);
  const ben = await house.signIn('ben');
  const first = await anas();
  await ben.setAvailability('available');
  const second = await givenTo(ben, 'repairs');
  await (await ana.open(first)).resolve();
  await (await ben.open(second)).resolve();
  await expect.poll(() => ben.me?.availability, patient).toBe('wrap_up'); // Ana's has been looked at before
  expect(ana.me?.availability).toBe('available');
});
