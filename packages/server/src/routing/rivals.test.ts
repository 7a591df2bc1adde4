import { type RoutingSettings, usualRouting } from '@helpline/protocol';
import type { AgentClient } from '@helpline/sdk/agent';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConversationState } from '../journal/index.js';
import type { StaffMember } from '../staff/index.js';
import { aCustomer, customersInLine } from '../testing/customers.js';
import { type House, type InboxName, type NodeOfHouse, openHouse, type PersonName } from '../testing/house.js';
import { Policies } from './policy/policies.js';

/* What people report of other desks' routing, told as it must be here. */

let house: House;
let dana: AgentClient;

beforeEach(async () => {
  house = await openHouse('rivals', { manyNodes: true });
  dana = await house.signIn('dana');
});

afterEach(() => house.close());

const isSet = (name: string, change: Partial<StaffMember>) =>
  house.db.collection<StaffMember>('agents').updateOne({ _id: name }, { $set: change });

const settingsAre = (settings: Partial<RoutingSettings>) =>
  new Policies(house.db).set('tulip-house', { kind: 'workspace' }, { ...usualRouting, ...settings });

const takes = (name: PersonName, chats: number) => isSet(name, { capacity: { chat: chats, email: 0 } });

async function comes(name: PersonName, node: NodeOfHouse = house): Promise<AgentClient> {
  const agent = await node.signIn(name);
  await agent.setAvailability('available');
  return agent;
}

const resolves = async (conversationId = '') => (await dana.open(conversationId)).resolve();

async function assigneesOf(ids: string[]): Promise<(string | null)[]> {
  const states = house.db.collection<ConversationState>('conversations');
  const found = await states.find({ _id: { $in: ids } }).toArray();
  const by = new Map(found.map(({ _id, assigneeId, handler }) => [_id, handler === 'none' ? 'resolved' : assigneeId]));
  return ids.map((id) => by.get(id) ?? null);
}

/** How many of these each has. */
async function shares(ids: string[]): Promise<Record<string, number>> {
  const shared: Record<string, number> = {};
  for (const name of await assigneesOf(ids)) shared[name ?? 'nobody'] = (shared[name ?? 'nobody'] ?? 0) + 1;
  return shared;
}

/** Chiara, of another brand, gets what came last of all: by then whatever could be given out has been. */
async function everyTurnHasCome(): Promise<void> {
  const last = await aCustomer(house.url, 'north');
  await expect.poll(() => assigneesOf([last])).toEqual(['chiara']);
  await resolves(last);
}

const atOnce = (count: number, nodes: NodeOfHouse[], inbox?: InboxName): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => aCustomer(nodes[i % nodes.length]?.url ?? '', inbox)));

describe('what waits', () => {
  test('Chatwoot #10376: is given out in the order in which it came, before whatever comes later', async () => {
    await takes('ana', 1);
    await comes('ana');
    const line = await customersInLine(house.url, 3);
    await expect.poll(() => assigneesOf(line)).toEqual(['ana', null, null]);
    for (let next = 1; next < 4; next++) {
      line.push(await aCustomer(house.url));
      await resolves(line[next - 1]);
      await expect.poll(() => assigneesOf(line)).toEqual(line.map((_, place) => whoHas(place, next)));
    }
  });

  test('Chatwoot #10583: is given out when a chat is resolved; who comes after it waits in its stead', async () => {
    await takes('ana', 3);
    await comes('ana');
    const [first, second, third, fourth] = await customersInLine(house.url, 4);
    const all = [first, second, third, fourth].map((id) => id ?? '');
    await expect.poll(() => assigneesOf(all)).toEqual(['ana', 'ana', 'ana', null]);
    await resolves(second);
    await expect.poll(() => assigneesOf(all)).toEqual(['ana', 'resolved', 'ana', 'ana']);
    all.push(await aCustomer(house.url));
    await resolves(first);
    await expect.poll(() => assigneesOf(all)).toEqual(['resolved', 'resolved', 'ana', 'ana', 'ana']);
  });
});

