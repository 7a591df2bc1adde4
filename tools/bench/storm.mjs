/** A node dies under thousands of visitors, and the other one takes them: how long until all know what they missed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../packages/server/dist/platform/database.js';
import { measured } from './figures.mjs';
import { seedCompany, startNode, startRedis } from './load.mjs';
import { lineOf, loadCore, start, stop, withMongo } from './processes.mjs';

const crowds = 2;
const watchedMs = 5_000;

export const benchStorm = ({ small, say }) =>
  withMongo(say, async (mongo) => {
    const count = small ? 200 : 3_000;
    await seedCompany(mongo);
    const redis = await startRedis();
    const env = { REDIS_URL: redis.url };
    const nodes = [await startNode(mongo, { env }), await startNode(mongo, { env })];
    const clients = await settle(nodes[0].port, count / crowds);
    say(`storm: ${count} visitors are in conversations on one node`);
    const { db, close } = await openDatabase(mongo.uri);
    const restless = await readsOf(db, () => sleep(watchedMs));
    const caughtUp = clients.map((child) => lineOf(child, (line) => line.startsWith('caught-up')));
    await tellAll(clients, `move ${nodes[1].port}`);
    const began = Date.now();
    let times = [];
    const reads = await readsOf(db, async () => {
      await stop(nodes[0].child, 'SIGKILL');
      times = (await Promise.all(caughtUp)).flatMap((line) => JSON.parse(line.slice('caught-up '.length)));
    });
    const background = restless * ((Date.now() - began) / watchedMs);
    await close();
    for (const child of [...clients, nodes[1].child, redis.child]) await stop(child);
    const seconds = Math.max(...times) / 1000;
    say(
      `storm: all caught up after ${seconds.toFixed(1)} s, ${reads} reads, of them ${Math.round(background)} of the nodes themselves`,
    );
    return [
      measured('storm.caught-up', 's', seconds, { atMost: 30 }),
      measured('storm.reads-per-client', 'reads', (reads - background) / count, { atMost: 2 }),
    ];
  });

async function settle(port, count) {
  const clients = Array.from({ length: crowds }, () =>
    start(loadCore, ['tools/bench/storm-clients.mjs', '--port', String(port)]),
  );
  await tellAll(clients, `settle ${count}`);
  await sleep(2_000); // what the new conversations set off comes to rest
  return clients;
}

async function tellAll(clients, line) {
  const done = clients.map((child) => lineOf(child, (answer) => answer === `done ${line}`));
  for (const child of clients) child.stdin.write(`${line}\n`);
  await Promise.all(done);
}

/** How many queries MongoDB was asked meanwhile. */
async function readsOf(db, work) {
  const queries = async () => (await db.admin().serverStatus()).opcounters.query;
  const before = await queries();
  await work();
  return (await queries()) - before;
}
