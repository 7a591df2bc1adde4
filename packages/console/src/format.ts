import { locale } from './texts.js';

const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const dayOfOtherYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const wholeDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' });

const minuteMs = 60_000;
const units = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

export const timeOf = (instant: string): string => time.format(new Date(instant));
export const momentOf = (instant: string): string => full.format(new Date(instant));
export const isSameDay = (a: string, b: string): boolean => new Date(a).toDateString() === new Date(b).toDateString();

/** From when to when something is. A time without a zone is the same everywhere; a mere date is a whole day. */
export function periodOf(start: string, end: string | null): string {
  const isDay = !start.includes('T');
  const [from, until] = [readMoment(start), end === null ? null : readMoment(end)];
  if (Number.isNaN(from.getTime())) return start;
  if (isDay && until) until.setDate(until.getDate() - 1); // the end is the first day after it
  const format = isDay ? wholeDay : full;
  return until && until > from ? format.formatRange(from, until) : format.format(from);
}

/** A mere date is read as one here, not as midnight in Greenwich. */
const readMoment = (moment: string): Date => new Date(moment.includes('T') ? moment : `${moment}T00:00`);

export function dayOf(instant: string, now = new Date()): string {
  const date = new Date(instant);
  if (isSameDay(instant, now.toISOString())) return relative.format(0, 'day');
  return (date.getFullYear() === now.getFullYear() ? day : dayOfOtherYear).format(date);
}

/** For a row of a list: the time of today, else the day. */
export function shortMoment(instant: string, now = new Date()): string {
  return isSameDay(instant, now.toISOString()) ? timeOf(instant) : dayOf(instant, now);
}

/** How long ago in one unit: "5 min. ago". */
export function ago(instant: string, now = Date.now()): string {
  const { value, unit } = inLargestUnit(now - Date.parse(instant));
  return relative.format(-value, unit);
}

/** How long in one unit, a begun minute as one: "5 min". */
export function durationSince(instant: string, now = Date.now()): string {
  const { value, unit } = inLargestUnit(now - Date.parse(instant));
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.max(1, value));
}

export function fileSize(bytes: number): string {
  const steps = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = Math.min(bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0, steps.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: steps[step],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}

export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase(locale);
}

function inLargestUnit(ms: number): { value: number; unit: 'day' | 'hour' | 'minute' } {
  const minutes = Math.max(0, Math.floor(ms / minuteMs));
  const [unit, size] = units.find(([, one]) => minutes >= one) ?? units[2];
  return { value: Math.floor(minutes / size), unit };
}
