import type { BusinessHours } from '@helpline/protocol';

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Pure. Whether somebody works at that moment, by the clock of the hours' own time zone. */
export function isOpen({ timeZone, days }: BusinessHours, at: Date): boolean {
  const { day, time } = wallClock(timeZone, at);
  return days.some((one) => one.day === day && one.from <= time && time < one.to);
}

function wallClock(timeZone: string, at: Date): { day: number; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = dayNames.indexOf((parts.get('weekday') ?? '').toLowerCase());
  return { day, time: `${parts.get('hour')}:${parts.get('minute')}` };
}
