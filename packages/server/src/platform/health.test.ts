import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenDatabase } from './database.js';
import { Health } from './health.js';
import { openImpatiently, startFailingMongo } from './mongo/test-failing-mongo.js';

let mongo: Awaited<ReturnType<typeof startFailingMongo>>;
let database: OpenDatabase;
beforeAll(async () => {
  mongo = await startFailingMongo();
  database = await openImpatiently(mongo.uri('health'));
});
afterAll(async () => {
  await database?.close();
  await mongo?.stop();
});

const alone = () => ({ name: 'none', connected: true }) as const;

test('a node is ready once it could write to a majority, and not while nothing can be written', async () => {
  await mongo.fail('health.health', { failCommands: ['update'], writeConcernError: { code: 64, errmsg: 'too slow' } });
  const health = new Health(database.db, alone);
  expect(await health.readiness()).toMatchObject({ ready: false, database: 'not writable' });
  await mongo.heal();
  await expect.poll(() => health.readiness()).toMatchObject({ ready: true, database: 'writable' });
});

test('asked a thousand times at once, it writes once', async () => {
  const health = new Health(database.db, alone);
  const writes = async () => (await database.db.admin().command({ serverStatus: 1 })).metrics.commands.update.total;
  const before = await writes();
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => health.readiness()));
  expect(answers.every(({ ready }) => ready)).toBe(true);
  expect((await writes()) - before).toBe(1);
});

test('without the other nodes it goes on, and says so; draining it takes nobody', async () => {
  const health = new Health(database.db, () => ({ name: 'redis', connected: false }));
  expect(await health.readiness()).toMatchObject({ ready: true, degraded: [expect.stringContaining('redis')] });
  health.draining = true;
  expect(await health.readiness()).toMatchObject({ ready: false, draining: true });
});
