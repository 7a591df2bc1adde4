import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.js';
import { ana, append, openJournal, say, upTo } from './test-journal.js';
import { followTail, seqsOf } from './test-tail.js';

let house: Awaited<ReturnType<typeof openJournal>>;
beforeEach(async () => {
  house = await openJournal('past-leader');
});
afterEach(() => house.close());

/** Positions are written without waiting for a majority, and so are read without. */
const position = () =>
  house.db.collection<{ _id: string }>('positions').findOne({ _id: 'search' }, { readConcern: 'local' });

test('a leader that was paused beyond its lease moves no position any more', async () => {
  const id = newId();
  let wakeUp = () => {};
  const asleep = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  const handled: number[] = [];
  const past = followTail(house.db, {
    async handle(refs) {
      handled.push(...refs.map(({ seq }) => seq));
      await asleep;
    },
  });
  await append(house.journal, id, say(ana, 'one'));
  await vi.waitUntil(() => handled.length > 0, { timeout: 10_000 });

  const present = followTail(house.db, {}, undefined, 2);
  for (const n of upTo(5)) await append(house.journal, id, say(ana, `more ${n}`));
  await vi.waitUntil(() => seqsOf(present.handled, id).length === 6, { timeout: 10_000 });
  await present.stop();
  const kept = await position();
  expect(kept).toMatchObject({ leadership: 2 });

  wakeUp();
  await past.stop();
  expect(await position()).toEqual(kept);
});
