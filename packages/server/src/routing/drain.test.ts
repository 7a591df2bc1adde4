import type { Actor } from '@helpline/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConversationStore, receive, resolve } from '../conversations/index.js';
import { Journal } from '../journal/index.js';
import { systemClock } from '../platform/clock.js';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { Leases } from '../platform/leases.js';
import { createLogger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Staff } from '../staff/index.js';
import { assignByHand, claim } from './claim.js';
import { drain } from './drain.js';
import { choose } from './policy.js';
import { releaseEnded, settleSlots } from './settle.js';

const log = createLogger('silent');
const mia: Actor = { kind: 'visitor', id: 'mia' };
const dana: Actor = { kind: 'agent', id: 'dana', name: 'Dana' };

interface Node {
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
}

let database: OpenDatabase;
let node: Node;
let ending: AbortController;
let leading: Promise<void>;

beforeEach(async () => {
  database = await openDatabase(testDatabaseUri('drain'));
  node = anotherNode();
  await Promise.all([node.journal, node.staff, node.conversations].map((room) => room.prepare()));
  ending = new AbortController();
  leading = node.journal.lead(new Leases(database.db, log), ending.signal);
});

afterEach(async () => {
  ending.abort();
  await leading;
  await database.close();
});

const anotherNode = (): Node => ({
  journal: new Journal(database.db, log),
  staff: new Staff(database.db),
  conversations: new ConversationStore(database.db),
});

async function agent(_id: string, chats: number, brandId = 'tulips'): Promise<void> {
  await node.staff.add({
    _id,
    workspaceId: 'shop',
    name: _id,
    email: `${_id}@tulips.example`,
    password: 'a-long-password',
    role: 'agent',
    brandIds: [brandId],
    teamIds: [],
    capacity: { chat: chats, email: 0 },
  });
  await node.staff.setAvailability(_id, 'available');
}

/** Conversations that wait, in the order they came; resolves when the queue shows them. */
async function waiting(count: number, brandId = 'tulips'): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const conversationId = newId();
    ids.push(conversationId);
    await receive(node.journal, {
      conversationId,
      clientId: 'visitor:mia:1',
      author: mia,
      message: { channel: 'chat', text: `Question ${i}` },
      opening: { workspaceId: 'shop', brandId, inboxId: brandId, teamId: null, contactId: 'mia', channel: 'chat' },
    });
  }
  await expect.poll(() => node.conversations.count({ _id: { $in: ids } })).toBe(count);
  return ids;
}

const stateOf = async (conversationId: string, { journal }: Node = node) => {
  const state = await journal.state(conversationId);
  if (!state) throw new Error('there is no such conversation');
  return state;
};

const assigneesOf = (ids: string[]): Promise<(string | null)[]> =>
  Promise.all(ids.map(async (id) => (await stateOf(id, anotherNode())).assigneeId));

const member = (agentId: string) => node.staff.member('shop', agentId);
const slotsOf = async (agentId: string) => (await member(agentId)).slots.map(({ conversationId }) => conversationId);

