import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type ConversationState, fold } from '../journal/fold.js';
import type { Entry } from '../journal/index.js';
import type { StaffMember } from '../staff/index.js';
import { type House, openHouse } from '../testing/house.js';
import { repair } from './repair.js';

/** A desk at work: Ana has two conversations and Ben one, one was resolved, one waits. */
let house: House;
let ids: string[];
beforeAll(async () => {
  house = await openHouse('repair');
  const dana = await house.signIn('dana');
  ids = [];
  for (const text of ['Tulips?', 'Roses?', 'My watch stopped', 'Thanks!', 'Anybody?']) {
    const visitor = await house.visitor(text.startsWith('My') ? 'repairs' : 'tulips');
    visitor.send(text);
    await vi.waitUntil(() => visitor.conversationId, 10_000);
    ids.push(visitor.conversationId ?? '');
  }
  const [tulips = '', roses = '', watch = '', thanks = ''] = ids;
  const hands = [
    [tulips, 'ana'],
    [roses, 'ana'],
    [watch, 'ben'],
    [thanks, 'ana'],
  ] as const;
  for (const [id, agentId] of hands) await (await dana.open(id)).assign(agentId);
  const opened = await dana.open(thanks);
  opened.reply('You are welcome');
  await vi.waitUntil(() => opened.outgoing.length === 0, 10_000);
  await opened.resolve();
  await vi.waitUntil(async () => (await agent('ana')).slots.length === 2, 10_000);
  await vi.waitUntil(async () => (await conversations().countDocuments({ status: 'resolved' })) === 1, 10_000);
  await house.app.stop(); // so that nothing but the repair heals
});
afterAll(() => house.close());

const conversations = () => house.db.collection<ConversationState>('conversations');
const entries = () => house.db.collection<Entry>('entries');
const agents = () => house.db.collection<StaffMember>('agents');

async function agent(id: string): Promise<StaffMember> {
  const member = await agents().findOne({ _id: id });
  if (!member) throw new Error(`${id} is gone`);
  return member;
}

/** Everything computed from the journal, as it is stored. */
const everything = async () => ({
  conversations: await conversations().find().sort({ _id: 1 }).toArray(),
  slots: await agents()
    .find({}, { projection: { slots: 1, used: 1 } })
    .sort({ _id: 1 })
    .toArray(),
});

let healthy: Awaited<ReturnType<typeof everything>>;
beforeEach(async () => {
  healthy = await everything();
});

/** Every way in which what is stored may differ from what the journal says. */
const damages: Record<string, { kind: string; damage(): Promise<unknown> }> = {
  'a conversation that is not stored': {
    kind: 'missing',
    damage: () => conversations().deleteOne({ _id: ids[0] }),
  },
  'a conversation that lags behind': {
    kind: 'behind',
    damage: async () => {
      const [first] = await entries().find({ conversationId: ids[3] }).sort({ seq: 1 }).toArray();
      const state = first && fold(null, first);
      if (state) await conversations().replaceOne({ _id: state._id }, state);
    },
  },
  'a conversation with a wrong assignee': {
    kind: 'wrong',
    damage: () => conversations().updateOne({ _id: ids[1] }, { $set: { assigneeId: 'eve' } }),
  },
  'a conversation that is ahead of its journal': {
    kind: 'wrong',
    damage: () => conversations().updateOne({ _id: ids[2] }, { $set: { seq: 99 } }),
  },
  'a conversation without its number': {
    kind: 'wrong',
    damage: () => conversations().updateOne({ _id: ids[2] }, { $unset: { seq: '' } }),
  },
  'a conversation of an older version': {
    kind: 'of an older version',
    damage: () => conversations().updateMany({}, { $set: { foldVersion: 0 } }),
  },
  'a conversation that nobody ever had': {
    kind: 'without entries',
    damage: async () => {
      const [one] = healthy.conversations;
      if (one)
        await conversations().insertMany(
          [0, 1].map((n) => ({ ...one, handler: 'none', _id: `${n ? 'zz' : '00'}-nobody` })),
        );
    },
  },
  'a lost slot': {
    kind: 'lacks a slot for a conversation that is his',
    damage: () =>
      agents().updateOne({ _id: 'ana' }, { $pull: { slots: { conversationId: ids[0] } }, $inc: { 'used.chat': -1 } }),
  },
  'a slot that was never given back': {
    kind: 'has a slot of an assignment that ended',
    damage: () =>
      agents().updateOne(
        { _id: 'ben' },
        {
          $push: {
            slots: {
              conversationId: ids[3] ?? '',
              seq: 2,
              clientId: 'system:routing:old',
              channel: 'chat',
              inboxId: 'tulips',
              teamId: null,
              units: 1,
              takenAt: new Date(0),
            },
          },
          $inc: { 'used.chat': 1 },
        },
      ),
  },
  'a wrong count of slots': {
    kind: 'counts his slots wrongly',
    damage: () => agents().updateOne({ _id: 'ben' }, { $set: { 'used.chat': 7 } }),
  },
};

