import { expect, test } from 'vitest';
import { Gathered } from './gathered.js';

/** Doubles numbers, none of which may be negative, and writes down which it doubled together. */
function doubler() {
  const done: number[][] = [];
  const gathered = new Gathered<number, number>(
    async (numbers) => {
      done.push(numbers);
      await new Promise((resolve) => setImmediate(resolve));
      if (numbers.some((one) => one < 0)) throw new Error('A number is negative.');
      return (one) => 2 * one;
    },
    (one) => one / 1000,
  );
  return { done, ask: (one: number) => gathered.ask(one) };
}

test('what is asked for at once is done together, what comes meanwhile is done next', async () => {
  const { done, ask } = doubler();
  const first = [ask(1), ask(2)];
  await new Promise((resolve) => setImmediate(resolve));
  const meanwhile = [ask(3), ask(4), ask(5)];
  expect(await Promise.all([...first, ...meanwhile])).toEqual([2, 4, 6, 8, 10]);
  expect(done).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('never are more than a hundred done together', async () => {
  const { done, ask } = doubler();
  const all = Array.from({ length: 250 }, (_, n) => n % 5);
  expect(await Promise.all(all.map(ask))).toEqual(all.map((n) => 2 * n));
  expect(done.map(({ length }) => length)).toEqual([100, 100, 50]);
});

test('nor more than there is room for, unless it is one alone', async () => {
  const { done, ask } = doubler();
  await Promise.all([600, 300, 200, 5_000, 1].map(ask));
  expect(done).toEqual([[600, 300], [200], [5_000], [1]]);
});

test('one that can not be done harms no other', async () => {
  const { ask } = doubler();
  const asked = await Promise.allSettled([ask(1), ask(-1), ask(2)]);
  expect(asked).toMatchObject([{ value: 2 }, { status: 'rejected' }, { value: 4 }]);
  expect(await ask(3)).toBe(6);
});
