/** A realistic week of a desk, made by a queueing simulation: arrivals by the hour and day, shifts, breaks, long and short chats. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** How many come in each hour of a working day, beside the busiest. */
const byHour = [2, 1, 1, 1, 1, 2, 6, 18, 55, 90, 100, 95, 75, 80, 92, 88, 78, 60, 42, 30, 22, 14, 8, 4];
/** Monday first: after the weekend most come. */
const byDay = [1.25, 1, 0.95, 0.95, 0.9, 0.35, 0.25];

/** A generator of even numbers between 0 and 1, the same for the same seed. */
export function evenly(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Poisson by the hour and day: so many in the busiest hour of a usual day. */
function* arrivals(random, perBusiestHour) {
  const busiest = (perBusiestHour * Math.max(...byDay)) / hour;
  for (let at = 0; at < 7 * day; ) {
    at += -Math.log(1 - random()) / busiest;
    const now = (byHour[Math.floor((at % day) / hour)] / 100) * (byDay[Math.floor(at / day)] ?? 0);
    if (random() < now / Math.max(...byDay)) yield at;
  }
}

/** Early, usual and late shifts with a lunch break; fewer at the weekend. Each change: when, and by how many hands. */
function* shifts(random, { agents, hands }) {
  for (let d = 0; d < 7; d++)
    for (let a = 0; a < agents; a++) {
      if (d > 4 && a % 3 > 0) continue;
      const begins = d * day + [7.5, 9, 11][a % 3] * hour + (random() - 0.5) * 20 * minute;
      const lunch = begins + (3.5 + random()) * hour;
      yield { at: begins, by: hands };
      yield { at: lunch, by: -hands };
      yield { at: lunch + 40 * minute, by: hands };
      yield { at: begins + 8.5 * hour, by: -hands };
    }
}

/** Log-normal, as times of handling are: most are short, some very long. */
function handleTime(random, meanMinutes) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(0.8 * normal - 0.32) * meanMinutes * minute;
}

/** Who waited since when, and began when, whoever came first in front; and how many hands there were at any moment. */
export function week({ seed, perBusiestHour, meanMinutes, ...desk }) {
  const random = evenly(seed);
  const changes = [...shifts(random, desk)].sort((a, b) => a.at - b.at);
  const events = [
    ...[...arrivals(random, perBusiestHour)].map((at) => ({ at, kind: 'arrival' })),
    ...changes.map((change) => ({ ...change, kind: 'shift' })),
  ].sort((a, b) => b.at - a.at);
  const waiting = [];
  const records = [];
  let hands = 0;
  let busy = 0;
  while (events.length > 0) {
    const event = events.pop();
    if (event.kind === 'arrival') waiting.push(event.at);
    if (event.kind === 'shift') hands += event.by;
    if (event.kind === 'end') busy--;
    while (waiting.length > 0 && busy < hands) {
      busy++;
      records.push({ since: waiting.shift(), at: event.at, hands });
      insert(events, { at: event.at + handleTime(random, meanMinutes), kind: 'end' });
    }
  }
  return { records, handsAt: (time) => changes.filter(({ at }) => at <= time).reduce((sum, { by }) => sum + by, 0) };
}

/** Into events that are sorted, the last first. */
function insert(events, event) {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (events[middle].at > event.at) from = middle + 1;
    else to = middle;
  }
  events.splice(from, 0, event);
}
