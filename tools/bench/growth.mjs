/** Whether a desk stays as fast after years: appends and reads in a small and in a large database of one mongod. */

import { receive } from '../../packages/server/dist/conversations/index.js';
import { Journal } from '../../packages/server/dist/journal/index.js';
import { openDatabase } from '../../packages/server/dist/platform/database.js';
import { createLogger } from '../../packages/server/dist/platform/logger.js';
import { openForSeeding, seedDesk, seededId } from '../seed/desk.mjs';
import { connectAgent, signIn } from './clients.mjs';
import { compared, median } from './figures.mjs';
import { startHelpline } from './load.mjs';
import { stop, withMongo } from './processes.mjs';

const runs = 7;
const appendersAtOnce = 200;
const appendsEach = 25;
const readsEach = 40;

export const benchGrowth = ({ small, say }) =>
  withMongo(say, async (mongo) => {
    await giveCache(mongo);
    const sizes = small ? { tiny: 334, few: 2_500, many: 20_000 } : { tiny: 334, few: 10_000, many: 1_000_000 };
    const at = (name) => ({ ...mongo, uri: mongo.uri.replace('/helpline?', `/${name}?`), conversations: sizes[name] });
    for (const name of ['few', 'many']) await seed(at(name), say);
    return [...(await benchAppends(at('tiny'), at('many'), say)), ...(await benchReads(at('few'), at('many'), say))];
  });

/** The indexes of the large desk are larger than what `npm start` gives its MongoDB; docs/operations.md wants them in memory. */
async function giveCache({ uri }) {
  const { db, close } = await openForSeeding(uri);
  await db.admin().command({ setParameter: 1, wiredTigerEngineRuntimeConfig: 'cache_size=2G' });
  await close();
}

async function seed({ uri, conversations }, say) {
  const { db, close } = await openForSeeding(uri);
  await db.dropDatabase();
  const live = Math.floor(conversations / 5);
  await seedDesk(db, { conversations, waiting: Math.min(500, live), inHand: Math.min(1500, live), say });
  await db.admin().command({ fsync: 1 }); // or the writing of what was seeded would fall into what is measured
  await close();
}

/** `tiny` begins each run anew with its thousand entries. */
async function benchAppends(tiny, many, say) {
  const micros = { tiny: [], many: [] };
  for (let run = 0; run < runs; run++) {
    await seed(tiny, () => {});
    micros.tiny.push(await timeAppends(tiny, run));
    micros.many.push(await timeAppends(many, run));
    say(
      `growth: an append ${micros.tiny.at(-1).toFixed(0)} µs beside 1,000 entries, ${micros.many.at(-1).toFixed(0)} µs beside ${many.conversations * 3}`,
    );
  }
  return [compared('growth.append', 'µs', median(micros.many), median(micros.tiny), { atMost: 1.2 })];
}

/** Microseconds an append takes where many customers write at once, each after a first message that is not counted. */
async function timeAppends({ uri, conversations }, run) {
  const { db, close } = await openDatabase(uri);
  const journal = new Journal(db, createLogger('error'));
  const write = (i, k) =>
    receive(journal, {
      conversationId: seededId(Math.floor((i / appendersAtOnce) * (conversations - runs)) + run),
      clientId: `bench:${run}:${i}:${k}`,
      author: { kind: 'visitor', id: 'bench' },
      message: {
        channel: 'chat',
        text: 'Hello, my order 1234 has not arrived yet, could you please check where it is?',
      },
    });
  const all = Array.from({ length: appendersAtOnce }, (_, i) => i);
  await Promise.all(all.map((i) => write(i, 0)));
  const began = performance.now();
  await Promise.all(
    all.map(async (i) => {
      for (let k = 1; k <= appendsEach; k++) await write(i, k);
    }),
  );
  const micros = ((performance.now() - began) * 1000) / (appendersAtOnce * appendsEach);
  await close();
  return micros;
}

async function benchReads(few, many, say) {
  const servers = [await startHelpline(few), await startHelpline(many)];
  const agents = await Promise.all(servers.map(async ({ port }) => connectAgent(port, await signIn(port))));
  await checkNobodyReadsHistory(many);
  const reads = {
    ...Object.fromEntries(
      ['mine', 'queue', 'open', 'resolved'].map((view) => [
        `list.${view}`,
        (agent) => agent.call('conversation.list', { view }),
      ]),
    ),
    page: (agent, conversationId) => agent.call('conversation.watch', { conversationId }),
    sync: (agent, conversationId) => agent.call('conversation.sync', { conversationId, after: 0 }),
  };
  const figures = [];
  for (const [name, read] of Object.entries(reads)) {
    const ms = [[], []];
    for (let run = 0; run < runs; run++)
      for (const [i, { conversations }] of [few, many].entries())
        ms[i].push(median(await timeReads((k) => read(agents[i], seededId(somewhere(conversations, run, k))))));
    figures.push(compared(`growth.${name}`, 'ms', median(ms[1]), median(ms[0]), { atMost: 1.5 }));
    say(
      `growth: ${name} ${median(ms[0]).toFixed(2)} ms among ${few.conversations}, ${median(ms[1]).toFixed(2)} ms among ${many.conversations}`,
    );
  }
  for (const agent of agents) agent.close();
  for (const { child } of servers) await stop(child);
  return figures;
}

/** A consumer of the journal without a position reads millions of entries, beside which nothing can be measured. */
async function checkNobodyReadsHistory({ uri }) {
  const { db, close } = await openForSeeding(uri);
  const without = { _id: { $ne: 'tail' }, token: { $exists: false }, time: { $exists: false } };
  const reading = await db.collection('positions').distinct('_id', without);
  await close();
  if (reading.length > 0) throw new Error(`tools/seed/desk.mjs gives no position to ${reading.join(', ')}.`);
}

/** Conversations of all ages, another one for each read. */
const somewhere = (conversations, run, k) =>
  Math.floor(((run * readsEach + k + 0.5) / (runs * readsEach)) * conversations);

async function timeReads(read) {
  const times = [];
  for (let k = 0; k < readsEach; k++) {
    const began = performance.now();
    await read(k);
    times.push(performance.now() - began);
  }
  return times;
}
