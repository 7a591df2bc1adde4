import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal } from '../journal/index.js';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { isLong } from '../testing/explore.js';
import { CapWatch } from './testing/race/caps.js';
import { Crowd } from './testing/race/crowd.js';
import { assignedTwice, comesToRest, unsettled } from './testing/race/findings.js';
import { RaceNode } from './testing/race/nodes.js';
import { hire } from './testing/race/staff.js';

const scope = isLong
  ? { agents: 200, waves: [1_500, 1_500, 1_000, 1_000], deaths: 3 }
  : { agents: 24, waves: [60, 60], deaths: 1 };

const uri = testDatabaseUri('race');
let database: OpenDatabase;
const nodes: RaceNode[] = [];
const dead: Promise<void>[] = [];

beforeEach(async () => {
  database = await openDatabase(uri);
  for (let i = 0; i < 3; i++) nodes.push(await RaceNode.start(uri)); // the first one leads
});

afterEach(async () => {
  await Promise.all([...nodes.map((node) => node.stop()), ...dead]);
  await database.close();
});

/** The one that leads dies while everybody is busy, and another is started in its stead. */
async function leaderDies(): Promise<void> {
  const [leader] = nodes.splice(0, 1);
  if (!leader) throw new Error('there is no node');
  if (!isLong) await leader.isLeft(); // or what a person was doing there is settled after half a minute
  await leader.dies();
  dead.push(leader.stop());
  nodes.push(await RaceNode.start(uri));
}

const what = 'nobody is given too many, nothing is given twice, nobody is free beside who waits';

test(`${scope.agents} agents at three nodes, of which the leading one dies: ${what}`, async () => {
  const { db } = database;
  const [first] = nodes;
  if (!first) throw new Error('there is no node');
  const members = await hire(first, db, scope.agents);
  const caps = await CapWatch.over(db);
  const crowd = new Crowd(db, new Journal(db, createLogger('silent')), members, () => nodes);
  for (const [wave, customers] of scope.waves.entries()) {
    const storm = crowd.storms(customers, scope.agents);
    if (wave < scope.deaths) await leaderDies();
    await storm;
    expect(await comesToRest(db)).toBeNull();
  }
  await expect.poll(() => unsettled(db), { timeout: 60_000, interval: 200 }).toEqual([]);
  await caps.end();
  expect(caps.findings).toEqual([]);
  expect(caps.given).toBeGreaterThan(scope.agents); // or it was people who gave out everything
  expect(await assignedTwice(db)).toEqual([]);
}, 900_000);
