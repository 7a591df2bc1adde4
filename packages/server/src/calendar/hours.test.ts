import { expect, test } from 'vitest';
import { isOpen } from './index.js';

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:30' }));
const berlin = { timeZone: 'Europe/Berlin', days: weekdays };
const at = (instant: string) => isOpen(berlin, new Date(instant));

test('it is open from the first minute to before the last, by the clock of the place', () => {
  expect(at('2026-01-05T07:59:59Z')).toBe(false);
  expect(at('2026-01-05T08:00:00Z')).toBe(true);
  expect(at('2026-01-05T16:29:59Z')).toBe(true);
  expect(at('2026-01-05T16:30:00Z')).toBe(false);
});

test('summer time moves it, and days are those of the place', () => {
  expect(at('2026-07-06T07:00:00Z')).toBe(true);
  expect(at('2026-01-04T10:00:00Z')).toBe(false);
  const tokyo = { timeZone: 'Asia/Tokyo', days: [{ day: 1, from: '08:00', to: '10:00' }] };
  expect(isOpen(tokyo, new Date('2026-01-04T23:30:00Z'))).toBe(true);
});

test('midnight belongs to the day that begins, and 24:00 is the end of one', () => {
  const sunday = { timeZone: 'UTC', days: [{ day: 0, from: '00:00', to: '24:00' }] };
  expect(isOpen(sunday, new Date('2026-01-04T00:00:00Z'))).toBe(true);
  expect(isOpen(sunday, new Date('2026-01-04T23:59:59Z'))).toBe(true);
  expect(isOpen(sunday, new Date('2026-01-05T00:00:00Z'))).toBe(false);
});
