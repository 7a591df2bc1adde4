import { locale } from '../texts.js';

const inUnit = (unit: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
const [seconds, minutes, hours] = [inUnit('second'), inUnit('minute'), inUnit('hour')];

/** A wait in the unit that suits it: "40 sec", "2.5 min". */
export function sayWait(wait: number): string {
  if (wait < 60) return seconds.format(wait);
  return wait < 3_600 ? minutes.format(wait / 60) : hours.format(wait / 3_600);
}
