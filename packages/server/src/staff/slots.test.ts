import { hasRoom, limitOf } from '@helpline/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Staff } from './staff.js';
import type { Slot, StaffMember } from './store.js';

let database: OpenDatabase;
let staff: Staff;
beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('slots'));
  staff = new Staff(database.db);
  await staff.prepare();
});
afterAll(() => database.close());

const slotOf = (channel: Slot['channel']): Slot => ({
  conversationId: newId(),
  seq: 2,
  clientId: newId(),
  channel,
  inboxId: 'tulips',
  teamId: null,
  units: 1,
  takenAt: new Date(),
});

async function someone(more: Partial<StaffMember>): Promise<string> {
  const _id = newId();
  const [email, password] = [`${_id}@tulips.example`, 'a-long-password'];
  const scope = { brandIds: ['tulips'], teamIds: [] };
  await staff.add({ _id, workspaceId: 'shop', name: 'Ana', email, password, role: 'agent', ...scope, capacity });
  await database.db.collection<StaffMember>('agents').updateOne({ _id }, { $set: more });
  await staff.setAvailability(_id, 'available');
  return _id;
}

const capacity = { chat: 3, email: 5 };

/** How many slots somebody gets before he gets no more, and whether the rule foresaw that each time. */
async function fill(agentId: string, channel: Slot['channel']): Promise<number> {
  for (let taken = 0; ; taken++) {
    const foreseen = hasRoom(await staff.member('shop', agentId), channel);
    expect(await staff.takeSlot(agentId, slotOf(channel), false)).toBe(foreseen);
    if (!foreseen) return taken;
  }
}

test('an agent gets as many of each channel as he can take', async () => {
  const ana = await someone({});
  expect([await fill(ana, 'chat'), await fill(ana, 'email')]).toEqual([3, 5]);
});

test('a trainee gets half of that, rounded up', async () => {
  const tom = await someone({ isTrainee: true });
  expect([await fill(tom, 'chat'), await fill(tom, 'email')]).toEqual([2, 3]);
  expect(limitOf({ capacity: { chat: 1, email: 0 }, isTrainee: true }, 'chat')).toBe(1);
});

test('nobody gets more at once than is set for him, whatever the channel', async () => {
  const ben = await someone({ atOnce: 4 });
  expect([await fill(ben, 'email'), await fill(ben, 'chat')]).toEqual([4, 0]);
});

test('by hand anybody may get more, and is then given nothing until he has room again', async () => {
  const ana = await someone({ capacity: { chat: 1, email: 0 } });
  const slots = [slotOf('chat'), slotOf('chat')];
  for (const slot of slots) expect(await staff.takeSlot(ana, slot, true)).toBe(true);
  for (const slot of slots) {
    expect(await staff.takeSlot(ana, slotOf('chat'), false)).toBe(false);
    await staff.giveSlotBack(ana, slot);
  }
  expect(await fill(ana, 'chat')).toBe(1);
});

test('a slot gives back what it takes by now, once', async () => {
  const ana = await someone({});
  const [rests, works] = [slotOf('chat'), slotOf('chat')];
  for (const slot of [rests, works]) await staff.takeSlot(ana, slot, false);
  const used = async () => (await staff.member('shop', ana)).used.chat;
  for (let i = 0; i < 2; i++) await staff.setUnits(ana, rests, 0);
  expect(await used()).toBe(1);
  for (let i = 0; i < 2; i++) await staff.giveSlotBack(ana, rests);
  expect(await used()).toBe(1);
  await staff.setUnits(ana, rests, 1);
  expect(await used()).toBe(1);
  for (let i = 0; i < 2; i++) await staff.giveSlotBack(ana, works);
  expect(await staff.member('shop', ana)).toMatchObject({ slots: [], used: { chat: 0, email: 0 } });
});

test('slots of before there were units give back one', async () => {
  const ana = await someone({});
  const slot = slotOf('chat');
  await staff.takeSlot(ana, slot, false);
  await database.db.collection<StaffMember>('agents').updateOne({ _id: ana }, { $unset: { 'slots.0.units': '' } });
  await staff.giveSlotBack(ana, slot);
  expect((await staff.member('shop', ana)).used.chat).toBe(0);
});
