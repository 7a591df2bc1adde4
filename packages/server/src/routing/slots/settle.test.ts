import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assign, resolve } from '../../conversations/index.js';
import { newId } from '../../platform/ids.js';
import type { StaffMember } from '../../staff/index.js';
import { assignByHand } from '../giving-out/claim.js';
import { dana, TestQueue } from '../testing/test-queue.js';
import { releaseEnded, settleSlots } from './settle.js';
import { slotFor } from './slot.js';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.open('settle');
});
afterEach(() => queue.close());

const later = new Date(Date.now() + 24 * 60 * 60 * 1000);

describe('after a crash', () => {
  const settle = () => settleSlots(queue.node, later);

  async function takesSlot(agentId: string, conversationId: string): Promise<void> {
    const slot = slotFor(await queue.stateOf(conversationId), 2, `system:routing:${newId()}`);
    expect(await queue.node.staff.takeSlot(agentId, slot, false)).toBe(true);
  }

  test('between slot and entry, the slot’s very insert is repeated', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await takesSlot('ana', id);
    await settleSlots(queue.node, new Date(0));
    expect(await queue.assigneesOf([id])).toEqual([null]); // too young: it may be on its way
    await settle();
    expect(await queue.assigneesOf([id])).toEqual(['ana']);
    expect(await queue.slotsOf('ana')).toEqual([id]);
    await settle();
    expect(await queue.slotsOf('ana')).toEqual([id]);
  });

  test('two slots for one conversation end in one assignment and one slot', async () => {
    await Promise.all([queue.agent('ana', 1), queue.agent('ben', 1)]);
    const [id = ''] = await queue.waiting(1);
    await takesSlot('ana', id);
    await takesSlot('ben', id);
    await Promise.all([settle(), settleSlots(queue.anotherNode(), later)]);
    const [assignee] = await queue.assigneesOf([id]);
    expect(await queue.slotsOf(assignee ?? '')).toEqual([id]);
    expect(await queue.slotsOf(assignee === 'ana' ? 'ben' : 'ana')).toEqual([]);
  });

  test('a slot of what was resolved meanwhile is given back', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await takesSlot('ana', id);
    await resolve(queue.node.journal, { conversationId: id, clientId: 'r', actor: dana });
    await releaseEnded(queue.node, id);
    await settle();
    expect(await queue.member('ana')).toMatchObject({ slots: [], used: { chat: 0 } });
  });

  test('between an entry and the release of the old slot, the old slot is given back', async () => {
    await Promise.all([queue.agent('ana', 1), queue.agent('ben', 1)]);
    const [id = ''] = await queue.waiting(1);
    await queue.drain();
    const [first] = await queue.assigneesOf([id]);
    const second = first === 'ana' ? 'ben' : 'ana';
    const moved = { conversation: await queue.stateOf(id), clientId: 'agent:dana:1', actor: dana, agentId: second };
    await assignByHand(queue.node.journal, queue.node.staff, moved);
    expect([await queue.slotsOf('ana'), await queue.slotsOf('ben')]).toEqual([[id], [id]]);
    await settle();
    expect([await queue.slotsOf(first ?? ''), await queue.slotsOf(second)]).toEqual([[], [id]]);
  });

  test('an assignment is made as the entry its slot was taken for, or never', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await takesSlot('ana', id);
    const [{ clientId = '' } = {}] = (await queue.member('ana')).slots;
    await queue.write(id, 'Is anybody there?');
    await settle();
    expect(await queue.member('ana')).toMatchObject({ slots: [], used: { chat: 0 } });
    const late = { conversationId: id, clientId, actor: dana, agentId: 'ana', reason: null, at: 2 };
    await expect(assign(queue.anotherNode().journal, late)).rejects.toMatchObject({ code: 'stale' });
    expect(await queue.assigneesOf([id])).toEqual([null]);
  });

  test('between an agent’s new rights and what they take from him, he keeps only what he may see', async () => {
    await Promise.all([queue.agent('ana', 3), queue.agent('ben', 3)]);
    const ids = await queue.waiting(2);
    await queue.drain();
    const gone = { $set: { leftAt: new Date() } };
    await queue.db.collection<StaffMember>('agents').updateOne({ _id: 'ana' }, gone);
    await settle();
    expect((await queue.assigneesOf(ids)).toSorted()).toEqual(['ben', null]);
    await queue.db.collection<StaffMember>('agents').updateOne({ _id: 'ben' }, { $set: { brandIds: ['north'] } });
    await settle();
    expect(await queue.assigneesOf(ids)).toEqual([null, null]);
    await settle();
    expect([await queue.slotsOf('ana'), await queue.slotsOf('ben')]).toEqual([[], []]);
  });

  test('what was held for somebody who may not see it any more is held for him no longer', async () => {
    await queue.policy({ offerSeconds: 600 });
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await queue.drain();
    expect((await queue.stateOf(id)).offer?.agentId).toBe('ana');
    await queue.db.collection<StaffMember>('agents').updateOne({ _id: 'ana' }, { $set: { leftAt: new Date() } });
    await settle();
    expect(await queue.stateOf(id, queue.anotherNode())).toMatchObject({ offer: null, passedBy: [] });
  });
});

describe('what waits for the customer', () => {
  test('takes no capacity where that is set so, and does again when he is back', async () => {
    await queue.agent('ana', 1);
    const [id = '', next = ''] = await queue.waiting(2);
    await queue.drain();
    await queue.policy({ pendingCounts: false });
    await queue.status(id, 'pending');
    await releaseEnded(queue.node, id);
    expect(await queue.member('ana')).toMatchObject({ slots: [{ conversationId: id, units: 0 }], used: { chat: 0 } });
    await queue.drain();
    expect(await queue.assigneesOf([id, next])).toEqual(['ana', 'ana']);
    await queue.write(id, 'Here I am');
    await settleSlots(queue.node, later);
    expect((await queue.member('ana')).used.chat).toBe(2);
    await resolve(queue.node.journal, { conversationId: id, clientId: 'r', actor: dana });
    await releaseEnded(queue.node, id);
    expect((await queue.member('ana')).used.chat).toBe(1);
  });

  test('takes capacity unless somebody says otherwise, whenever he says it', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await queue.drain();
    await queue.status(id, 'snoozed');
    await releaseEnded(queue.node, id);
    expect((await queue.member('ana')).used.chat).toBe(1);
    await queue.policy({ pendingCounts: false });
    await settleSlots(queue.node, later);
    expect((await queue.member('ana')).used.chat).toBe(0);
  });
});
