import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { databaseOf } from './support/behind-the-scenes.js';
import { Chatter } from './support/chatter.js';
import { House, type Ready, runStart } from './support/house.js';
import { nextStep } from './support/story.js';

let house: House;
let first: Ready;
let carla: Chatter;

beforeAll(async () => {
  house = await House.start({ args: ['--with-mail'] });
  first = house.ready;
});
afterAll(async () => {
  carla?.client.close();
  await house?.end();
});
beforeEach((context) => nextStep(context));

test('with --json one line is printed, and what it names is there', async () => {
  expect(house.said.trim().split('\n')).toHaveLength(1);
  for (const address of [first.demo, first.console]) {
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
  }
  expect(first.accounts.map(({ name }) => name)).toContain('Ana Alvarez');
  expect(first.inboxes.map(({ channel }) => channel).sort()).toEqual(['chat', 'chat', 'email']);
  expect(everyPid(first).filter(isAlive)).toEqual(everyPid(first));
});

test('a second start on the same folder says that it is in use, and disturbs nobody', async () => {
  const second = runStart(['--port', '0', '--data', house.data, '--json']);
  expect(await second.exitCode).toBe(1);
  expect(second.stderr()).toMatch(/folder .* is in use by the Helpline that runs as process \d+\./);
  expect(second.stdout()).toBe('');
  carla = new Chatter(house, 'Carla');
  await carla.client.connect();
  await carla.chat(3);
  expect(everyPid(first).filter(isAlive)).toEqual(everyPid(first));
});

test('Ctrl-C stops everything it started', async () => {
  expect(await house.stop('SIGINT')).toBe(0);
  expect(everyPid(first).filter(isAlive)).toEqual([]);
});

test('a port in use is told in one sentence, and nothing is left behind', async () => {
  const { port } = new URL(first.url);
  const other = createServer((visitor) => visitor.destroy());
  await new Promise<void>((resolve) => other.listen(Number(port), '127.0.0.1', resolve));
  const refused = runStart(['--port', port, '--data', house.data, '--json']);
  expect(await refused.exitCode).toBe(1);
  expect(refused.stderr()).toContain(`Port ${port} is in use.`);
  expect(refused.stdout()).toBe('');
  expect(await databaseOf(house)).not.toHaveProperty('pid');
  await new Promise((resolve) => other.close(resolve));
});

test('the next start goes on where it was, within seconds', async () => {
  await house.startAgain();
  const { pids: _pids, ...again } = house.ready;
  const { pids: _before, ...before } = first;
  expect(again).toEqual(before);
  expect(await carla.readAgain()).toEqual(carla.said);
}, 30_000);

function everyPid({ pids: { server, mongod, mail = [] } }: Ready): number[] {
  return [server, ...(mongod ? [mongod] : []), ...mail];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
