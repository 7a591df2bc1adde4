import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailUsers } from '../../channels/email/testing/mail-users.js';
import { readConfig } from '../../config.js';
import { type House, openHouse } from '../../testing/house.js';
import { startRedis, type TestRedis } from '../../testing/redis.js';
import { examine } from '../doctor.js';
import type { Check } from './check.js';
import { judgeClock, judgeVersion } from './mongo.js';
import { checkRedis } from './redis.js';
import { uniqueIndexes } from './unique-indexes.js';

let house: House;
let users: MailUsers;
beforeAll(async () => {
  users = await MailUsers.start();
  house = await openHouse('doctor', { allowPrivateMailServers: true });
}, 300_000);
afterAll(async () => {
  await house?.close();
  await users?.stop();
});

const rightKey = '07'.repeat(32);

/** What the doctor says with this environment, by what was looked at. */
async function said(environment: Record<string, string> = {}): Promise<Map<string, Check>> {
  const uri = new URL(process.env.HELPLINE_TEST_MONGODB_URI ?? '');
  uri.pathname = `/${house.db.databaseName}`;
  const checks = await examine(
    readConfig({
      MONGODB_URI: uri.href,
      HELPLINE_SECRET_KEY: rightKey,
      HELPLINE_PRIVATE_MAIL_SERVERS: 'true',
      ...environment,
    }),
  );
  for (const { state, todo } of checks) expect(Boolean(todo)).toBe(state !== 'ok');
  return new Map(checks.map((check) => [check.name, check]));
}

describe('of a database', () => {
  test('in order, only what development may do without is warned of', async () => {
    const checks = await said();
    const bad = [...checks.values()].filter(({ state }) => state !== 'ok');
    expect(bad.map(({ name, state }) => [name, state])).toEqual([
      ['MongoDB version', 'warning'], // the one that tests can fetch is old
      ['MongoDB replica set', 'warning'], // of one
    ]);
  });

  test('whose uniqueness is gone, it is told which', async () => {
    await house.db.collection('deliveries').dropIndex('entryId_1_recipients_1');
    const check = (await said()).get('MongoDB indexes');
    expect(check).toMatchObject({
      state: 'failure',
      found: expect.stringContaining('deliveries (entryId, recipients)'),
    });
    await house.restart();
    expect((await said()).get('MongoDB indexes')).toMatchObject({ state: 'ok' });
  });

  test('every unique index is looked at', async () => {
    const collections = await house.db.collections();
    const indexes = await Promise.all(
      collections.map(async (one) =>
        (await one.indexes())
          .filter(({ unique, key }) => unique && !('files_id' in key))
          .map(({ key }) => `${one.collectionName}: ${Object.keys(key)}`),
      ),
    );
    expect(indexes.flat().sort()).toEqual(uniqueIndexes.map(({ collection, keys }) => `${collection}: ${keys}`).sort());
  });

  test('written with another key, it is told before anybody needs a password of a mailbox', async () => {
    const check = (await said({ HELPLINE_SECRET_KEY: 'ab'.repeat(32) })).get('Secret key');
    expect(check).toMatchObject({ state: 'failure', todo: expect.stringContaining('HELPLINE_SECRET_KEY') });
  });

  test('that is not named, or whose key is not, it is told what to set', async () => {
    const without = new Map((await examine(readConfig({}))).map((check) => [check.name, check]));
    expect(without.get('MongoDB')).toMatchObject({ state: 'failure', found: 'MONGODB_URI is not set' });
    expect((await said({ HELPLINE_SECRET_KEY: '' })).get('Secret key')).toMatchObject({ state: 'failure' });
  });
});

test('mailboxes are signed in to, by both protocols', async () => {
  const mailbox = await house.app.email.connect('tulip-house', users.settings('tulips'));
  const { address } = mailbox;
  const fine = await said();
  expect(fine.get(`IMAP ${address}`)).toMatchObject({ state: 'ok' });
  expect(fine.get(`SMTP ${address}`)).toMatchObject({ state: 'ok' });
  await house.db.collection('mailboxes').updateOne({ address }, { $set: { 'imap.user': 'nobody', 'smtp.port': 1 } });
  const broken = await said();
  expect(broken.get(`IMAP ${address}`)).toMatchObject({ state: 'failure', todo: expect.stringContaining('password') });
  expect(broken.get(`SMTP ${address}`)).toMatchObject({ state: 'failure', found: expect.stringContaining('refused') });
});

describe('of Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test('that answers, and forgets when it is full, it is warned', async () => {
    const client = createClient({ url: redis.url });
    await client.connect();
    await client.configSet('maxmemory-policy', 'allkeys-lru');
    client.destroy();
    expect(await checkRedis(redis.url)).toMatchObject([{ state: 'ok' }, { state: 'warning', found: 'allkeys-lru' }]);
  });

  test('that is frozen or gone, it is told what that means', async () => {
    const bad = [{ state: 'failure', todo: expect.stringContaining('nothing is lost') }];
    redis.freeze(true);
    expect(await checkRedis(redis.url)).toMatchObject(bad);
    await redis.kill();
    expect(await checkRedis(redis.url)).toMatchObject(bad);
  });
});

test.each([
  ['8.0.17', 'ok'],
  ['8.0.4', 'warning'],
  ['8.2.2', 'warning'],
  ['8.2.10', 'ok'],
  ['7.0.28', 'ok'],
  ['7.0.27', 'warning'],
  ['6.0.5', 'warning'],
  ['5.0.30', 'failure'],
])('MongoDB %s: %s', (version, state) => {
  expect(judgeVersion(version).state).toBe(state);
});

test.each([
  [200, 10, 'ok'],
  [-1_500, 10, 'warning'],
  [1_500, 2_000, 'ok'], // the answer took so long that it says nothing
  [31_000, 10, 'failure'],
])('a clock that is %i ms off, asked within %i ms: %s', (off, within, state) => {
  expect(judgeClock(off, within).state).toBe(state);
});
