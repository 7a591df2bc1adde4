import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolve } from '../../conversations/index.js';
import type { ConversationState } from '../../journal/index.js';
import { newId } from '../../platform/ids.js';
import { releaseEnded } from '../slots/settle.js';
import { slotFor } from '../slots/slot.js';
import { dana, type Node, TestQueue } from '../testing/test-queue.js';
import { assignByHand, type Claimed, claim } from './claim.js';

const toAna = { agentId: 'ana', reason: { policy: 'balanced/0', candidates: [] }, offerSeconds: null };

/** What becomes of a claim for Ana in the end. */
async function claimForAna({ journal, staff }: Node, asRead: ConversationState): Promise<Claimed> {
  const claimed = await claim(journal, staff, asRead, toAna);
  return typeof claimed === 'string' ? claimed : claimed.written;
}

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.open('claim');
});
afterEach(() => queue.close());

describe('a claim', () => {
  test('of a conversation that left the queue meanwhile takes no slot', async () => {
    await queue.agent('ana', 2);
    const [id = ''] = await queue.waiting(1);
    const asRead = await queue.stateOf(id);
    await resolve(queue.node.journal, { conversationId: id, clientId: 'r', actor: dana });
    expect(await claimForAna(queue.node, asRead)).toBe('not_waiting');
    expect(await queue.slotsOf('ana')).toEqual([]);
  });

  test('that loses the race on another node gives the slot back', async () => {
    await queue.agent('ana', 2);
    const [id = ''] = await queue.waiting(1);
    const stale = queue.anotherNode();
    const asRead = await queue.stateOf(id, stale);
    await resolve(queue.node.journal, { conversationId: id, clientId: 'r', actor: dana });
    expect(await claimForAna(stale, asRead)).toBe('not_waiting');
    expect(await queue.member('ana')).toMatchObject({ slots: [], used: { chat: 0 } });
  });

  test('of what only a newer version may decide ends, and keeps no slot', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    const asRead = await queue.stateOf(id);
    const [opening] = (await queue.node.journal.sync(id, 'everything', 0, 1)).entries;
    if (!opening) throw new Error('nothing was written');
    const newer = { ...opening, _id: newId(), clientId: 'newer', seq: 2, pub: 2, v: 99 };
    await queue.db.collection<typeof opening>('entries').insertOne(newer);
    expect(await claimForAna(queue.node, asRead)).toBe('not_waiting');
    expect(await queue.member('ana')).toMatchObject({ slots: [], used: { chat: 0 } });
  });

  test('of a customer who writes on meanwhile is made all the same, with one slot, as the next entry', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    const stale = queue.anotherNode();
    const asRead = await queue.stateOf(id, stale);
    await queue.write(id, 'Is anybody there?');
    expect(await claimForAna(stale, asRead)).toBe('given');
    expect(await queue.member('ana')).toMatchObject({
      slots: [{ conversationId: id, seq: 3 }],
      used: { chat: 1 },
    });
  });

  test('two routers race: the last place of an agent is given away once', async () => {
    await queue.agent('ana', 3);
    const ids = await queue.waiting(12);
    const claims = ids.map(async (id) => claimForAna(queue.anotherNode(), await queue.stateOf(id)));
    const claimed = await Promise.all(claims);
    expect(claimed.filter((one) => one === 'given')).toHaveLength(3);
    expect(claimed.filter((one) => one === 'no_slot')).toHaveLength(9);
    expect((await queue.member('ana')).used.chat).toBe(3);
  });
});

