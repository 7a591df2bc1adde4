const secondMs = 1_000;
const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A stretch of time through which the clock of the place runs evenly: `local` = moment + `offset`. */
export interface Stretch {
  from: number;
  until: number;
  offset: number;
}

/** The moment as the clock of the place shows it, in milliseconds as if that clock were in UTC. */
export const localTime = (timeZone: string, at: number): number => at + offsetAt(timeZone, at);

/** From a moment on, cut where the clock of the place is put forward or back; none is longer than a day. */
export function* stretches(timeZone: string, from: number, until: number): Generator<Stretch> {
  for (let begin = from; begin < until; begin += dayMs) {
    const end = begin + dayMs;
    const [before, after] = [offsetAt(timeZone, begin), offsetAt(timeZone, end)];
    const cut = before === after ? end : changeBetween(timeZone, begin, end, before);
    yield { from: begin, until: cut, offset: before };
    if (cut < end) yield { from: cut, until: end, offset: after };
  }
}

/** The first whole second that no longer has the offset `before`. */
function changeBetween(timeZone: string, from: number, until: number, before: number): number {
  let [low, high] = [Math.floor(from / secondMs), Math.ceil(until / secondMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * secondMs) === before) low = middle;
    else high = middle;
  }
  return high * secondMs;
}

function offsetAt(timeZone: string, at: number): number {
  const shown = new Map<string, number>();
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) shown.set(type, Number(value));
  const part = (name: string) => shown.get(name) ?? 0;
  const date = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return date - Math.floor(at / secondMs) * secondMs;
}

/** To make one takes longer than all the rest. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
