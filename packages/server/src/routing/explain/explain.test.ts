import { type Explanation, type RoutingSettings, usualRouting } from '@helpline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askByHttp } from '../../testing/ask.js';
import { aCustomer } from '../../testing/customers.js';
import { type House, openHouse, type PersonName } from '../../testing/house.js';

let house: House;

beforeEach(async () => {
  house = await openHouse('explain');
});

afterEach(() => house.close());

async function ask(conversationId: string, as: PersonName = 'dana') {
  return askByHttp(house.url, 'conversation.explain', { conversationId }, { cookie: await house.cookieOf(as) });
}

const explained = async (conversationId: string) => (await ask(conversationId)).body as Explanation;

async function setRouting(more: Partial<RoutingSettings>): Promise<void> {
  const set = { of: { kind: 'workspace' }, settings: { ...usualRouting, ...more } };
  const answer = await askByHttp(house.url, 'routing.set', set, { cookie: await house.cookieOf('emil') });
  expect(answer.status).toBe(200);
}

test('for whoever waits: what keeps each agent from him', async () => {
  await (await house.signIn('ana')).setAvailability('break');
  const id = await aCustomer(house.url);
  const { waiting, decisions } = await explained(id);
  expect(decisions).toEqual([]);
  expect(waiting?.reason.candidates.map(({ agentId, why }) => [agentId, why])).toEqual(
    expect.arrayContaining([
      ['ana', 'not_available'],
      ['chiara', 'not_of_brand'],
    ]),
  );
  expect(waiting?.reason.candidates.some(({ chosen }) => chosen)).toBe(false);
});

test('for whoever waits while nothing is given out: that, who could get it, and when it changes', async () => {
  const notToday = { day: (new Date().getUTCDay() + 3) % 7, from: '09:00', to: '10:00' };
  const hours = { timeZone: 'UTC', days: [notToday] };
  await setRouting({ hours, anybodyAfterSeconds: 3_600, skills: [{ skill: 'de', level: 2 }] });
  const id = await aCustomer(house.url);
  const { waiting } = await explained(id);
  expect(waiting).toMatchObject({
    of: { kind: 'workspace' },
    skills: [{ skill: 'de', level: 2 }],
    reason: { policy: 'balanced/1', blocked: 'closed' },
    next: [{ kind: 'skills_relaxed' }, { kind: 'opens' }],
  });
});

test('for whoever has it: the reason that was written down, however much changed since', async () => {
  const ana = await house.signIn('ana');
  await ana.setAvailability('available');
  const id = await aCustomer(house.url);
  await expect.poll(async () => (await explained(id)).decisions.length).toBe(1);
  await ana.setAvailability('offline');
  const { waiting, decisions } = await explained(id);
  expect(waiting).toBeNull();
  expect(decisions).toMatchObject([
    {
      kind: 'assigned',
      agentId: 'ana',
      by: { kind: 'system' },
      reason: { candidates: [{ agentId: 'ana', why: 'only_one' }, {}, {}, {}, {}] },
    },
  ]);
});

test('for what a person gave to somebody: who did', async () => {
  const id = await aCustomer(house.url);
  const dana = await house.signIn('dana');
  await (await dana.open(id)).assign('ben');
  expect((await explained(id)).decisions).toMatchObject([{ agentId: 'ben', by: { id: 'dana' }, reason: null }]);
});

test('explaining changes nothing, and whoever may not see the conversation learns nothing', async () => {
  const id = await aCustomer(house.url, 'north');
  const before = await house.db.collection('entries').countDocuments();
  await explained(id);
  expect(await house.db.collection('entries').countDocuments()).toBe(before);
  expect((await ask(id, 'ana')).status).toBe(404);
  expect((await ask(id, 'olga')).status).toBe(404);
});
