import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.js';
import type { Consumer } from './follower.js';
import { Journal } from './journal.js';
import { ana, append, ben, noteOf, openJournal, say, silent, upTo } from './test-journal.js';
import { followTail, seqsOf } from './test-tail.js';

let test: Awaited<ReturnType<typeof openJournal>>;
let running: ReturnType<typeof followTail>[] = [];
beforeEach(async () => {
  test = await openJournal('tail');
});
afterEach(async () => {
  await Promise.all(running.map((tail) => tail.stop()));
  running = [];
  await test.close();
});

const follow = (consumer: Partial<Consumer>, beside?: Partial<Consumer>) => {
  const tail = followTail(test.db, consumer, beside);
  running.push(tail);
  return tail;
};

const conversationOf = async (count: number) => {
  const id = newId();
  for (const n of upTo(count)) await append(test.journal, id, say(ana, `${n}`));
  return id;
};

const positions = () => test.db.collection<{ _id: string; token?: unknown; at?: Date }>('positions');
const hasToken = async () => Boolean((await positions().findOne({ _id: 'search' }))?.token);

describe('a consumer', () => {
  it('gets what was there before it, and what comes, each conversation in order', async () => {
    const ids = await Promise.all(upTo(20).map(() => conversationOf(10)));
    const { handled } = follow({});
    await Promise.all(
      ids.map(async (id) => {
        for (const n of upTo(10)) await append(test.journal, id, say(ana, `later ${n}`));
      }),
    );
    await vi.waitUntil(() => new Set(handled.map(({ _id }) => _id)).size === 400, { timeout: 10_000 });
    for (const id of ids) expect(seqsOf(handled, id)).toEqual(upTo(20));
  });

  it('gets only what it wants, and no texts', async () => {
    const id = await conversationOf(1);
    const { handled } = follow({ wants: ({ type }) => type === 'note' });
    await append(test.journal, id, noteOf(ben, 'Psst'));
    await append(test.journal, id, say(ben, 'Hi'));
    await append(test.journal, id, noteOf(ben, 'Psst again'));
    await vi.waitUntil(() => seqsOf(handled, id).length >= 2, { timeout: 10_000 });
    expect(seqsOf(handled, id)).toEqual([2, 4]);
    expect(handled[0]).not.toHaveProperty('payload');
    expect(handled[0]).toMatchObject({ workspaceId: 'shop', type: 'note', audience: 'internal', actor: { id: 'ben' } });
  });

  it('that fails gets the same entries again, and loses none', async () => {
    const id = await conversationOf(3);
    const tries: number[][] = [];
    const { handled } = follow({
      async handle(refs) {
        tries.push(refs.map(({ seq }) => seq));
        if (tries.length % 2 === 1) throw new Error('not now');
        handled.push(...refs);
      },
    });
    await vi.waitUntil(() => handled.length >= 3, { timeout: 10_000 });
    await append(test.journal, id, say(ana, '4'));
    await vi.waitUntil(() => seqsOf(handled, id).length === 4, { timeout: 10_000 });
    expect(tries[1]).toEqual(tries[0]);
    expect(seqsOf(handled, id)).toEqual(upTo(4));
  });

  it('on the same stream as one that fails, misses nothing and waits for nothing', async () => {
    const { handled } = follow({}, { name: 'broken', handle: () => Promise.reject(new Error('never')) });
    const id = await conversationOf(3);
    await vi.waitUntil(() => seqsOf(handled, id).length === 3, { timeout: 10_000 });
    await vi.waitUntil(hasToken, { timeout: 10_000 });
    expect(await positions().findOne({ _id: 'broken', token: { $exists: true } })).toBeNull();
  });
});

describe('after a restart', () => {
  it('it goes on where it was', async () => {
    const first = follow({});
    const id = await conversationOf(3);
    await vi.waitUntil(hasToken, { timeout: 10_000 });
    await vi.waitUntil(() => seqsOf(first.handled, id).length === 3, { timeout: 10_000 });
    await first.stop();
    await append(test.journal, id, say(ana, '4'));
    const second = follow({});
    await append(test.journal, id, say(ana, '5'));
    await vi.waitUntil(() => seqsOf(second.handled, id).includes(5), { timeout: 10_000 });
    expect(seqsOf(second.handled, id)).toEqual([4, 5]);
  });

  const tokens = {
    'is of another database': async () => {
      const elsewhere = await openJournal('elsewhere');
      const stream = elsewhere.db.collection('entries').watch();
      const next = stream.next();
      const written: Promise<unknown>[] = [];
      const writes = setInterval(() => written.push(append(elsewhere.journal, newId(), say(ana, 'Hello'))), 20);
      const { _id } = await next;
      clearInterval(writes);
      await Promise.all(written);
      await stream.close();
      await elsewhere.close();
      return _id;
    },
    'is no token': async () => ({ _data: 'nonsense' }),
    'is not even an object of the right shape': async () => ({ other: 1 }),
  };
  it.each(Object.entries(tokens))('it reads again from an hour before, if its token %s', async (_, token) => {
    const overAnHourAgo = new Date(Date.now() - 61 * 60_000);
    const earlier = new Journal(test.db, silent, () => overAnHourAgo);
    const old = newId();
    await append(earlier, old, say(ana, '1'));
    const id = await conversationOf(3);
    await positions().insertOne({ _id: 'search', at: new Date(), token: await token() });
    const { handled } = follow({});
    await append(test.journal, id, say(ana, '4'));
    await vi.waitUntil(() => seqsOf(handled, id).length === 4, { timeout: 10_000 });
    expect(seqsOf(handled, id)).toEqual(upTo(4));
    expect(seqsOf(handled, old)).toEqual([]);
  });
});

describe('when it is stopped', () => {
  it('it ends at once, idle or busy, and leaves nothing open', async () => {
    const cursors = async () => (await test.db.admin().serverStatus()).metrics.cursor.open.total;
    const before = await cursors();
    const idle = follow({ name: 'idle' });
    await conversationOf(1);
    await vi.waitUntil(() => idle.handled.length > 0, { timeout: 10_000 });
    await idle.stop();
    const early = follow({ name: 'early' });
    await early.stop();
    await expect.poll(cursors).toBeLessThanOrEqual(before);
  });

  it('it ends in the middle of reading again', async () => {
    await Promise.all(upTo(60).map(() => conversationOf(20)));
    const calls: number[] = [];
    const tail = follow({
      async handle(refs) {
        calls.push(refs.length);
        void tail.stop();
      },
    });
    await tail.ended;
    expect(calls).toEqual([500]);
  });
});
