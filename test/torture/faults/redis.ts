import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { untilHealed } from './until-healed.js';

const restarted: Fault = {
  id: 'F21',
  title: 'Redis restarts and has forgotten everything',
  meets: ['redis'],
  seconds: { short: 4, long: 20 },
  async inject({ cluster, random }) {
    return untilHealed(async () => {
      await cluster.redis.kill();
      await sleep(random.between(0, 800));
      await cluster.redis.start();
      await sleep(random.between(300, 1_500));
    });
  },
};

const stopped: Fault = {
  id: 'F22',
  title: 'Redis stands still',
  meets: ['redis'],
  seconds: { short: 5, long: 30 },
  async inject({ cluster }) {
    cluster.redis.pause();
    return async () => cluster.redis.resume();
  },
};

const partitioned: Fault = {
  id: 'F23',
  title: 'one node does not reach Redis any more, the others do',
  meets: ['redis'],
  seconds: { short: 5, long: 20 },
  async inject({ cluster, random }) {
    const { redis } = random.pick(cluster.nodes);
    redis.drop('both');
    redis.stallNewConnections();
    return async () => redis.heal();
  },
};

const full: Fault = {
  id: 'F24',
  title: 'Redis has no memory left and refuses to write',
  meets: ['redis'],
  seconds: { short: 4, long: 20 },
  async inject({ cluster }) {
    await cluster.redis.command('CONFIG', 'SET', 'maxmemory', '1');
    return async () => {
      await cluster.redis.command('CONFIG', 'SET', 'maxmemory', '0');
    };
  },
};

const nothingArrives: Fault = {
  id: 'F25',
  title: 'nothing that a node tells the others arrives',
  meets: ['redis'],
  seconds: { short: 5, long: 20 },
  async inject({ cluster }) {
    for (const { redis } of cluster.nodes) {
      redis.refuseNewConnections();
      redis.cut();
    }
    return async () => {
      for (const { redis } of cluster.nodes) redis.heal();
    };
  },
};

export const redisFaults: readonly Fault[] = [restarted, stopped, partitioned, full, nothingArrives];
