import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../app.js';
import { readConfig } from '../config.js';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { askByHttp } from '../testing/ask.js';
import { setUp, type Wanted } from './setup.js';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('setup'));
});
afterAll(() => database.close());

const key = Buffer.alloc(32, 7);
const wanted: Wanted = {
  workspace: 'Tulip House',
  brand: 'Tulips',
  origins: ['https://tulips.example'],
  admin: 'Emil@tulips.example',
  agents: ['ana@tulips.example'],
  password: null,
};

test.each([
  ['an origin with a path', { origins: ['https://tulips.example/shop'] }, /no origin/],
  ['an address without a host', { agents: ['ana'] }, /no mail address/],
  ['one address for two people', { agents: ['emil@tulips.example'] }, /of his own/],
  ['a short password', { password: 'tulips' }, /12 characters/],
])('%s is refused before anything is written', async (_name, wrong, words) => {
  await expect(setUp(database.db, key, { ...wanted, ...wrong })).rejects.toThrow(words);
  expect(await database.db.collections()).toEqual([]);
});

test('an empty database becomes a desk: people sign in, the site has its chat, and a second time changes nothing', async () => {
  const { inbox, people } = await setUp(database.db, key, wanted);
  expect(new Set(people.map(({ password }) => password)).size).toBe(2);
  const app = await startApp(readConfig({ PORT: '0' }), database.db, key, createLogger('silent'));
  const url = `http://127.0.0.1:${app.port}`;
  for (const { email, password, role } of people) {
    const signedIn = await askByHttp(url, 'agent.signIn', { email, password });
    expect(signedIn).toMatchObject({ status: 200, body: { role } });
  }
  const open = (origin: string) => askByHttp(url, 'visitor.open', { inbox: inbox.publicKey }, { origin });
  expect(await open('https://tulips.example')).toMatchObject({ status: 200 });
  expect(await open('https://elsewhere.example')).toMatchObject({ status: 403 });
  await app.stop();
  await expect(setUp(database.db, key, wanted)).rejects.toThrow(/set up already/);
  expect(await database.db.collection('workspaces').countDocuments()).toBe(1);
});
