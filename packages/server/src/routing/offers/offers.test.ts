import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assign, endOffer, offer, resolve } from '../../conversations/index.js';
import type { Finding } from '../../journal/index.js';
import { newId } from '../../platform/ids.js';
import type { StaffMember } from '../../staff/index.js';
import { assignByHand, routingActor } from '../giving-out/claim.js';
import { repairSlots } from '../slots/repair-slots.js';
import { releaseEnded, settleSlots } from '../slots/settle.js';
import { slotFor } from '../slots/slot.js';
import { dana, TestQueue } from '../testing/test-queue.js';
import { accept } from './accept.js';

let queue: TestQueue;
afterEach(() => queue.close());

const offerOf = async (id: string) => (await queue.stateOf(id)).offer?.agentId ?? null;
const endsOf = async (id: string) => {
  const { entries } = await queue.node.journal.sync(id, 'everything', 0, 100);
  return entries.flatMap((entry) => (entry.type === 'offer_ended' ? [entry.payload] : []));
};
const accepts = (conversationId: string, agentId: string, clientId = `agent:${agentId}:1`) =>
  accept(queue.node.journal, queue.node.staff, {
    conversationId,
    clientId,
    actor: { kind: 'agent', id: agentId },
    agentId,
  });
const declines = (conversationId: string, agentId: string) =>
  endOffer(queue.node.journal, {
    conversationId,
    clientId: `agent:${agentId}:${newId()}`,
    actor: { kind: 'agent', id: agentId },
    agentId,
    how: 'declined',
  });

describe('what waits is offered', () => {
  beforeEach(async () => {
    queue = await TestQueue.open('offers', { routes: true });
    await queue.policy({ offerSeconds: 60 });
  });

  test('to one agent, who has it when he accepts, with the place it was held in', async () => {
    await Promise.all([queue.agent('ana', 1), queue.agent('ben', 0)]);
    const [id = ''] = await queue.waiting(1);
    await expect.poll(() => offerOf(id)).toBe('ana');
    expect(await queue.stateOf(id)).toMatchObject({ handler: 'queue', assigneeId: null, passedBy: [] });
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 1 }, slots: [{ conversationId: id }] });
    await expect(accepts(id, 'ben')).rejects.toMatchObject({ code: 'too_late' });
    const { state, entry } = await accepts(id, 'ana');
    expect(state).toMatchObject({ assigneeId: 'ana', offer: null });
    expect((await accepts(id, 'ana')).entry._id).toBe(entry._id);
    const slots = [{ conversationId: id, clientId: state.assignedAs, seq: entry.seq }];
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 1 }, slots });
  });

  test('to the next one when somebody declines, and to him again only after a while', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await expect.poll(() => offerOf(id)).toBe('ana');
    await declines(id, 'ana');
    await expect.poll(async () => (await queue.member('ana')).used.chat).toBe(0);
    await queue.agent('ben', 1);
    await expect.poll(() => offerOf(id)).toBe('ben');
    expect((await queue.stateOf(id)).passedBy).toEqual(['ana']);
    await expect(declines(id, 'ana')).rejects.toMatchObject({ code: 'too_late' });
  });

  test('to the next one when somebody does not answer in time, who is busy from then on', async () => {
    await queue.policy({ offerSeconds: 0.2 });
    await Promise.all([queue.agent('ana', 1), queue.agent('ben', 1)]);
    const [id = ''] = await queue.waiting(1);
    await expect
      .poll(async () => (await queue.stateOf(id)).passedBy.toSorted(), { timeout: 5_000 })
      .toEqual(['ana', 'ben']);
    expect((await endsOf(id)).map(({ how }) => how)).toEqual(['missed', 'missed']);
    for (const agentId of ['ana', 'ben'])
      await expect.poll(() => queue.member(agentId)).toMatchObject({ availability: 'busy', used: { chat: 0 } });
  });

  test('to the next one when whoever has the offer goes away, whom nobody blames for it', async () => {
    await queue.agent('ana', 1);
    const [id = ''] = await queue.waiting(1);
    await expect.poll(() => offerOf(id)).toBe('ana');
    await queue.node.staff.setAvailability('ana', 'break');
    await queue.agent('ben', 1);
    await expect.poll(() => offerOf(id)).toBe('ben');
    expect(await endsOf(id)).toEqual([{ agentId: 'ana', how: 'withdrawn' }]);
    expect((await queue.stateOf(id)).passedBy).toEqual([]);
  });

  test('no more, once a person gave it to somebody or it is resolved: the place is free again', async () => {
    await Promise.all([queue.agent('ana', 1), queue.agent('ben', 0)]);
    const [first = '', second = ''] = await queue.waiting(2);
    await expect.poll(() => offerOf(first)).toBe('ana');
    const { journal, staff } = queue.node;
    const byHand = { conversation: await queue.stateOf(first), clientId: 'agent:dana:1', actor: dana, agentId: 'ben' };
    await assignByHand(journal, staff, byHand);
    await expect(accepts(first, 'ana')).rejects.toMatchObject({ code: 'too_late' });
    await expect.poll(() => offerOf(second)).toBe('ana');
    await resolve(journal, { conversationId: second, clientId: 'r', actor: dana });
    await expect.poll(() => queue.slotsOf('ana')).toEqual([]);
  });
});

