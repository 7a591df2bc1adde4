import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { startFailingMongo } from '../platform/mongo/test-failing-mongo.js';
import { ana, append, numbers, openJournal, say, stored, upTo } from './test-journal.js';

let mongo: Awaited<ReturnType<typeof startFailingMongo>>;
let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  mongo = await startFailingMongo();
  test = await openJournal('killed', undefined, openDatabase(mongo.uri('killed')));
});
afterAll(async () => {
  await test.close();
  await mongo.stop();
});

describe('a mongod that is killed while entries are appended', () => {
  it('has every acknowledged entry when it is back, once, and those that waited go on', {
    timeout: 60_000,
  }, async () => {
    const ids = upTo(20).map(() => newId());
    const acknowledged: string[] = [];
    const killAt = 500;
    const writeMany = async (id: string) => {
      for (const n of upTo(50)) {
        const { entry, repeated } = await append(test.journal, id, say(ana, `${n}`), { clientId: `c${n}` });
        expect(repeated).toBe(false);
        acknowledged.push(entry._id);
        if (acknowledged.length === killAt) mongo.kill();
      }
    };
    const writing = Promise.all(ids.map(writeMany));
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(killAt);
    await mongo.startAgain();
    await writing;
    const there = (await Promise.all(ids.map((id) => stored(test.db, id)))).flat();
    expect(there.map(({ _id }) => _id).toSorted()).toEqual(acknowledged.toSorted());
    for (const id of ids) expect(numbers(await stored(test.db, id))).toEqual(upTo(50));
  });
});
