import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Events } from './events.js';
import { Line } from './line.js';

test('events come by their time, and at one time as they were said', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
      const events = new Events<number>();
      for (const [i, at] of times.entries()) events.add(at, i);
      const taken = times.map(() => events.take());
      const expected = times.map((at, event) => ({ at, event })).sort((a, b) => a.at - b.at || a.event - b.event);
      expect(taken.map((one) => [one?.at, one?.event])).toEqual(expected.map(({ at, event }) => [at, event]));
      expect(events.take()).toBeNull();
    }),
  );
});

test('a line gives the first in turn of those who are not hopeless', () => {
  const line = new Line<{ turn: string; needs: string }>();
  const [a, b, c] = [
    { turn: '1', needs: 'de' },
    { turn: '2', needs: 'any' },
    { turn: '0', needs: 'any' },
  ];
  for (const one of [a, b, c]) line.add(one);
  expect([line.first(new Set()), line.first(new Set(['any'])), line.first(new Set(['any', 'de']))]).toEqual([
    c,
    a,
    null,
  ]);
  expect([line.remove(c), line.remove(c), line.size]).toEqual([true, false, 2]);
  expect(line.first(new Set())).toBe(a);
});
