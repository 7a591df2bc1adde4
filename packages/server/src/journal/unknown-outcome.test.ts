import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { openImpatiently, startFailingMongo } from '../platform/mongo/test-failing-mongo.js';
import { ana, append, numbers, openJournal, say, stored, texts, upTo } from './test-journal.js';

let mongo: Awaited<ReturnType<typeof startFailingMongo>>;
let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  mongo = await startFailingMongo();
  test = await openJournal('unknown', undefined, openDatabase(mongo.uri('unknown')));
});
afterEach(() => mongo.heal());
afterAll(async () => {
  await test.close();
  await mongo.stop();
});

const losses = {
  'the connection breaks': { failCommands: ['insert'], closeConnection: true },
  'the primary shuts down (91)': { failCommands: ['insert'], errorCode: 91 },
  'the primary is no longer one (10107)': { failCommands: ['insert'], errorCode: 10107 },
  'the write was interrupted (11600)': { failCommands: ['insert'], errorCode: 11600 },
  'the write is there, but the majority was late': {
    failCommands: ['insert'],
    writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
  },
  'the look-up after a duplicate fails too': { failCommands: ['insert', 'find'], closeConnection: true },
};

describe('an entry whose outcome is unknown', () => {
  it.each(Object.entries(losses))('is sent again until it is known: %s', async (_, failure) => {
    const node = test.anotherNode();
    const ids = upTo(10).map(() => newId());
    const told: string[] = [];
    node.onCommitted((entry) => told.push(entry.conversationId));
    await Promise.all(ids.map((id) => append(node, id, say(ana, 'first'))));
    await mongo.fail('unknown.entries', failure, 4);
    const words = ['second', 'third'];
    const appended = ids.flatMap((id) => words.map((word) => append(node, id, say(ana, word))));
    const results = await Promise.all(appended);
    expect(results.every(({ repeated }) => !repeated)).toBe(true);
    expect(told.toSorted()).toEqual([...ids, ...ids, ...ids].toSorted());
    const acknowledged = new Set(results.map(({ entry }) => entry._id));
    for (const id of ids) {
      const entries = await stored(test.db, id);
      expect(texts(entries)).toEqual(['first', 'second', 'third']);
      expect(entries.map(({ _id }) => acknowledged.has(_id))).toEqual([false, true, true]);
    }
  });

  it('is not acknowledged while it is unknown, and keeps its conversation busy', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'first'));
    await mongo.fail('unknown.entries', losses['the write is there, but the majority was late']);
    const acknowledged: number[] = [];
    const calls = ['second', 'third'].map(async (word) => {
      const { entry } = await append(test.journal, id, say(ana, word));
      acknowledged.push(entry.seq);
    });
    await mongo.struck(3);
    expect(acknowledged).toEqual([]);
    expect(texts(await stored(test.db, id))).toEqual(['first', 'second']);
    await mongo.heal();
    await Promise.all(calls);
    expect(acknowledged).toEqual([2, 3]);
  });

  it('is not acknowledged before a majority has it', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'first'));
    await mongo.holdBackMajority(true);
    let acknowledged = false;
    const call = append(test.journal, id, say(ana, 'second')).finally(() => {
      acknowledged = true;
    });
    const local = { readConcern: { level: 'local' } } as const;
    await expect.poll(() => test.db.collection('entries').findOne({ conversationId: id, seq: 2 }, local)).toBeTruthy();
    expect((await test.journal.sync(id, 'everything', 0, 10)).entries).toHaveLength(1);
    expect(acknowledged).toBe(false);
    await mongo.holdBackMajority(false);
    await call;
    expect((await test.journal.sync(id, 'everything', 0, 10)).entries).toHaveLength(2);
  });
});

describe('a first try that arrives late', () => {
  const late = { failCommands: ['insert'], blockConnection: true, blockTimeMS: 1_500, appName: 'impatient' };

  it('finds its entry there already', async () => {
    const slow = await openJournal('late', undefined, openImpatiently(mongo.uri('late', 'impatient')));
    const id = newId();
    await append(slow.journal, id, say(ana, 'first'));
    await mongo.fail('late.entries', late, 2);
    const [second, third] = await Promise.all(
      ['second', 'third'].map((word) => append(slow.journal, id, say(ana, word))),
    );
    expect([second?.repeated, third?.repeated]).toEqual([false, false]);
    await mongo.fail('late.entries', { failCommands: ['insert'], appName: 'nobody' });
    expect(texts(await stored(slow.db, id))).toEqual(['first', 'second', 'third']);
    await slow.close();
  });

  it('has lost its number to another node by then, and stands behind it', async () => {
    const slow = await openJournal('lost', undefined, openImpatiently(mongo.uri('lost', 'impatient')));
    const quick = await openJournal('lost', undefined, openDatabase(mongo.uri('lost', 'quick')));
    const id = newId();
    await append(slow.journal, id, say(ana, 'first'));
    await mongo.fail('lost.entries', late, 2);
    const behind = append(slow.journal, id, say(ana, 'slow'), { clientId: 'slow' });
    await mongo.struck(1);
    await append(quick.journal, id, say(ana, 'quick'));
    expect((await behind).entry.seq).toBe(3);
    expect(texts(await stored(quick.db, id))).toEqual(['first', 'quick', 'slow']);
    expect(numbers(await stored(quick.db, id))).toEqual([1, 2, 3]);
    await slow.close();
    await quick.close();
  });

  it('was sent through another node meanwhile, and shows once', async () => {
    const slow = await openJournal('twice', undefined, openImpatiently(mongo.uri('twice', 'impatient')));
    const quick = await openJournal('twice', undefined, openDatabase(mongo.uri('twice', 'quick')));
    const id = newId();
    await append(slow.journal, id, say(ana, 'first'));
    await mongo.fail('twice.entries', late, 2);
    const tries = [append(slow.journal, id, say(ana, 'again'), { clientId: 'again' })];
    await mongo.struck(1);
    tries.push(append(quick.journal, id, say(ana, 'again'), { clientId: 'again' }));
    const [one, other] = await Promise.all(tries);
    expect(one?.entry._id).toBe(other?.entry._id);
    expect(texts(await stored(quick.db, id))).toEqual(['first', 'again']);
    await slow.close();
    await quick.close();
  });
});
