import { expect, test } from 'vitest';
import type { Entry } from '../../journal/entry.js';
import type { ConversationState } from '../../journal/index.js';
import type { StaffMember } from '../../staff/index.js';
import { type SeenQuery, watchQueries } from '../../testing/queries.js';
import { TestQueue } from '../testing/test-queue.js';
import { Desk } from './desk.js';
import { look } from './look.js';

/** A shop in which Ana has one free place, all others are full, and so many wait: copies of one real conversation. */
async function openShop(agents: number, waiting: number): Promise<TestQueue> {
  const queue = await TestQueue.open('operations');
  await queue.agent('ana', 1);
  const staff = queue.db.collection<StaffMember>('agents');
  const [ana] = await staff.find().toArray();
  const others = Array.from({ length: agents - 1 }, (_, i) => ({ _id: `agent-${i}`, email: `${i}@tulips.example` }));
  if (ana) await staff.insertMany(others.map((other) => ({ ...ana, ...other, used: { ...ana.capacity } })));
  const [model = ''] = await queue.waiting(1);
  const ids = Array.from({ length: waiting - 1 }, (_, i) => `conversation-${i}`);
  const [entry] = await queue.db.collection<Entry>('entries').find({ conversationId: model }).toArray();
  const state = await queue.stateOf(model);
  const turnOf = (id: string) => state.turn?.replace(model, id) ?? null;
  if (!entry) throw new Error('nobody wrote');
  await queue.db
    .collection<Entry>('entries')
    .insertMany(ids.map((id) => ({ ...entry, _id: `${id}-1`, conversationId: id })));
  const states = queue.db.collection<ConversationState>('conversations');
  await states.insertMany(ids.map((_id) => ({ ...state, _id, turn: turnOf(_id) })));
  return queue;
}

/** What goes on beside it: who leads, and the journal is followed and what is new in it shown. */
const isBeside = ({ on, asked }: SeenQuery): boolean =>
  ['leases', 'positions', 'entries'].includes(on) || /^update .*"seq"|"foldVersion"/.test(asked);

/** What the database does until the next one is given out, by a node that knows the shop. */
async function workOfAnAssignment(agents: number, waiting: number) {
  const queue = await openShop(agents, waiting);
  const desk = new Desk(queue.node, 'shop');
  await desk.refresh();
  const queries = await watchQueries(queue.db);
  desk.memberChanged('ana');
  await look(desk);
  const seen = (await queries.stop()).filter((query) => !isBeside(query));
  expect(await queue.slotsOf('ana')).toHaveLength(1);
  await queue.close();
  const sum = (what: (query: SeenQuery) => number) => seen.reduce((total, query) => total + what(query), 0);
  return {
    asked: seen.map(({ on, asked }) => `${on} ${asked}`).toSorted(),
    operations: seen.length,
    documents: sum(({ documents }) => documents),
    keys: sum(({ keys }) => keys),
  };
}

test('an assignment costs the database as much with 300 agents and 3,000 who wait as with 10 and 150', async () => {
  const few = await workOfAnAssignment(10, 150);
  expect(few.operations).toBeLessThanOrEqual(12);
  expect(few.documents).toBeLessThanOrEqual(120); // a page of the queue, and a few more
  expect(await workOfAnAssignment(300, 3_000)).toEqual(few);
});
