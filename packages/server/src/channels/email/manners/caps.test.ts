import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capsFor, horizonOf, passedCap } from './caps.js';

const now = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const mails = (count: number, minutes: number): Date[] => Array<Date>(count).fill(minutesAgo(minutes));
const caps = capsFor(150);

test('nobody writes more than 60 mails in ten minutes, 150 in an hour or 600 in a day', () => {
  expect(passedCap(caps, mails(59, 5), now)).toBeNull();
  expect(passedCap(caps, mails(60, 5), now)).toMatchObject({ most: 60 });
  expect(passedCap(caps, [...mails(50, 5), ...mails(99, 30)], now)).toBeNull();
  expect(passedCap(caps, [...mails(50, 5), ...mails(100, 30)], now)).toMatchObject({ most: 150 });
  expect(passedCap(caps, mails(600, 300), now)).toMatchObject({ most: 600 });
});

test('what is older than a day, or came later, does not count', () => {
  expect(passedCap(caps, [...mails(5_000, 24 * 60), ...mails(5_000, -1)], now)).toBeNull();
});

test('more mails never lift a cap', () => {
  const times = fc.array(fc.integer({ min: 0, max: 2_000 }).map(minutesAgo), { maxLength: 200 });
  fc.assert(
    fc.property(times, times, (some, others) => {
      const few = capsFor(20);
      if (passedCap(few, some, now)) expect(passedCap(few, [...some, ...others], now)).not.toBeNull();
    }),
  );
});

test('the newest mails within the horizon decide as all of them do', () => {
  const few = capsFor(10);
  const { withinMs, most } = horizonOf(few);
  const times = fc.array(fc.integer({ min: 0, max: 3_000 }).map(minutesAgo), { maxLength: 100 });
  fc.assert(
    fc.property(times, (all) => {
      const newest = all
        .filter((time) => time.getTime() > now.getTime() - withinMs)
        .sort((a, b) => b.getTime() - a.getTime())
        .slice(0, most);
      expect(passedCap(few, newest, now)).toEqual(passedCap(few, all, now));
    }),
  );
});
