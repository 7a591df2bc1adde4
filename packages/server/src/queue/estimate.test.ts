import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Start, secondsPerPlace } from './estimate.js';

const noon = Date.parse('2026-01-05T12:00:00Z');
const at = (minutes: number) => new Date(noon + minutes * 60_000);

/** Somebody was given to an agent every `apart` minutes; all of them waited from the beginning on. */
const steadily = (count: number, apart: number, hands = 1): Start[] =>
  Array.from({ length: count }, (_, i) => ({ since: at(0), at: at(i * apart), hands }));

test('a place takes as long as one took lately', () => {
  const now = at(20);
  expect(secondsPerPlace(steadily(11, 2), 1, at(0), now)).toBe(120);
});

test('twice as many hands take half as long, and none never', () => {
  const starts = steadily(11, 2);
  expect(secondsPerPlace(starts, 2, at(0), at(20))).toBe(60);
  expect(secondsPerPlace(steadily(11, 2, 4), 2, at(0), at(20))).toBe(240);
  expect(secondsPerPlace(starts, 0, at(0), at(20))).toBeNull();
});

test('too few waits say nothing', () => {
  expect(secondsPerPlace(steadily(5, 2), 1, at(0), at(8))).toBeNull();
  expect(secondsPerPlace([], 1, at(0), at(8))).toBeNull();
});

test('where nobody waited, nothing is counted: only the time that somebody stood in front', () => {
  const starts = Array.from({ length: 11 }, (_, i) => ({ since: at(i * 10 - 1), at: at(i * 10), hands: 1 }));
  expect(secondsPerPlace(starts, 1, at(100), at(100))).toBe(60);
});

test('where nothing moves the estimate grows', () => {
  const starts = steadily(11, 2);
  const later = [20, 30, 60].map((minutes) => secondsPerPlace(starts, 1, at(0), at(minutes)) ?? 0);
  expect(later).toEqual([120, 180, 360]);
});

test('it is never negative nor less than nothing, whatever the clocks say', () => {
  const start = fc.record({ since: fc.integer({ min: -60, max: 60 }), at: fc.integer({ min: -60, max: 60 }) });
  fc.assert(
    fc.property(fc.array(start, { maxLength: 30 }), fc.integer({ min: 0, max: 9 }), (starts, hands) => {
      const made = starts.map((one) => ({ since: at(one.since), at: at(one.at), hands: 1 }));
      const seconds = secondsPerPlace(made, hands, at(0), at(61));
      expect(seconds === null || (Number.isFinite(seconds) && seconds >= 0)).toBe(true);
    }),
  );
});
