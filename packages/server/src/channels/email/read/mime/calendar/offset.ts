import { type Component, fieldOf } from './content-lines.js';

/** How far a zone is from UTC at a local time (given as if it were UTC), in milliseconds. Null if the zone is not known. */
export function offsetAt(local: number, zone: string, calendar: Component): number | null {
  const known = /(?:^|\/)([A-Z][A-Za-z]+\/[\w+/-]+|UTC|GMT)$/.exec(zone)?.[1];
  const offset = known ? offsetOfKnown(local, known) : null;
  if (offset !== null) return offset;
  const described = calendar.children.find(
    (part) => part.name === 'VTIMEZONE' && fieldOf(part, 'TZID')?.value === zone,
  );
  return described ? offsetOfDescribed(local, described) : null;
}

/** The platform tells the time of an instant; the instant of a time is found by asking twice. */
function offsetOfKnown(local: number, timeZone: string): number | null {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    const offsetOf = (instant: number) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant;
    return offsetOf(local - offsetOf(local));
  } catch {
    return null;
  }
}

/** A zone that the calendar describes itself: the observance that began last is in force. */
function offsetOfDescribed(local: number, zone: Component): number | null {
  const observances = zone.children.flatMap((observance) => {
    const to = readOffset(fieldOf(observance, 'TZOFFSETTO')?.value);
    const begins = to === null ? [] : onsets(observance, local).filter((onset) => onset <= local);
    return to !== null && begins.length > 0 ? [{ to, begin: Math.max(...begins) }] : [];
  });
  observances.sort((a, b) => b.begin - a.begin);
  const before = zone.children.map((observance) => readOffset(fieldOf(observance, 'TZOFFSETFROM')?.value));
  return observances[0]?.to ?? before.find((offset) => offset !== null) ?? null;
}

function readOffset(value = ''): number | null {
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(value.trim()) ?? [];
  if (!sign) return null;
  return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** When an observance begins: once, or every year on a weekday of a month. */
function onsets(observance: Component, around: number): number[] {
  const first = readLocal(fieldOf(observance, 'DTSTART')?.value ?? '');
  if (first === null) return [];
  const rule = new Map((fieldOf(observance, 'RRULE')?.value ?? '').split(';').map(ruleEntry));
  const month = Number(rule.get('BYMONTH'));
  const [, nth, day] = /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(rule.get('BYDAY') ?? '') ?? [];
  if (rule.get('FREQ') !== 'YEARLY' || !(month >= 1 && month <= 12) || !day) return [first];
  const from = Number((rule.get('BYMONTHDAY') ?? '').split(',')[0]) || null;
  const weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'].indexOf(day);
  const until = readLocal(rule.get('UNTIL') ?? '') ?? Number.POSITIVE_INFINITY;
  const year = new Date(Math.min(around, until)).getUTCFullYear();
  const yearly = [year - 1, year].map(
    (each) => dayOf(each, month, weekday, from === null ? Number(nth ?? 1) : { from }) + (first % 86_400_000),
  );
  return [first, ...yearly.filter((onset) => onset >= first && onset <= until)];
}

function ruleEntry(entry: string): [string, string] {
  const [key = '', value = ''] = entry.split('=', 2);
  return [key.trim().toUpperCase(), value.trim().toUpperCase()];
}

/** The nth such weekday of a month (-1: the last one), or the first from a day on. */
function dayOf(year: number, month: number, weekday: number, nth: number | { from: number }): number {
  if (typeof nth !== 'number' || nth > 0) {
    const earliest = Date.UTC(year, month - 1, typeof nth === 'number' ? 7 * (nth - 1) + 1 : nth.from);
    return earliest + ((weekday - new Date(earliest).getUTCDay() + 7) % 7) * 86_400_000;
  }
  const latest = Date.UTC(year, month, 0) + 7 * (nth + 1) * 86_400_000;
  return latest - ((new Date(latest).getUTCDay() - weekday + 7) % 7) * 86_400_000;
}

/** `20260702T100000` as if it were UTC. */
export function readLocal(value: string): number | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(value.trim()) ?? [];
  if (!year) return null;
  const at = new Date(0);
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  at.setUTCHours(Number(hour), Number(minute), Number(second));
  return at.getTime();
}
