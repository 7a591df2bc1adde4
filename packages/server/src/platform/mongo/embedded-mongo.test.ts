import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, stopProcess } from '../processes.js';
import { type EmbeddedMongo, startEmbeddedMongo } from './embedded-mongo.js';
import { readRunFile, writeRunFile } from './run-file.js';
import { testDatabaseUri } from './test-mongo.js';

let dataDir: string;
let running: EmbeddedMongo | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'helpline-embedded-'));
});

afterEach(async () => {
  const { pid } = await readRunFile(dataDir);
  await running?.stop();
  running = undefined;
  if (pid !== undefined && isAlive(pid)) await stopProcess(pid);
  await rm(dataDir, { recursive: true, force: true });
});

test('Ana stops Helpline and starts it again: her data and the port are still there', async () => {
  const first = await start();
  await write(first.uri, 'Ana');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(second.uri).toBe(first.uri);
  expect(await names(second.uri)).toEqual(['Ana']);
});

test('when another program took the port meanwhile, the set moves to a new one and keeps its data', async () => {
  const first = await start();
  await write(first.uri, 'Ben');
  await first.stop();
  const squatter = createServer((socket) => socket.destroy()).listen(Number(new URL(first.uri).port), '127.0.0.1');

  const second = await start();
  expect(second.uri).not.toBe(first.uri);
  expect(await names(second.uri)).toEqual(['Ben']);
  squatter.close();
});

test('a server that was killed with -9 comes back with everything it had acknowledged', async () => {
  const first = await start();
  await write(first.uri, 'Carla');
  process.kill(first.pid, 'SIGKILL');
  await expect.poll(() => isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(await names(second.uri)).toEqual(['Carla']);
});

test('a server left behind by a killed Helpline is taken over, not started twice', async () => {
  const first = await start();
  await write(first.uri, 'Dan');
  await writeRunFile(dataDir, { ...(await readRunFile(dataDir)), owner: await pidOfADeadProcess() });

  const second = await start();
  expect(second.pid).toBe(first.pid);
  expect(await names(second.uri)).toEqual(['Dan']);
});

test('a second Helpline on the same folder is told who uses it', async () => {
  await start();
  await expect(startEmbeddedMongo({ dataDir, log: () => {} })).rejects.toThrow(`in use by the Helpline`);
});

test('the test server accepts fail points', async () => {
  const client = await mongo.MongoClient.connect(testDatabaseUri('fail-points'));
  const answer = await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
  expect(answer.ok).toBe(1);
  await client.close();
});

async function start(): Promise<EmbeddedMongo> {
  running = await startEmbeddedMongo({ dataDir, log: () => {} });
  return running;
}

async function write(uri: string, name: string): Promise<void> {
  await withPeople(uri, (people) => people.insertOne({ name }, { writeConcern: { w: 'majority', j: true } }));
}

async function names(uri: string): Promise<string[]> {
  return withPeople(uri, async (people) => (await people.find().toArray()).map((person) => person.name));
}

async function withPeople<T>(uri: string, use: (people: mongo.Collection<{ name: string }>) => Promise<T>): Promise<T> {
  const client = await mongo.MongoClient.connect(uri);
  try {
    return await use(client.db().collection<{ name: string }>('people'));
  } finally {
    await client.close();
  }
}

async function pidOfADeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
}
