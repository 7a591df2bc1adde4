import type { BusinessHours } from '@helpline/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpen, nextChange } from './index.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Places that move their clocks in ways of their own, each with a moment near to which it does. */
const places = [
  ['Europe/Berlin', '2026-03-28'],
  ['Europe/Berlin', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-03'],
  ['Australia/Lord_Howe', '2026-10-02'],
  ['Asia/Beirut', '2026-03-27'],
  ['Africa/Cairo', '2026-10-28'],
  ['America/Santiago', '2026-09-04'],
  ['Atlantic/Azores', '2026-10-24'],
  ['Pacific/Apia', '2011-12-28'],
  ['Asia/Kathmandu', '2026-01-01'],
] as const;

const time = fc.constantFrom('00:00', '00:30', '01:00', '02:00', '02:15', '02:45', '03:00', '09:00', '18:00', '24:00');
const cases = fc.record({
  place: fc.constantFrom(...places),
  /** Of the first three, those on which nobody works. */
  closed: fc.subarray([0, 1, 2]),
  days: fc.array(fc.record({ day: fc.integer({ min: 0, max: 6 }), from: time, to: time }), { maxLength: 6 }),
  second: fc.integer({ min: 0, max: 86_399 }),
});

test('what is said of a moment and of the next change is what a look at every minute’s clock says', () => {
  fc.assert(
    fc.property(cases, ({ place: [timeZone, from], closed, days, second }) => {
      const begin = Date.parse(from);
      const holidays = closed.map((day) => ({ date: dateOf(begin + day * dayMs), name: '' }));
      const hours: BusinessHours = { timeZone, days, holidays };
      const clock = clockOf(timeZone);
      const start = begin + second * 1000;
      const now = worksBy(hours, clock(start));
      expect(isOpen(hours, new Date(start))).toBe(now);
      let minute = Math.floor(start / minuteMs) * minuteMs + minuteMs;
      while (minute < start + 2 * dayMs && worksBy(hours, clock(minute)) === now) minute += minuteMs;
      const change = nextChange(hours, new Date(start))?.getTime() ?? Infinity;
      if (minute < start + 2 * dayMs) expect(change).toBe(minute);
      else expect(change).toBeGreaterThanOrEqual(minute);
    }),
    { numRuns: 60 },
  );
});

/** Whether an interval that began on the clock's day or the day before it covers what the clock shows. */
function worksBy({ days, holidays = [] }: BusinessHours, shown: string): boolean {
  const now = Date.parse(`${shown}Z`);
  const midnight = Date.parse(`${shown.slice(0, 10)}Z`);
  if (holidays.some(({ date }) => shown.startsWith(date))) return false;
  return [midnight, midnight - dayMs].some((day) =>
    days
      .filter((one) => one.day === new Date(day).getUTCDay())
      .some(({ from, to }) => {
        const length = lengthBetween(from, to);
        return day + msOf(from) <= now && now < day + msOf(from) + length;
      }),
  );
}

const lengthBetween = (from: string, to: string): number => msOf(to) - msOf(from) + (to > from ? 0 : dayMs);
const msOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What a clock on the wall shows, as `2026-03-29 02:15`. */
function clockOf(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => format.format(at).replace(' ', 'T');
}
