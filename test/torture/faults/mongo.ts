import { setTimeout as sleep } from 'node:timers/promises';
import { appName, setFailPoint } from '../cluster/mongo-set.js';
import { diskFull } from './disk-full.js';
import type { Fault, Scene } from './fault.js';
import { letClaimsRunOut } from './means/let-claims-run-out.js';
import { untilHealed } from './until-healed.js';

const healMongo = ({ cluster }: Scene) => cluster.mongo.heal();

const stepDown: Fault = {
  id: 'F11',
  title: 'the primary gives up its office, twice',
  meets: ['mongo'],
  seconds: { short: 6, long: 30 },
  async inject({ cluster }) {
    return untilHealed(async () => {
      await cluster.mongo.stepDown();
      await cluster.mongo.primary();
      await sleep(3_000);
    });
  },
};

const primaryKilled: Fault = {
  id: 'F12',
  title: 'the primary is killed',
  meets: ['mongo'],
  seconds: { short: 5, long: 15 },
  async inject(scene) {
    await (await scene.cluster.mongo.primary()).kill();
    return () => healMongo(scene);
  },
};

const majorityKilled: Fault = {
  id: 'F13',
  title: 'two of three members are killed: nothing may be acknowledged',
  meets: ['mongo', 'nodes'],
  seconds: { short: 5, long: 20 },
  async inject(scene) {
    const secondaries = await scene.cluster.mongo.secondaries();
    await Promise.all(secondaries.map((member) => member.kill()));
    const from = performance.now() + 500; // what was committed before is still being answered
    return async () => {
      reportAcknowledged(scene, from, performance.now());
      await healMongo(scene);
    };
  },
};

const written: readonly string[] = ['start', 'send', 'reply', 'note', 'assign', 'resolve'];

/** What was begun before may have been committed before, and only be acknowledged now. */
function reportAcknowledged({ history, report }: Scene, from: number, until: number): void {
  const during = history.all().filter(({ at, f }) => written.includes(f) && at > from && at < until);
  const begun = new Set(during.filter(({ type }) => type === 'invoke').map(({ op }) => op));
  const wrong = during.filter(({ type, op }) => type === 'ok' && begun.has(op));
  if (wrong.length > 0) report('something was acknowledged without a majority', wrong);
}

/**
 * The primary and its clients are on one side of a rift, the majority on the other: first the majority stands still, so
 * that what the primary still takes is on it alone; then the primary does, while the others elect a new one.
 */
const primaryIsolated: Fault = {
  id: 'F14',
  title: 'the primary is cut off with its clients, and wakes up in a world that has elected another',
  meets: ['mongo', 'nodes'],
  async inject({ cluster }) {
    const { mongo } = cluster;
    const primary = await mongo.primary();
    const others = mongo.members.filter((member) => member !== primary);
    for (const member of others) member.pause();
    await sleep(1_200);
    primary.pause();
    for (const member of others) member.resume();
    await mongo.primaryAmong(others);
    await sleep(1_000);
    return async () => {
      primary.resume();
      await mongo.heal();
    };
  },
};

const commandFailures = [
  { closeConnection: true },
  { errorCode: 91 },
  { errorCode: 10107 },
  { writeConcernError: { code: 91, errmsg: 'Replication is being shut down' } },
  { writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } },
];
const writes = ['insert', 'update', 'findAndModify'];
const reads = ['find', 'aggregate', 'getMore'];

const commandsFail: Fault = {
  id: 'F15',
  title: 'commands fail once, twice, forty times: connections close, nodes shut down, write concerns are not met',
  meets: ['mongo'],
  seconds: { short: 6, long: 30 },
  async inject({ cluster, random }) {
    const { mongo } = cluster;
    const strike = async () => {
      const failure = random.pick(commandFailures);
      const failCommands = 'writeConcernError' in failure ? writes : random.pick([writes, reads]);
      const times = random.pick([1, 2, 10, 40]);
      await setFailPoint(await mongo.primary(), 'failCommand', { times }, { failCommands, appName, ...failure });
      await sleep(400);
    };
    return untilHealed(strike, () => mongo.heal());
  },
};

const secondaryStopped: Fault = {
  id: 'F16',
  title: 'a secondary stands still',
  meets: ['mongo'],
  seconds: { short: 5, long: 60 },
  async inject(scene) {
    const [secondary] = await scene.cluster.mongo.secondaries();
    secondary?.pause();
    return () => healMongo(scene);
  },
};

/** As after a day's absence: where the consumers were is not in the oplog any more. */
const tokenTooOld: Fault = {
  id: 'F18',
  title: "the place where the journal's consumers were is forgotten by the database",
  meets: ['mongo', 'nodes'],
  seconds: { short: 1, long: 5 },
  async inject({ cluster }) {
    await Promise.all(cluster.nodes.map((node) => node.kill()));
    const positions = cluster.mongo.db.collection<{ _id: string; token?: { _data: string } }>('positions');
    for (const { _id, token } of await positions.find().toArray())
      if (token) await positions.updateOne({ _id }, { $set: { 'token._data': aged(token._data) } });
    return async () => {
      await Promise.all(cluster.nodes.map((node) => node.start()));
      await letClaimsRunOut(cluster);
    };
  },
};

/** A token begins with its time in seconds: this one is of the year 2001. */
const aged = (token: string): string => `823A000000${token.slice(10)}`;

const slowQueries: Fault = {
  id: 'F19',
  title: 'every third command takes two seconds',
  meets: ['mongo'],
  seconds: { short: 5, long: 20 },
  async inject(scene) {
    const primary = await scene.cluster.mongo.primary();
    const data = { failCommands: [...writes, ...reads], blockConnection: true, blockTimeMS: 2_000, appName };
    await setFailPoint(primary, 'failCommand', { activationProbability: 0.33 }, data);
    return () => healMongo(scene);
  },
};

const storm: Fault = {
  id: 'F20',
  title: 'the whole database stands still, and everybody comes back at once',
  meets: ['mongo', 'nodes', 'network'],
  seconds: { short: 4, long: 20 },
  async inject(scene) {
    const { mongo, nodes } = scene.cluster;
    for (const member of mongo.members) member.pause();
    return async () => {
      for (const node of nodes) node.clients.reset();
      await mongo.heal();
    };
  },
};

export const mongoFaults: readonly Fault[] = [
  stepDown,
  primaryKilled,
  majorityKilled,
  primaryIsolated,
  commandsFail,
  secondaryStopped,
  diskFull,
  tokenTooOld,
  slowQueries,
  storm,
];