/** As before, but for the moment at which a lost slot was taken anew. */
const comparable = ({ slots, ...rest }: typeof healthy) => ({
  ...rest,
  slots: slots.map((member) => ({
    ...member,
    slots: member.slots
      .map(({ takenAt: _takenAt, ...slot }) => slot)
      .toSorted((a, b) => a.clientId.localeCompare(b.clientId)),
  })),
});

test('a healthy database is left as it is, and said to be healthy', async () => {
  expect(await repair(house.db, { dryRun: false, patienceMs: 0 })).toMatchObject({
    conversations: 5,
    healed: 0,
    unhealable: 0,
    findings: [],
  });
  expect(await everything()).toEqual(healthy);
});

test.each(Object.entries(damages))(
  '%s is only told of on a dry run, and then put right',
  async (_name, { kind, damage }) => {
    await damage();
    const damaged = await everything();
    const told = await repair(house.db, { dryRun: true, patienceMs: 0 });
    expect(told.findings.map((finding) => finding.kind)).toContain(kind);
    expect(await everything()).toEqual(damaged);
    const done = await repair(house.db, { dryRun: false, patienceMs: 0 });
    expect(done).toMatchObject({ healed: told.healed, unhealable: 0 });
    expect(comparable(await everything())).toEqual(comparable(healthy));
    expect(await repair(house.db, { dryRun: false, patienceMs: 0 })).toMatchObject({ healed: 0 });
  },
);

test('a journal with a hole, a double or a wrong count is told of, and left alone', async () => {
  await entries().deleteOne({ conversationId: ids[3], seq: 2 });
  await entries().updateOne({ conversationId: ids[4], seq: 1 }, { $set: { pub: 2 } });
  await entries().deleteOne({ conversationId: ids[1], seq: 1 });
  const { findings, unhealable } = await repair(house.db, { dryRun: true, patienceMs: 0 });
  const told = findings.filter(({ healed }) => !healed).map(({ kind, examples }) => [kind, examples.sort()]);
  expect(new Map(told as [string, string[]][])).toEqual(
    new Map([
      ['a number is missing', [ids[1], ids[3]].sort()],
      ['a public number is wrong', [ids[1], ids[4]].sort()],
      ['does not begin with an opening message', [ids[1]]],
    ]),
  );
  expect(unhealable).toBe(5);
});

test('while people write, nothing of that is taken for damage', async () => {
  const busy = await openHouse('repair-live');
  const dana = await busy.signIn('dana');
  await dana.setAvailability('available');
  const visitors = await Promise.all(Array.from({ length: 8 }, () => busy.visitor()));
  let ended = false;
  const writing = visitors.map(async (visitor) => {
    while (!ended) {
      visitor.send('And another thing');
      await vi.waitUntil(() => visitor.outgoing.length === 0, 10_000);
    }
  });
  await expect.poll(() => busy.db.collection('entries').countDocuments()).toBeGreaterThan(30);
  const repaired = await repair(busy.db, { dryRun: false, patienceMs: 3_000 });
  ended = true;
  await Promise.all(writing);
  expect(repaired).toMatchObject({ healed: 0, unhealable: 0 });
  await busy.close();
});
