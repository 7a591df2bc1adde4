import { expect, test } from 'vitest';
import { openDatabase } from '../packages/server/src/platform/database.ts';
import { testDatabaseUri } from '../packages/server/src/platform/mongo/test-mongo.ts';
import { backtestWait, desks, median, replay } from './backtest/wait.mjs';
import { week } from './backtest/week.mjs';

const [small] = desks;

test('on a simulated week the estimated wait is nearer to the real one than the wait of the last one is', () => {
  const told = replay(week({ seed: 7, ...small })).filter(({ ours }) => ours !== null);
  const off = (of) => median(told.map((one) => Math.abs(one[of] - one.took)));
  expect(told.length).toBeGreaterThan(200);
  expect(off('ours')).toBeLessThan(0.8 * off('last'));
});

test('a week has its busy hours and its nights, and nobody begins before he came', () => {
  const { records } = week({ seed: 7, ...small });
  const at = (from, to) =>
    records.filter(({ since }) => (since / 3_600_000) % 24 >= from && (since / 3_600_000) % 24 < to);
  expect(at(9, 12).length).toBeGreaterThan(10 * at(0, 3).length);
  expect(records.every(({ since, at: began }) => began >= since)).toBe(true);
});

test('what a server recorded is judged in the same way', async () => {
  const uri = testDatabaseUri('backtest');
  const { db, close } = await openDatabase(uri);
  const { records } = week({ seed: 7, ...small });
  const asStored = records.map(({ since, at, hands }, i) => ({
    ...{ _id: String(i), workspaceId: 'shop', line: 'tulips -', hands },
    since: new Date(since),
    at: new Date(at),
  }));
  await db.collection('queueStarts').insertMany(asStored);
  const [line] = await backtestWait(uri);
  await close();
  expect(line?.desk).toBe('shop tulips -');
  expect(line?.['had to wait']).toBeGreaterThan(200);
  expect(line?.['estimate off by']).toMatch(/^\d+ s \(\d+ %\)$/);
});
