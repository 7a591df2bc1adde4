import { usualRouting } from '@helpline/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolve } from '../../conversations/index.js';
import { Desk } from '../giving-out/desk.js';
import { drain } from '../giving-out/drain.js';
import { releaseEnded } from '../slots/settle.js';
import { dana, TestQueue } from '../testing/test-queue.js';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.open('ceilings');
});
afterEach(() => queue.close());

const chats = (chat: number) => ({ ...usualRouting, ceilings: { chat, email: null } });
const given = async (ids: string[]) => (await queue.assigneesOf(ids)).map((assignee) => assignee !== null);

describe('no more is in hand than', () => {
  test('an inbox may have, and whatever ends makes room for the next', async () => {
    await queue.agent('ana', 9);
    await queue.policy(chats(2), { kind: 'inbox', id: 'tulips' });
    const ids = await queue.waiting(4);
    await queue.drain();
    expect(await given(ids)).toEqual([true, true, false, false]);
    const conversationId = ids[0] ?? '';
    await resolve(queue.node.journal, { conversationId, clientId: 'r', actor: dana });
    await releaseEnded(queue.node, conversationId);
    await queue.drain();
    expect(await given(ids)).toEqual([true, true, true, false]);
  });

  test('a team may have, and who waits for others does not wait behind it', async () => {
    await queue.agent('ana', 9, 'tulips', ['sales']);
    await queue.policy(chats(1), { kind: 'team', id: 'sales' });
    const sales = await queue.waiting(120, 'tulips', 'sales');
    const others = await queue.waiting(3);
    await queue.drain();
    expect(await given([...sales.slice(0, 3), ...others])).toEqual([true, false, false, true, true, true]);
  });

  test('each inbox may have where the workspace says so, unless it says otherwise itself', async () => {
    await Promise.all([queue.agent('ana', 9), queue.agent('rosa', 9, 'roses')]);
    await queue.policy(chats(1));
    await queue.policy(chats(2), { kind: 'inbox', id: 'roses' });
    const [tulips, roses] = [await queue.waiting(3), await queue.waiting(3, 'roses')];
    await queue.drain();
    expect(await given([...tulips, ...roses])).toEqual([true, false, false, true, true, false]);
  });

  test('that, although a leader of the past has not noticed yet', async () => {
    await queue.agent('ana', 9);
    await queue.policy(chats(2), { kind: 'inbox', id: 'tulips' });
    const ids = await queue.waiting(4);
    const past = queue.anotherNode();
    await past.staff.lead(1);
    const asItWas = new Desk(past, 'shop');
    await asItWas.refresh();
    await queue.node.staff.lead(2);
    await queue.drain();
    expect(await given(ids)).toEqual([true, true, false, false]);
    await drain(asItWas);
    expect(await given(ids)).toEqual([true, true, false, false]);
    expect((await queue.member('ana')).used.chat).toBe(2);
  });
});