describe('between any two steps', () => {
  const later = new Date(Date.now() + 24 * 60 * 60 * 1000);

  beforeEach(async () => {
    queue = await TestQueue.open('offer-steps');
    await queue.agent('ana', 1);
  });

  async function held(): Promise<string> {
    const [id = ''] = await queue.waiting(1);
    await queue.policy({ offerSeconds: 60 });
    await queue.drain();
    expect(await offerOf(id)).toBe('ana');
    return id;
  }

  test('a crash before the offer is written leaves an offer, with all its time', async () => {
    const [id = ''] = await queue.waiting(1);
    const slot = slotFor(await queue.stateOf(id), 2, 'system:routing:1');
    const offeredUntil = new Date(slot.takenAt.getTime() + 30_000);
    await queue.node.staff.takeSlot('ana', { ...slot, offeredUntil }, false);
    await settleSlots(queue.node, later);
    const { offer } = await queue.stateOf(id);
    expect(offer).toEqual({ agentId: 'ana', as: slot.clientId, until: new Date(later.getTime() + 30_000) });
    await settleSlots(queue.node, later);
    expect(await queue.slotsOf('ana')).toEqual([id]);
  });

  test('a crash after the slot is the assignment’s makes it his', async () => {
    const id = await held();
    const state = await queue.stateOf(id);
    await queue.node.staff.renameSlot('ana', state.offer?.as ?? '', slotFor(state, state.seq + 1, 'agent:ana:1'));
    await settleSlots(queue.node, later);
    expect(await queue.assigneesOf([id])).toEqual(['ana']);
    expect((await accepts(id, 'ana')).state.assigneeId).toBe('ana'); // asked again
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 1 }, slots: [{ clientId: 'agent:ana:1' }] });
  });

  test('a crash after the slot is the assignment’s, and the customer writes on: he is asked once more', async () => {
    const id = await held();
    const state = await queue.stateOf(id);
    await queue.node.staff.renameSlot('ana', state.offer?.as ?? '', slotFor(state, state.seq + 1, 'agent:ana:1'));
    await queue.write(id, 'Is anybody there?');
    await settleSlots(queue.node, later);
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 0 }, slots: [], availability: 'available' });
    expect(await endsOf(id)).toEqual([{ agentId: 'ana', how: 'withdrawn' }]);
    await expect.poll(() => queue.drain().then(() => offerOf(id))).toBe('ana');
    expect((await accepts(id, 'ana')).state.assigneeId).toBe('ana');
  });

  test('an offer that only a newer version may end holds up nobody else', async () => {
    const id = await held();
    const { entries } = await queue.node.journal.sync(id, 'everything', 0, 100);
    const newest = entries.at(-1);
    if (!newest) throw new Error('nothing was written');
    const newer = { ...newest, _id: newId(), clientId: 'newer', seq: newest.seq + 1, v: 99 };
    await queue.db.collection<typeof newest>('entries').insertOne(newer);
    const [next = ''] = await queue.waiting(1);
    await queue.agent('ben', 1);
    await queue.node.staff.setAvailability('ana', 'busy');
    await queue.look();
    expect(await offerOf(next)).toBe('ben');
  });

  test('accepting what ends meanwhile leaves no slot', async () => {
    const id = await held();
    const { offer, seq } = await queue.stateOf(id);
    const as = offer?.as ?? '';
    const stale = queue.anotherNode();
    await queue.node.staff.renameSlot('ana', as, slotFor(await queue.stateOf(id), seq + 1, 'agent:ana:1'));
    const missed = {
      conversationId: id,
      clientId: 'timer',
      actor: routingActor,
      agentId: 'ana',
      how: 'missed',
      as,
    } as const;
    await endOffer(stale.journal, missed);
    await releaseEnded(queue.node, id);
    await expect(accepts(id, 'ana')).rejects.toMatchObject({ code: 'too_late' });
    expect(await queue.member('ana')).toMatchObject({ used: { chat: 0 }, slots: [] });
  });

  test('the customer may write on while it is held, and while it is accepted', async () => {
    const id = await held();
    await queue.write(id, 'Hello?');
    expect(await offerOf(id)).toBe('ana');
    const [accepted] = await Promise.all([accepts(id, 'ana'), queue.write(id, 'Hello??')]);
    expect(accepted.state.assigneeId).toBe('ana');
    expect(await queue.slotsOf('ana')).toEqual([id]);
  });

  test('one that declines, one who accepts and the timer race: one of them has it his way', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await held();
      const { offer } = await queue.stateOf(id);
      const timer = { conversationId: id, clientId: 'timer', actor: routingActor, agentId: 'ana', as: offer?.as ?? '' };
      const tried = await Promise.allSettled([
        accepts(id, 'ana'),
        declines(id, 'ana'),
        endOffer(queue.anotherNode().journal, { ...timer, how: 'missed' }),
      ]);
      expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await releaseEnded(queue.node, id);
      await settleSlots(queue.node, later);
      const isHis = (await queue.stateOf(id)).assigneeId === 'ana';
      expect(await queue.slotsOf('ana')).toEqual(isHis ? [id] : []);
      await resolve(queue.node.journal, { conversationId: id, clientId: 'r', actor: dana });
      await releaseEnded(queue.node, id);
    }
  });

  test('an offer is made as the entry its slot was taken for, or never', async () => {
    const [id = ''] = await queue.waiting(1);
    const { journal } = queue.node;
    const made = { conversationId: id, clientId: 'o', actor: routingActor, agentId: 'ana', until: later, reason: null };
    await expect(offer(journal, { ...made, at: 7 })).rejects.toMatchObject({ code: 'stale' });
    await assign(journal, { conversationId: id, clientId: 'a', actor: dana, agentId: 'ben', reason: null });
    await expect(offer(journal, { ...made, at: 3 })).rejects.toMatchObject({ code: 'unprocessable' });
  });
});

test('a repair leaves the place of an offer as it is, and makes it anew where it is lost', async () => {
  queue = await TestQueue.open('offer-repair');
  await queue.agent('ana', 1);
  const [id = ''] = await queue.waiting(1);
  await queue.policy({ offerSeconds: 600 });
  await queue.drain();
  const as = async () => (await queue.stateOf(id)).offer?.as;
  await expect.poll(() => queue.node.conversations.offeredTo('shop', 'ana')).toHaveLength(1);
  const agents = queue.db.collection<StaffMember>('agents');
  await agents.updateOne({ _id: 'ana' }, { $set: { 'slots.0.takenAt': new Date(0) } });
  const kinds: string[] = [];
  const options = { dryRun: false, patienceMs: 0, found: ({ kind }: Finding) => kinds.push(kind) };
  await repairSlots(queue.node, options);
  expect({ kinds, slots: await queue.slotsOf('ana') }).toEqual({ kinds: [], slots: [id] });
  await agents.updateOne({ _id: 'ana' }, { $set: { slots: [], used: { chat: 0, email: 0 } } });
  await repairSlots(queue.node, options);
  expect(await queue.member('ana')).toMatchObject({ used: { chat: 1 }, slots: [{ clientId: await as() }] });
});
