import { expect, test } from 'vitest';
import { isWorthTelling, placeAt } from './lines.js';

test('near the front one hears of every step, further back of every twentieth of the way', () => {
  const isTold = (from: number, to: number) => isWorthTelling(placeAt(from, null), placeAt(to, null));
  expect([isTold(3, 2), isTold(21, 20), isTold(2, 2)]).toEqual([true, true, false]);
  expect([isTold(1000, 951), isTold(1000, 950), isTold(1000, 1060)]).toEqual([false, true, true]);
});

test('one hears when it takes clearly longer or less long, and when that can’t be said any more', () => {
  const isTold = (from: number | null, to: number | null) =>
    isWorthTelling({ position: 5, waitSeconds: from }, { position: 5, waitSeconds: to });
  expect([isTold(60, 80), isTold(60, 100), isTold(1200, 1260), isTold(1200, 1000)]).toEqual([false, true, false, true]);
  expect([isTold(60, null), isTold(null, 60), isTold(null, null)]).toEqual([true, true, false]);
});

test('in a line of ten thousand that moves by ten a second, few are told', () => {
  let told = Array.from({ length: 10_000 }, (_, i) => placeAt(i + 1, 3));
  for (let second = 0; second < 20; second++) {
    let news = 0;
    told = told.slice(10).map((before, i) => {
      const now = placeAt(i + 1, 3);
      if (!isWorthTelling(before, now)) return before;
      news++;
      return now;
    });
    expect(news).toBeLessThan(1_500);
  }
});
