/** What it costs that two nodes tell each other: visitors on one, agents on the other, both on the core that one node has. */
import { compared, medianOf } from './figures.mjs';
import { runLoad, seedCompany, startNode, startRedis, told } from './load.mjs';
import { stop, withMongo } from './processes.mjs';

const conversations = 200;

export const benchNodes = ({ repetitions, seconds, say }) =>
  withMongo(say, async (mongo) => {
    await seedCompany(mongo);
    const redis = await startRedis();
    const overRedis = { env: { REDIS_URL: redis.url } };
    const arrangements = {
      one: () => [startNode(mongo)],
      redis: () => [startNode(mongo, overRedis), startNode(mongo, overRedis)],
      mongo: () => [startNode(mongo), startNode(mongo)],
    };
    const results = { one: [], redis: [], mongo: [] };
    for (let i = 0; i < repetitions; i++)
      for (const [name, startNodes] of Object.entries(arrangements)) {
        const nodes = await Promise.all(startNodes());
        const [port, agentPort] = [nodes[0].port, nodes.at(-1).port];
        const watched = {
          mongod: mongo.pid,
          ...Object.fromEntries(nodes.map(({ child }, k) => [`node${k + 1}`, child.pid])),
        };
        const result = await runLoad({ port, agentPort, conversations, seconds, ours: true, watched });
        for (const { child } of nodes) await stop(child);
        results[name].push(result);
        say(`nodes: ${name.padEnd(5)} ${told(result)}`);
      }
    await stop(redis.child);
    const figure = (name, unit, key, other) =>
      compared(`nodes.${name}`, unit, medianOf(results[other], key), medianOf(results.one, key));
    return [
      figure('two-by-redis-vs-one', 'messages/s', 'rate', 'redis'),
      figure('two-by-redis-p99-vs-one', 'ms', 'p99', 'redis'),
      figure('two-by-mongo-vs-one', 'messages/s', 'rate', 'mongo'),
      figure('two-by-mongo-p99-vs-one', 'ms', 'p99', 'mongo'),
    ];
  });
