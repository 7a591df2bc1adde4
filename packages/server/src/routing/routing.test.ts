import type { AgentEntry, Conversation } from '@helpline/protocol';
import type { AgentClient } from '@helpline/sdk/agent';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askByHttp } from '../testing/ask.js';
import { aCustomerWhoAsks, customersInLine } from '../testing/customers.js';
import { type House, openHouse } from '../testing/house.js';

let house: House;
let dana: AgentClient;
let danaCookie: string;

beforeEach(async () => {
  house = await openHouse('routing');
  dana = await house.signIn('dana');
  danaCookie = await house.cookieOf('dana');
});

afterEach(() => house.close());

async function fresh(conversationId: string): Promise<Conversation> {
  const asker = { cookie: danaCookie };
  return (await askByHttp(house.url, 'conversation.get', { conversationId }, asker)).body as Conversation;
}

const assigneesOf = (ids: string[]) => Promise.all(ids.map(async (id) => (await fresh(id)).assigneeId));

const usedBy = async (agentId: string) => (await dana.agents()).find(({ id }) => id === agentId)?.used.chat;

describe('whoever becomes free', () => {
  test('gets at once who has waited longest, up to his capacity and no more', async () => {
    const ids = await customersInLine(house.url, 4);
    const ana = await house.signIn('ana');
    await ana.setAvailability('available');
    await expect.poll(() => assigneesOf(ids)).toEqual(['ana', 'ana', null, null]);
    expect(ana.me).toMatchObject({ used: { chat: 2 } });

    await (await dana.open(ids[0] ?? '')).resolve();
    await expect.poll(() => assigneesOf(ids)).toEqual(['ana', 'ana', 'ana', null]);
    await (await dana.open(ids[1] ?? '')).assign(null);
    await expect.poll(() => assigneesOf(ids)).toEqual(['ana', null, 'ana', 'ana']);
    expect(await usedBy('ana')).toBe(2);
  });

  test('by going gets nothing more, and keeps what he has', async () => {
    const ana = await house.signIn('ana');
    await ana.setAvailability('available');
    const [first = ''] = await customersInLine(house.url, 1);
    await expect.poll(() => assigneesOf([first])).toEqual(['ana']);
    await ana.setAvailability('break');
    const [second = ''] = await customersInLine(house.url, 1);
    const ben = await house.signIn('ben');
    await ben.setAvailability('available');
    await expect.poll(() => assigneesOf([first, second])).toEqual(['ana', 'ben']);
  });

  test('gets only what is of his brand and team', async () => {
    const ids = [
      ...(await customersInLine(house.url, 1, 'repairs')),
      ...(await customersInLine(house.url, 1, 'north')),
      ...(await customersInLine(house.url, 1, 'tulips')),
    ];
    await (await house.signIn('ana')).setAvailability('available');
    await expect.poll(() => assigneesOf(ids)).toEqual([null, null, 'ana']);
    await (await house.signIn('chiara')).setAvailability('available');
    await (await house.signIn('ben')).setAvailability('available');
    await expect.poll(() => assigneesOf(ids)).toEqual(['ben', 'chiara', 'ana']);
  });
});

test('two free agents share evenly, and the entry says why it was him', async () => {
  for (const name of ['ana', 'ben'] as const) await (await house.signIn(name)).setAvailability('available');
  const ids = await customersInLine(house.url, 4);
  await expect.poll(async () => (await assigneesOf(ids)).toSorted()).toEqual(['ana', 'ana', 'ben', 'ben']);
  const conversation = await dana.open(ids[0] ?? '');
  await expect.poll(() => conversation.entries.some(({ type }) => type === 'assigned')).toBe(true);
  const assigned = conversation.entries.find((entry) => entry.type === 'assigned') as AgentEntry & { type: 'assigned' };
  expect(assigned).toMatchObject({ audience: 'internal', actor: { kind: 'system', id: 'routing' } });
  expect(assigned.payload.reason?.policy).toBe('balanced/0');
  expect(assigned.payload.reason?.candidates.map(({ agentId, why }) => [agentId, why])).toEqual(
    expect.arrayContaining([
      [assigned.payload.agentId, 'longest_without'],
      ['chiara', 'not_of_brand'],
      ['dana', 'not_available'],
    ]),
  );
  expect(assigned.payload.reason?.candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
});

test('a person may give somebody more than his capacity; what is taken away frees him', async () => {
  const ids = await customersInLine(house.url, 3);
  for (const id of ids) await (await dana.open(id)).assign('ana');
  await expect.poll(() => usedBy('ana')).toBe(3);
  await (await dana.open(ids[0] ?? '')).assign('ben');
  await expect.poll(async () => [await usedBy('ana'), await usedBy('ben')]).toEqual([2, 1]);
});

test('what is reopened, by an agent or by the customer, waits in the queue again', async () => {
  const { asker, conversationId } = await aCustomerWhoAsks(house.url);
  const conversation = await dana.open(conversationId);
  await conversation.assign('ana');
  await conversation.resolve();
  await expect.poll(() => usedBy('ana')).toBe(0);
  await expect(conversation.assign('ben')).rejects.toMatchObject({ code: 'unprocessable' });
  await expect(conversation.resolve()).rejects.toMatchObject({ code: 'already_done' });
  await conversation.reopen();
  expect(await fresh(conversationId)).toMatchObject({ status: 'open', handler: 'queue', assigneeId: null });
  await conversation.resolve();
  await askByHttp(house.url, 'visitor.send', { conversationId, clientId: 'c2', text: 'One more thing' }, asker);
  expect(await fresh(conversationId)).toMatchObject({ status: 'open', handler: 'queue' });
  await (await house.signIn('ana')).setAvailability('available');
  await expect.poll(() => assigneesOf([conversationId])).toEqual(['ana']);
});

test('lists say at once where a conversation is', async () => {
  const heard: string[] = [];
  dana.on('conversation', ({ handler, assigneeId, status }) => heard.push(`${status} ${handler} ${assigneeId}`));
  const [id = ''] = await customersInLine(house.url, 1);
  await expect.poll(() => heard).toEqual(['open queue null']);
  expect((await dana.list({ view: 'queue' })).items.map((one) => one.id)).toEqual([id]);
  await (await house.signIn('ana')).setAvailability('available');
  await expect.poll(() => heard.at(-1)).toBe('open agent ana');
  await (await dana.open(id)).resolve();
  await expect.poll(() => heard.at(-1)).toBe('resolved none ana');
  expect((await dana.list({ view: 'resolved' })).items.map((one) => one.id)).toEqual([id]);
  expect((await dana.list({ view: 'open' })).counts).toEqual({ mine: 0, queue: 0, open: 0 });
});