describe('by hand', () => {
  test('given while the customer writes on, it takes one slot, of the entry that was made', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    const stale = queue.anotherNode();
    const conversation = await queue.stateOf(id, stale);
    await queue.write(id, 'Is anybody there?');
    const given = { conversation, clientId: 'agent:dana:1', actor: dana, agentId: 'ana' };
    const { entry } = await assignByHand(stale.journal, stale.staff, given);
    expect(entry.seq).toBe(3);
    expect(await queue.member('ana')).toMatchObject({ slots: [{ conversationId: id, seq: 3 }], used: { chat: 1 } });
  });

  test('given to whom routing is giving it, and refused, the slot of the claim stays', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    const conversation = await queue.stateOf(id);
    const onItsWay = slotFor(conversation, 9, 'system:routing:1');
    await queue.node.staff.takeSlot('ana', onItsWay, false);
    await resolve(queue.node.journal, { conversationId: id, clientId: 'r', actor: dana });
    const given = { conversation, clientId: 'agent:dana:1', actor: dana, agentId: 'ana' };
    await expect(assignByHand(queue.node.journal, queue.node.staff, given)).rejects.toMatchObject({
      code: 'unprocessable',
    });
    expect(await queue.member('ana')).toMatchObject({ slots: [onItsWay], used: { chat: 1 } });
  });

  test('given to whom routing has just given it, it keeps his slot', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    const conversation = await queue.stateOf(id);
    await queue.drain();
    const again = { conversation, clientId: 'agent:dana:1', actor: dana, agentId: 'ana' };
    await expect(assignByHand(queue.node.journal, queue.node.staff, again)).rejects.toMatchObject({
      code: 'already_done',
    });
    const { assignedAs } = await queue.stateOf(id);
    expect(await queue.member('ana')).toMatchObject({
      slots: [{ conversationId: id, clientId: assignedAs }],
      used: { chat: 1 },
    });
  });

  test('somebody may get more than his capacity, and is then given nothing more', async () => {
    await queue.agent('ana', 1);
    const ids = await queue.waiting(3);
    for (const [i, id] of ids.slice(0, 2).entries())
      await assignByHand(queue.node.journal, queue.node.staff, {
        conversation: await queue.stateOf(id),
        clientId: `agent:dana:${i}`,
        actor: dana,
        agentId: 'ana',
      });
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 2 }, capacity: { chat: 1 } });
    await queue.drain();
    expect(await queue.assigneesOf(ids)).toEqual(['ana', 'ana', null]);
  });

  test('to and fro and back, each holds a slot only for what he has', async () => {
    await Promise.all([queue.agent('ana', 1), queue.agent('ben', 1)]);
    const [id = ''] = await queue.waiting(1);
    const give = async (agentId: string | null, clientId: string) =>
      assignByHand(queue.node.journal, queue.node.staff, {
        conversation: await queue.stateOf(id),
        clientId,
        actor: dana,
        agentId,
      });
    await give('ana', 'agent:dana:1');
    await give('ben', 'agent:dana:2');
    await give('ana', 'agent:dana:3');
    await releaseEnded(queue.node, id);
    expect([await queue.slotsOf('ana'), await queue.slotsOf('ben')]).toEqual([[id], []]);
    await give('ben', 'agent:dana:2'); // a late repetition of the second
    expect(await queue.assigneesOf([id])).toEqual(['ana']);
    expect([await queue.slotsOf('ana'), await queue.slotsOf('ben')]).toEqual([[id], []]);
    await expect(give('ana', 'agent:dana:4')).rejects.toMatchObject({ code: 'already_done' });
    expect(await queue.slotsOf('ana')).toEqual([id]);
    await give(null, 'agent:dana:5');
    await releaseEnded(queue.node, id);
    expect([await queue.slotsOf('ana'), await queue.slotsOf('ben')]).toEqual([[], []]);
  });

  test('what was assigned by hand survives a repetition that comes too late', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    const request = { conversation: await queue.stateOf(id), clientId: 'agent:dana:1', actor: dana, agentId: 'ana' };
    const tries = await Promise.all([1, 2, 3].map(() => assignByHand(queue.node.journal, queue.node.staff, request)));
    expect(new Set(tries.map(({ entry }) => entry._id)).size).toBe(1);
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 1 }, slots: [{ conversationId: id }] });
  });
});
