import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { startFailingMongo } from '../platform/mongo/test-failing-mongo.js';
import { Batcher } from './batcher.js';
import type { Entry } from './entry.js';
import { JournalStore } from './store.js';
import { ana, append, openJournal, say, upTo } from './test-journal.js';

let mongo: Awaited<ReturnType<typeof startFailingMongo>>;
let test: Awaited<ReturnType<typeof openJournal>>;
let store: JournalStore;
beforeAll(async () => {
  mongo = await startFailingMongo();
  test = await openJournal('batches', undefined, openDatabase(mongo.uri('batches')));
  store = new JournalStore(test.db);
});
afterEach(async () => {
  await mongo.heal();
  await test.db.command({ collMod: 'entries', validator: {} });
});
afterAll(async () => {
  await test.close();
  await mongo.stop();
});

const entry = (text: string, more: Partial<Entry> = {}): Entry =>
  ({
    _id: newId(),
    workspaceId: 'shop',
    conversationId: newId(),
    seq: 1,
    pub: 1,
    audience: 'public',
    clientId: newId(),
    hash: '',
    v: 1,
    at: new Date(),
    actor: ana,
    type: 'message',
    payload: { channel: 'chat', text },
    ...more,
  }) as Entry;

/** Writes all in one batch, and tells what became of each. */
async function writeTogether(entries: Entry[], bytes = 200) {
  const batches: Entry[][] = [];
  const batcher = new Batcher((batch) => {
    batches.push(batch);
    return store.insert(batch);
  });
  const outcomes = await Promise.all(entries.map((one) => batcher.write(one, bytes)));
  return { outcomes, batches };
}

const isThere = async ({ _id }: Entry) => (await store.byIds([_id])).length === 1;

describe('a batch', () => {
  it('takes at most 500 entries', async () => {
    const { batches } = await writeTogether(upTo(1_100).map(() => entry('Hello')));
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 100]);
  });

  it('takes at most 8 MB', async () => {
    const { batches } = await writeTogether(
      upTo(70).map(() => entry('Hello')),
      256 * 1024,
    );
    expect(batches.map((batch) => batch.length)).toEqual([32, 32, 6]);
  });

  it('carries what came while another was being written', async () => {
    const before = (await test.db.admin().serverStatus()).metrics.commands.insert.total;
    const calls = upTo(200).map(() => append(test.journal, newId(), say(ana, 'Hello')));
    await Promise.all(calls);
    const after = (await test.db.admin().serverStatus()).metrics.commands.insert.total;
    expect(after - before).toBeLessThan(60);
  });
});

describe('a duplicate beside good entries', () => {
  it('fails alone', async () => {
    const taken = entry('first');
    await store.insert([taken]);
    const batch = [entry('a'), entry('b', { conversationId: taken.conversationId }), entry('c')];
    const { outcomes } = await writeTogether(batch);
    expect(outcomes).toEqual(['committed', 'duplicate', 'committed']);
    expect(await Promise.all(batch.map(isThere))).toEqual([true, false, true]);
  });

  it('tells nothing of any of them if the write concern failed too', async () => {
    const taken = entry('first');
    await store.insert([taken]);
    await mongo.fail('batches.entries', {
      failCommands: ['insert'],
      writeConcernError: { code: 64, errmsg: 'timed out' },
    });
    const batch = [entry('a'), entry('b', { conversationId: taken.conversationId }), entry('c')];
    let told = false;
    const written = writeTogether(batch).finally(() => {
      told = true;
    });
    await mongo.struck(2);
    expect(told).toBe(false);
    await mongo.heal();
    // The good ones had arrived by their first try, so the second is a duplicate of itself.
    expect((await written).outcomes).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await Promise.all(batch.map(isThere))).toEqual([true, false, true]);
  });
});

describe('an error that passes', () => {
  it('listed for one entry, as a router of a sharded cluster does, has only that one sent again', async () => {
    const sent: Entry[][] = [];
    const batcher = new Batcher(async (batch) => {
      sent.push(batch);
      const refused = sent.length === 1 ? [{ index: 1, code: 91 }] : [];
      return { written: batch.length - refused.length, refused, isDurable: true };
    });
    const batch = [entry('a'), entry('b'), entry('c')];
    const outcomes = await Promise.all(batch.map((one) => batcher.write(one, 200)));
    expect(outcomes).toEqual(['committed', 'committed', 'committed']);
    expect(sent).toEqual([batch, batch.slice(1, 2)]);
  });
});

describe('a poison entry', () => {
  const deep = (levels: number): unknown => upTo(levels).reduce<unknown>((inner) => ({ inner }), {});
  const poisons = {
    'a validator refuses': entry('poison'),
    'is nested too deep for the collection': entry('deep', { deep: deep(185) } as Partial<Entry>),
    'is nested too deep for the server, which refuses the whole batch': entry('deep', {
      deep: deep(300),
    } as Partial<Entry>),
    'the driver can not encode': entry('null byte', { 'a\0b': 1 } as Partial<Entry>),
    'is beyond what the driver takes': entry('x'.repeat(17_000_000)),
  };

  it.each(Object.entries(poisons))('that %s fails alone', async (_, poison) => {
    await test.db.command({ collMod: 'entries', validator: { 'payload.text': { $ne: 'poison' } } });
    const mates = [entry('a'), entry('b')];
    const { outcomes } = await writeTogether([...mates.slice(0, 1), poison, ...mates.slice(1)]);
    expect(outcomes).toEqual(['committed', 'poison', 'committed']);
    expect(await Promise.all(mates.map(isThere))).toEqual([true, true]);
  });

  it('is refused to its author, and its conversation goes on', async () => {
    await test.db.command({ collMod: 'entries', validator: { 'payload.text': { $ne: 'poison' } } });
    const id = newId();
    const calls = ['first', 'poison', 'second'].map((text) => append(test.journal, id, say(ana, text)));
    const results = await Promise.allSettled([...calls, append(test.journal, newId(), say(ana, 'Hello'))]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'unprocessable' } });
    expect(results[2]).toMatchObject({ value: { entry: { seq: 2 } } });
  });
});
