import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { resolve } from '../../conversations/index.js';
import { Journal } from '../../journal/index.js';
import { systemClock } from '../../platform/clock.js';
import { Metrics } from '../../platform/metrics.js';
import { releaseEnded } from '../slots/settle.js';
import { slotFor } from '../slots/slot.js';
import { dana, log, TestQueue } from '../testing/test-queue.js';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.open('drain');
});
afterEach(() => queue.close());

describe('the queue', () => {
  test('goes back to whoever was skipped when somebody becomes free for him in between', async () => {
    await Promise.all([queue.agent('ana', 1), queue.agent('chiara', 1, 'roses')]);
    const [first = '', skipped = ''] = await queue.waiting(2);
    const [other = ''] = await queue.waiting(1, 'roses');
    const [last = ''] = await queue.waiting(1);
    const takeSlot = queue.node.staff.takeSlot.bind(queue.node.staff);
    vi.spyOn(queue.node.staff, 'takeSlot').mockImplementation(async (agentId, slot, force) => {
      if (agentId === 'chiara')
        await queue.db.collection('agents').updateOne({ name: 'ana' }, { $inc: { 'capacity.chat': 1 } });
      return takeSlot(agentId, slot, force);
    });
    await queue.drain();
    expect(await queue.assigneesOf([first, skipped, other, last])).toEqual(['ana', 'ana', 'chiara', null]);
  });

  test('is given out in the order it came, evenly, until all are full', async () => {
    await Promise.all([queue.agent('ana', 2), queue.agent('ben', 2)]);
    const ids = await queue.waiting(6);
    await queue.drain();
    expect((await queue.assigneesOf(ids)).map((assignee) => assignee !== null)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([await queue.slotsOf('ana'), await queue.slotsOf('ben')].map((slots) => slots.length)).toEqual([2, 2]);
    expect((await queue.assigneesOf(ids.slice(0, 2))).toSorted()).toEqual(['ana', 'ben']);
  });

  test('keeps nobody waiting behind conversations that no free agent may have', async () => {
    const behind = await queue.waiting(120, 'north');
    const ids = await queue.waiting(1);
    await queue.agent('ana', 2);
    await queue.drain();
    expect(await queue.assigneesOf(ids)).toEqual(['ana']);
    expect(new Set(await queue.assigneesOf(behind))).toEqual(new Set([null]));
  });

  test('two routers race: drained by several nodes at once it gives each conversation to one agent, and nobody too many', async () => {
    await Promise.all([queue.agent('ana', 3), queue.agent('ben', 2), queue.agent('cleo', 4)]);
    const ids = await queue.waiting(12);
    await Promise.all(
      [queue.node, queue.anotherNode(), queue.anotherNode(), queue.anotherNode()].map((one) => queue.drain(one)),
    );
    await Promise.all([queue.anotherNode(), queue.anotherNode()].map((one) => queue.drain(one))); // what lost races left over
    const assignees = await queue.assigneesOf(ids);
    expect(assignees.filter((one) => one === null).length).toBe(3);
    for (const [name, capacity] of Object.entries({ ana: 3, ben: 2, cleo: 4 })) {
      const own = ids.filter((_id, i) => assignees[i] === name);
      expect({ name, own: own.length }).toEqual({ name, own: capacity });
      expect((await queue.slotsOf(name)).toSorted()).toEqual(own.toSorted());
      expect((await queue.member(name)).used.chat).toBe(capacity);
    }
  });
});

describe('who waits', () => {
  test('Rocket.Chat #22105, Chatwoot #1198: is next if he waits longest, whoever comes later and gives out beside', async () => {
    await queue.agent('ana', 1);
    const line = await queue.waiting(2);
    for (let next = 0; next < 4; next++) {
      await Promise.all([queue.node, queue.anotherNode()].map((one) => queue.drain(one)));
      await queue.drain(); // what both gave up in favour of each other
      const conversationId = line[next] ?? '';
      expect(await queue.slotsOf('ana')).toEqual([conversationId]);
      line.push(...(await queue.waiting(1)));
      await resolve(queue.node.journal, { conversationId, clientId: 'r', actor: dana });
      await releaseEnded(queue.node, conversationId);
    }
  });

  test('gets the place of what another node has resolved, though this one has heard nothing of it', async () => {
    await queue.agent('ana', 1);
    const [first = '', second = ''] = await queue.waiting(2);
    await queue.drain();
    const behind = new Journal(queue.db, log, systemClock, new Metrics(), 60_000);
    await behind.state(first);
    await resolve(queue.node.journal, { conversationId: first, clientId: 'r', actor: dana });
    await releaseEnded({ ...queue.node, journal: behind }, first);
    await queue.drain();
    expect(await queue.assigneesOf([second])).toEqual(['ana']);
  });
});

test('an agent who still has a slot of the very conversation holds nobody up', async () => {
  await queue.agent('ana', 2);
  await queue.agent('ben', 2);
  const [first = '', second = ''] = await queue.waiting(2);
  const left = slotFor(await queue.stateOf(first), 2, 'system:routing:of a node that is gone');
  await queue.node.staff.takeSlot('ana', { ...left, takenAt: new Date(1) }, true);
  await queue.node.staff.takeSlot('ben', { ...left, conversationId: 'another', takenAt: new Date(2) }, true);
  await queue.drain();
  expect((await queue.stateOf(first)).assigneeId).toBe('ben');
  expect((await queue.stateOf(second)).assigneeId).toBe('ana');
});
