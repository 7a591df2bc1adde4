import { expect, test } from 'vitest';
import { unhurried } from './unhurried.js';

test('others have their turn before twenty milliseconds have passed unnoticed', async () => {
  let clock = 0;
  let done = 0;
  const restedAfter: number[] = [];
  function* work() {
    for (; done < 100; done++) {
      clock += 3;
      yield;
    }
  }
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  await unhurried(
    work(),
    () => restedAfter.push(done),
    () => clock,
  );
  clearInterval(others);
  expect(done).toBe(100);
  const steps = restedAfter.map((at, i) => at - (restedAfter[i - 1] ?? 0));
  expect(Math.max(...steps) * 3).toBeLessThan(50);
  expect(restedAfter.length).toBeGreaterThan(10);
});