/** While the one at `next` is in hand: those before him are through, those after him wait. */
const whoHas = (place: number, next: number) => (place === next ? 'ana' : place < next ? 'resolved' : null);

describe('who is there', () => {
  test('Chatwoot #11034: has as many as the others, however many come at once', async () => {
    const names: PersonName[] = ['ana', 'ben', 'dana'];
    for (const name of names) await takes(name, 4);
    for (const name of names) await comes(name);
    const ids = await atOnce(9, [house]);
    await expect.poll(() => shares(ids)).toEqual({ ana: 3, ben: 3, dana: 3 });
  });

  test('Chatwoot #13050: is given nothing beyond what he can take: it waits for whoever is free first', async () => {
    await Promise.all([takes('ana', 1), takes('ben', 2)]);
    for (const name of ['ana', 'ben', 'chiara'] as const) await comes(name);
    const ids = await atOnce(12, [house, await house.anotherNode()]);
    await everyTurnHasCome();
    expect(await shares(ids)).toEqual({ ana: 1, ben: 2, nobody: 9 });
    await resolves(ids[(await assigneesOf(ids)).indexOf('ben')]);
    await expect.poll(() => shares(ids)).toEqual({ ana: 1, ben: 2, nobody: 8, resolved: 1 });
  });

  test('Rocket.Chat #24693: gets the chat that nobody would have, if whoever was chosen is gone by then', async () => {
    await Promise.all([comes('ana'), comes('ben')]);
    const { staff } = house.app;
    const takeSlot = staff.takeSlot.bind(staff);
    const gone: string[] = [];
    vi.spyOn(staff, 'takeSlot').mockImplementationOnce(async (agentId, ...rest) => {
      gone.push(agentId);
      await isSet(agentId, { availability: 'offline' });
      return takeSlot(agentId, ...rest);
    });
    const conversationId = await aCustomer(house.url);
    await expect.poll(() => assigneesOf([conversationId])).not.toEqual([null]);
    expect([...(await assigneesOf([conversationId])), ...gone].toSorted()).toEqual(['ana', 'ben']);
  });

  test('Rocket.Chat #22105: sees every chat that he may pull in his queue, at whichever node it came in', async () => {
    const other = await house.anotherNode();
    await settingsAre({ strategy: 'manual' });
    const ana = await comes('ana', other);
    const seen = new Set<string>();
    ana.on('conversation', ({ id, handler }) => handler === 'queue' && seen.add(id));
    const ids = await atOnce(20, [house, other]);
    await expect.poll(() => [...seen].toSorted()).toEqual(ids.toSorted());
    expect((await ana.list({ view: 'queue' })).items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });
});

describe('a cap', () => {
  test('Tiledesk: of one’s own counts also where it is the lower one: of a trainee, and of all channels', async () => {
    await isSet('ana', { capacity: { chat: 5, email: 5 }, isTrainee: true });
    await isSet('ben', { capacity: { chat: 5, email: 5 }, atOnce: 2 });
    await settingsAre({ ceilings: { chat: 8, email: null } });
    for (const name of ['ana', 'ben', 'chiara'] as const) await comes(name);
    const ids = await atOnce(9, [house]);
    await everyTurnHasCome();
    expect(await shares(ids)).toEqual({ ana: 3, ben: 2, nobody: 4 });
  });

  test('Chatwoot #13050: of the inbox holds beside those of its agents, on every node', async () => {
    await Promise.all([takes('ana', 5), takes('ben', 5)]);
    await settingsAre({ ceilings: { chat: 3, email: null } });
    const other = await house.anotherNode();
    await comes('ana');
    await comes('ben', other);
    await comes('chiara');
    const ids = await atOnce(7, [house, other]);
    await everyTurnHasCome();
    expect((await shares(ids)).nobody).toBe(4);
    await resolves(ids[(await assigneesOf(ids)).indexOf('ana')]);
    await expect.poll(() => shares(ids)).toMatchObject({ nobody: 3, resolved: 1 });
  });
});
