import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { startFailingMongo } from '../platform/mongo/test-failing-mongo.js';
import type { EntryRef } from './follower.js';
import { ana, append, openJournal, say, upTo } from './test-journal.js';
import { followTail, seqsOf } from './test-tail.js';

let mongo: Awaited<ReturnType<typeof startFailingMongo>>;
let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  mongo = await startFailingMongo();
  test = await openJournal('broken', undefined, openDatabase(mongo.uri('broken')));
});
afterEach(() => mongo.heal());
afterAll(async () => {
  await test.close();
  await mongo.stop();
});

/** Until the tail has stored a place in the stream; its first entry it may have read again from the journal. */
async function underWay(tail: ReturnType<typeof followTail>, name: string): Promise<void> {
  const id = newId();
  for (const n of [1, 2]) {
    await append(test.journal, id, say(ana, `${n}`));
    await vi.waitUntil(() => seqsOf(tail.handled, id).length === n, { timeout: 10_000 });
  }
  await vi.waitUntil(() => hasToken(name), { timeout: 10_000 });
}

const hasToken = async (name: string) =>
  Boolean((await test.db.collection<{ _id: string; token?: unknown }>('positions').findOne({ _id: name }))?.token);

const breaks = {
  'its connection breaks': { failCommands: ['getMore', 'aggregate'], closeConnection: true },
  'the primary changes': { failCommands: ['getMore', 'aggregate'], errorCode: 10107 },
  'what it was at is no longer in the oplog': { failCommands: ['getMore', 'aggregate'], errorCode: 286 },
};

describe('a tail', () => {
  it.each(Object.entries(breaks))('misses nothing when %s', { timeout: 30_000 }, async (name, failure) => {
    const tail = followTail(test.db, { name });
    await underWay(tail, name);
    const id = newId();
    await mongo.fail('broken.entries', failure, 4);
    for (const n of upTo(20)) await append(test.journal, id, say(ana, `${n}`));
    await mongo.struck(4);
    await append(test.journal, id, say(ana, '21'));
    await vi.waitUntil(() => seqsOf(tail.handled, id).length === 21, { timeout: 15_000 });
    expect(seqsOf(tail.handled, id)).toEqual(upTo(21));
    await tail.stop();
  });

  it('misses nothing when its position can not be stored', { timeout: 30_000 }, async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: EntryRef[] = [];
    const id = newId();
    const handle = async (refs: EntryRef[]) => {
      slow.push(...refs);
      if (seqsOf(refs, id).length > 0) await released;
    };
    const tail = followTail(test.db, { name: 'quick' }, { name: 'slow', handle });
    await underWay(tail, 'slow');
    await append(test.journal, id, say(ana, '1'));
    await vi.waitUntil(() => seqsOf(slow, id).length === 1, { timeout: 10_000 });
    await append(test.journal, id, say(ana, '2'));
    await vi.waitUntil(() => seqsOf(tail.handled, id).length === 2, { timeout: 10_000 });
    await mongo.fail('broken.positions', { failCommands: ['update'], errorCode: 1 }, 3);
    release();
    await mongo.struck(3);
    await append(test.journal, id, say(ana, '3'));
    await vi.waitUntil(() => seqsOf(slow, id).includes(3), { timeout: 10_000 });
    expect(seqsOf(slow, id)).toEqual(upTo(3));
    await tail.stop();
  });

  it('misses nothing when mongod is killed and comes back', { timeout: 60_000 }, async () => {
    const tail = followTail(test.db, { name: 'survivor' });
    const id = newId();
    await append(test.journal, id, say(ana, '1'));
    await vi.waitUntil(() => seqsOf(tail.handled, id).length === 1, { timeout: 10_000 });
    mongo.kill();
    const second = append(test.journal, id, say(ana, '2'));
    await mongo.startAgain();
    await second;
    await append(test.journal, id, say(ana, '3'));
    await vi.waitUntil(() => seqsOf(tail.handled, id).length === 3, { timeout: 30_000 });
    expect(seqsOf(tail.handled, id)).toEqual(upTo(3));
    await tail.stop();
  });
});