describe('the queue', () => {
  test('goes back to whoever was skipped when somebody becomes free for him in between', async () => {
    await Promise.all([agent('ana', 1), agent('chiara', 1, 'roses')]);
    const [first = '', skipped = ''] = await waiting(2);
    const [other = ''] = await waiting(1, 'roses');
    const [last = ''] = await waiting(1);
    let looks = 0;
    vi.spyOn(node.staff, 'members').mockImplementation(async (workspaceId) => {
      if (++looks === 3)
        await database.db.collection('agents').updateOne({ name: 'ana' }, { $inc: { 'capacity.chat': 1 } });
      return anotherNode().staff.members(workspaceId);
    });
    await drain(node, 'shop');
    expect(await assigneesOf([first, skipped, other, last])).toEqual(['ana', 'ana', 'chiara', null]);
  });

  test('is given out in the order it came, evenly, until all are full', async () => {
    await Promise.all([agent('ana', 2), agent('ben', 2)]);
    const ids = await waiting(6);
    await drain(node, 'shop');
    expect((await assigneesOf(ids)).map((assignee) => assignee !== null)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([await slotsOf('ana'), await slotsOf('ben')].map((slots) => slots.length)).toEqual([2, 2]);
    expect((await assigneesOf(ids.slice(0, 2))).toSorted()).toEqual(['ana', 'ben']);
  });

  test('keeps nobody waiting behind conversations that no free agent may have', async () => {
    const behind = await waiting(120, 'north');
    const ids = await waiting(1);
    await agent('ana', 2);
    await drain(node, 'shop');
    expect(await assigneesOf(ids)).toEqual(['ana']);
    expect(new Set(await assigneesOf(behind))).toEqual(new Set([null]));
  });

  test('two routers race: drained by several nodes at once it gives each conversation to one agent, and nobody too many', async () => {
    await Promise.all([agent('ana', 3), agent('ben', 2), agent('cleo', 4)]);
    const ids = await waiting(12);
    await Promise.all([node, anotherNode(), anotherNode(), anotherNode()].map((one) => drain(one, 'shop')));
    await Promise.all([anotherNode(), anotherNode()].map((one) => drain(one, 'shop'))); // what lost races left over
    const assignees = await assigneesOf(ids);
    expect(assignees.filter((one) => one === null).length).toBe(3);
    for (const [name, capacity] of Object.entries({ ana: 3, ben: 2, cleo: 4 })) {
      const own = ids.filter((_id, i) => assignees[i] === name);
      expect({ name, own: own.length }).toEqual({ name, own: capacity });
      expect((await slotsOf(name)).toSorted()).toEqual(own.toSorted());
      expect((await member(name)).used.chat).toBe(capacity);
    }
  });
});

describe('who waits', () => {
  test('Rocket.Chat #22105, Chatwoot #1198: is next if he waits longest, whoever comes later and gives out beside', async () => {
    await agent('ana', 1);
    const queue = await waiting(2);
    for (let next = 0; next < 4; next++) {
      await Promise.all([node, anotherNode()].map((one) => drain(one, 'shop')));
      await drain(node, 'shop'); // what both gave up in favour of each other
      const conversationId = queue[next] ?? '';
      expect(await slotsOf('ana')).toEqual([conversationId]);
      queue.push(...(await waiting(1)));
      await resolve(node.journal, { conversationId, clientId: 'r', actor: dana });
      await releaseEnded(node.journal, node.staff, conversationId);
    }
  });

  test('gets the place of what another node has resolved, though this one has heard nothing of it', async () => {
    await agent('ana', 1);
    const [first = '', second = ''] = await waiting(2);
    await drain(node, 'shop');
    const behind = new Journal(database.db, log, systemClock, new Metrics(), 60_000);
    await behind.state(first);
    await resolve(node.journal, { conversationId: first, clientId: 'r', actor: dana });
    await releaseEnded(behind, node.staff, first);
    await drain(node, 'shop');
    expect(await assigneesOf([second])).toEqual(['ana']);
  });
});

describe('a claim', () => {
  test('of a conversation that left the queue meanwhile takes no slot', async () => {
    await agent('ana', 2);
    const [id = ''] = await waiting(1);
    const asRead = await stateOf(id);
    await resolve(node.journal, { conversationId: id, clientId: 'r', actor: dana });
    expect(await claim(node.journal, node.staff, asRead, 'ana', choose(asRead, []).reason)).toBe('not_waiting');
    expect(await slotsOf('ana')).toEqual([]);
  });

  test('that loses the race on another node gives the slot back', async () => {
    await agent('ana', 2);
    const [id = ''] = await waiting(1);
    const stale = anotherNode();
    const asRead = await stateOf(id, stale);
    await resolve(node.journal, { conversationId: id, clientId: 'r', actor: dana });
    expect(await claim(stale.journal, stale.staff, asRead, 'ana', choose(asRead, []).reason)).toBe('not_waiting');
    expect(await member('ana')).toMatchObject({ slots: [], used: { chat: 0 } });
  });
});

test('an agent who still has a slot of the very conversation holds nobody up', async () => {
  await agent('ana', 2);
  await agent('ben', 2);
  const [first = '', second = ''] = await waiting(2);
  const left = { seq: 2, clientId: 'system:routing:of a node that is gone', channel: 'chat' } as const;
  await node.staff.takeSlot('ana', { ...left, conversationId: first, takenAt: new Date(1) }, true);
  await node.staff.takeSlot('ben', { ...left, conversationId: 'another', takenAt: new Date(2) }, true);
  await drain(node, 'shop');
  expect((await stateOf(first)).assigneeId).toBe('ben');
  expect((await stateOf(second)).assigneeId).toBe('ana');
});

describe('after a crash', () => {
  const later = new Date(Date.now() + 24 * 60 * 60 * 1000);
  const settle = () => settleSlots(node.journal, node.staff, later);

  async function slotFor(agentId: string, conversationId: string): Promise<void> {
    const slot = {
      conversationId,
      seq: 2,
      clientId: `system:routing:${newId()}`,
      channel: 'chat',
      takenAt: new Date(),
    } as const;
    expect(await node.staff.takeSlot(agentId, slot, false)).toBe(true);
  }

  test('between slot and entry, the slot’s very insert is repeated', async () => {
    await agent('ana', 1);
    const [id = ''] = await waiting(1);
    await slotFor('ana', id);
    await settleSlots(node.journal, node.staff, new Date(0));
    expect(await assigneesOf([id])).toEqual([null]); // too young: it may be on its way
    await settle();
    expect(await assigneesOf([id])).toEqual(['ana']);
    expect(await slotsOf('ana')).toEqual([id]);
    await settle();
    expect(await slotsOf('ana')).toEqual([id]);
  });

  test('two slots for one conversation end in one assignment and one slot', async () => {
    await Promise.all([agent('ana', 1), agent('ben', 1)]);
    const [id = ''] = await waiting(1);
    await slotFor('ana', id);
    await slotFor('ben', id);
    await Promise.all([settle(), settleSlots(anotherNode().journal, anotherNode().staff, later)]);
    const [assignee] = await assigneesOf([id]);
    expect(await slotsOf(assignee ?? '')).toEqual([id]);
    expect(await slotsOf(assignee === 'ana' ? 'ben' : 'ana')).toEqual([]);
  });

  test('a slot of what was resolved meanwhile is given back', async () => {
    await agent('ana', 1);
    const [id = ''] = await waiting(1);
    await slotFor('ana', id);
    await resolve(node.journal, { conversationId: id, clientId: 'r', actor: dana });
    await releaseEnded(node.journal, node.staff, id);
    await settle();
    expect(await member('ana')).toMatchObject({ slots: [], used: { chat: 0 } });
  });

  test('between an entry and the release of the old slot, the old slot is given back', async () => {
    await Promise.all([agent('ana', 1), agent('ben', 1)]);
    const [id = ''] = await waiting(1);
    await drain(node, 'shop');
    const [first] = await assigneesOf([id]);
    const second = first === 'ana' ? 'ben' : 'ana';
    const moved = { conversation: await stateOf(id), clientId: 'agent:dana:1', actor: dana, agentId: second };
    await assignByHand(node.journal, node.staff, moved);
    expect([await slotsOf('ana'), await slotsOf('ben')]).toEqual([[id], [id]]);
    await settle();
    expect([await slotsOf(first ?? ''), await slotsOf(second)]).toEqual([[], [id]]);
  });
});

describe('by hand', () => {
  test('given to whom routing has just given it, it keeps his slot', async () => {
    await agent('ana', 1);
    const [id = ''] = await waiting(1);
    const conversation = await stateOf(id);
    await drain(node, 'shop');
    const again = { conversation, clientId: 'agent:dana:1', actor: dana, agentId: 'ana' };
    await expect(assignByHand(node.journal, node.staff, again)).rejects.toMatchObject({ code: 'already_done' });
    const { assignedAs } = await stateOf(id);
    expect(await member('ana')).toMatchObject({
      slots: [{ conversationId: id, clientId: assignedAs }],
      used: { chat: 1 },
    });
  });

  test('somebody may get more than his capacity, and is then given nothing more', async () => {
    await agent('ana', 1);
    const ids = await waiting(3);
    for (const [i, id] of ids.slice(0, 2).entries())
      await assignByHand(node.journal, node.staff, {
        conversation: await stateOf(id),
        clientId: `agent:dana:${i}`,
        actor: dana,
        agentId: 'ana',
      });
    expect(await member('ana')).toMatchObject({ used: { chat: 2 }, capacity: { chat: 1 } });
    await drain(node, 'shop');
    expect(await assigneesOf(ids)).toEqual(['ana', 'ana', null]);
  });

  test('to and fro and back, each holds a slot only for what he has', async () => {
    await Promise.all([agent('ana', 1), agent('ben', 1)]);
    const [id = ''] = await waiting(1);
    const give = async (agentId: string | null, clientId: string) =>
      assignByHand(node.journal, node.staff, { conversation: await stateOf(id), clientId, actor: dana, agentId });
    await give('ana', 'agent:dana:1');
    await give('ben', 'agent:dana:2');
    await give('ana', 'agent:dana:3');
    await releaseEnded(node.journal, node.staff, id);
    expect([await slotsOf('ana'), await slotsOf('ben')]).toEqual([[id], []]);
    await give('ben', 'agent:dana:2'); // a late repetition of the second
    expect(await assigneesOf([id])).toEqual(['ana']);
    expect([await slotsOf('ana'), await slotsOf('ben')]).toEqual([[id], []]);
    await expect(give('ana', 'agent:dana:4')).rejects.toMatchObject({ code: 'already_done' });
    expect(await slotsOf('ana')).toEqual([id]);
    await give(null, 'agent:dana:5');
    await releaseEnded(node.journal, node.staff, id);
    expect([await slotsOf('ana'), await slotsOf('ben')]).toEqual([[], []]);
  });

  test('what was assigned by hand survives a repetition that comes too late', async () => {
    await agent('ana', 1);
    const [id = ''] = await waiting(1);
    const request = { conversation: await stateOf(id), clientId: 'agent:dana:1', actor: dana, agentId: 'ana' };
    const tries = await Promise.all([1, 2, 3].map(() => assignByHand(node.journal, node.staff, request)));
    expect(new Set(tries.map(({ entry }) => entry._id)).size).toBe(1);
    expect(await member('ana')).toMatchObject({ used: { chat: 1 }, slots: [{ conversationId: id }] });
  });
});
