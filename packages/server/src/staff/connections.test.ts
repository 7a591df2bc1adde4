import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { type Database, type OpenDatabase, openDatabase } from '../platform/database.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Connections } from './connections.js';

const laptop = { agentId: 'ana', sessionId: 'laptop' };
const phone = { agentId: 'ana', sessionId: 'phone' };
const bens = { agentId: 'ben', sessionId: 'bens' };

const databases: OpenDatabase[] = [];
let db: Database;
let here: Connections;
let there: Connections;

beforeEach(async () => {
  const database = await openDatabase(testDatabaseUri('connections'));
  databases.push(database);
  db = database.db;
  [here, there] = [new Connections(db), new Connections(db)];
  await here.prepare();
});

afterAll(() => Promise.all(databases.map((database) => database.close())));

const said = () => db.collection<{ _id: string; at: Date }>('nodeConnections').find().sort({ _id: 1 }).toArray();
const everybody = async () => (await here.everybody()).toSorted();

test('all tabs and devices are one presence over all nodes', async () => {
  await here.areHere([laptop, laptop, bens]);
  await there.areHere([phone]);
  expect(await everybody()).toEqual(['ana', 'ben']);
  await here.areHere([]);
  expect(await everybody()).toEqual(['ana']);
  await there.nobodyIsHere();
  expect(await everybody()).toEqual([]);
});

test('another device is another session of his, on whatever node, not another tab', async () => {
  await here.areHere([laptop, laptop, bens]);
  expect(await here.isElsewhere(laptop)).toBe(false);
  await there.areHere([phone]);
  expect(await here.isElsewhere(laptop)).toBe(true);
  expect(await here.isElsewhere(bens)).toBe(false);
});

test('a node writes when somebody comes or goes, else every ten seconds, however often it looks', async () => {
  await here.areHere([laptop, bens]);
  const before = await said();
  for (let i = 0; i < 20; i++) await here.areHere(i % 2 ? [laptop, bens] : [bens, laptop, laptop]);
  expect(await said()).toEqual(before);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 10_001);
  await here.areHere([laptop, bens]);
  vi.restoreAllMocks();
  const [again] = await said();
  expect(again?.at.getTime()).toBeGreaterThan(before[0]?.at.getTime() ?? 0);
  expect(again).toEqual({ ...before[0], at: again?.at });
});

test('a node that is silent is dead; one that was only held up is back with everybody who is connected', async () => {
  await here.areHere([laptop]);
  await db.collection('nodeConnections').updateMany({}, { $set: { at: new Date(Date.now() - 31_000) } });
  expect(await everybody()).toEqual([]);
  await db.collection('nodeConnections').deleteMany({}); // as the database does in the end
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
  await here.areHere([laptop]);
  vi.restoreAllMocks();
  expect(await everybody()).toEqual(['ana']);
});
