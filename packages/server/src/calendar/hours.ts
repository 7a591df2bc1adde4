import type { BusinessHours } from '@helpline/protocol';
import { localTime, type Stretch, stretches } from './wall-clock.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Within it every interval of a week comes, even one that falls into an hour which is skipped once. */
const twoWeeksMs = 15 * dayMs;
/** Every day on the way is looked at: what comes later than that is found when it is nearer. */
const aheadMs = 400 * dayMs;

/**
 * Pure. Whether somebody works at that moment, by the clock of the hours' own time zone: what that clock skips never
 * comes, what it shows twice comes twice. A holiday is closed from midnight to midnight, whatever began the night before.
 */
export function isOpen(hours: BusinessHours, at: Date): boolean {
  return isOpenBy(hours, localTime(hours.timeZone, at.getTime()));
}

/** The first moment from `at` on at which it is open, `at` itself if it is; null if there is none. */
export function nextOpening(hours: BusinessHours, at: Date): Date | null {
  return isOpen(hours, at) ? at : nextChange(hours, at);
}

/** The first moment after `at` at which it closes, if it is open then, or opens; null if there is none within about a year. */
export function nextChange(hours: BusinessHours, at: Date): Date | null {
  const isOpenNow = isOpen(hours, at);
  const times = timesOf(hours);
  for (const stretch of stretches(hours.timeZone, at.getTime(), lastOf(hours, at) + twoWeeksMs))
    for (const moment of momentsIn(stretch, times))
      if (moment > at.getTime() && isOpenBy(hours, moment + stretch.offset) !== isOpenNow) return new Date(moment);
  return null;
}

/** The last moment from which on nothing is left but the week, over and over; no further ahead than is looked. */
function lastOf({ holidays = [] }: BusinessHours, at: Date): number {
  const last = Math.max(at.getTime(), ...holidays.map(({ date }) => Date.parse(date) + dayMs));
  return Math.min(last, at.getTime() + aheadMs);
}

/** The times of day at which anything can change. */
function timesOf({ days }: BusinessHours): number[] {
  const times = [0, ...days.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)])];
  return [...new Set(times)].sort((a, b) => a - b);
}

/** When these times come within the stretch, in order, after its beginning, at which the clock may have been moved. */
function* momentsIn({ from, until, offset }: Stretch, times: number[]): Generator<number> {
  yield from;
  const midnight = Math.floor((from + offset) / dayMs) * dayMs - offset;
  for (let day = midnight; day < until; day += dayMs)
    for (const time of times) {
      const moment = day + time * minuteMs;
      if (moment > from && moment < until) yield moment;
    }
}

function isOpenBy({ days, holidays = [] }: BusinessHours, local: number): boolean {
  const now = new Date(local);
  const today = now.getUTCDay();
  const yesterday = (today + 6) % 7;
  const time = now.getUTCHours() * 60 + now.getUTCMinutes();
  if (holidays.length > 0 && isAmong(holidays, now)) return false;
  return days.some((one) => {
    const [from, to] = [minutesOf(one.from), minutesOf(one.to)];
    if (from < to) return one.day === today && from <= time && time < to;
    return (one.day === today && from <= time) || (one.day === yesterday && time < to);
  });
}

function isAmong(holidays: { date: string }[], now: Date): boolean {
  const today = now.toISOString().slice(0, 10);
  return holidays.some(({ date }) => date === today);
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
