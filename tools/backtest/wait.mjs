/** How far the estimated wait is from what it became, beside naive estimates, on a recorded or a simulated week. */
import { atMost, recentMs, secondsPerPlace } from '@helpline/server/dist/queue/estimate.js';
import { week } from './week.mjs';

export const desks = [
  { name: 'small desk, 4 agents', agents: 4, hands: 3, perBusiestHour: 36, meanMinutes: 11 },
  { name: 'desk of 12 agents', agents: 12, hands: 3, perBusiestHour: 112, meanMinutes: 11 },
  { name: 'large desk, 40 agents', agents: 40, hands: 3, perBusiestHour: 390, meanMinutes: 11 },
];
const weeks = [1, 2, 3];
/** Whoever waits less is not told anything. */
const waitedAtLeastMs = 5_000;

/** What each one who had to wait was told when he came, and how long it took. */
export function replay({ records, handsAt }) {
  const byStart = records.toSorted((a, b) => a.at - b.at);
  const waited = records.filter(({ since, at }) => at - since >= waitedAtLeastMs);
  return waited.map((one) => {
    const before = startedBefore(byStart, one.since);
    const recent = before.filter(({ at, since }) => at > one.since - recentMs && at - since >= 1_000);
    const inFront = waited.filter(({ since, at }) => since < one.since && at > one.since);
    const front = inFront.reduce((first, { since }) => Math.min(first, since), one.since);
    const starts = recent.slice(-atMost).map(asStart);
    const perPlace = secondsPerPlace(starts, handsAt(one.since), new Date(front), new Date(one.since));
    const hour = before.filter(({ at }) => at > one.since - 3_600_000).map(waitOf);
    return {
      took: waitOf(one),
      ours: perPlace === null ? null : perPlace * (inFront.length + 1),
      last: before.length > 0 ? waitOf(before.at(-1)) : null,
      hour: hour.length > 0 ? hour.reduce((sum, wait) => sum + wait, 0) / hour.length : null,
    };
  });
}

function startedBefore(byStart, time) {
  let [from, to] = [0, byStart.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (byStart[middle].at <= time) from = middle + 1;
    else to = middle;
  }
  return byStart.slice(Math.max(0, from - 2_000), from);
}

const waitOf = ({ since, at }) => (at - since) / 1_000;
const asStart = ({ since, at, hands }) => ({ since: new Date(since), at: new Date(at), hands });

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Judged on those whom all three told something. */
function report(name, told) {
  const judged = told.filter(({ ours, last, hour }) => ours !== null && last !== null && hour !== null);
  const error = (of) => {
    const off = judged.map((one) => Math.abs(one[of] - one.took));
    const parts = judged.map((one) => Math.abs(one[of] - one.took) / one.took);
    return `${Math.round(median(off))} s (${Math.round(100 * median(parts))} %)`;
  };
  return {
    desk: name,
    'had to wait': told.length,
    'median wait': `${Math.round(median(judged.map(({ took }) => took)))} s`,
    "can't tell": `${Math.round((100 * told.filter(({ ours }) => ours === null).length) / told.length)} %`,
    'estimate off by': error('ours'),
    'the last one’s wait': error('last'),
    'mean of the last hour': error('hour'),
  };
}

/** What a server recorded of each line. */
async function recorded(uri) {
  const { default: mongoose } = await import('mongoose');
  const link = await mongoose.createConnection(uri).asPromise();
  const starts = await link.collection('queueStarts').find().sort({ at: 1 }).toArray();
  await link.close();
  const lines = Map.groupBy(starts, ({ workspaceId, line }) => `${workspaceId} ${line}`);
  return [...lines].map(([name, some]) => {
    const records = some.map(({ since, at, hands }) => ({ since: since.getTime(), at: at.getTime(), hands }));
    return { name, records, handsAt: (time) => startedBefore(records, time).at(-1)?.hands ?? 0 };
  });
}

/** As a table; with a database, of what was recorded there. */
export async function backtestWait(database) {
  if (database) return (await recorded(database)).map((line) => report(line.name, replay(line)));
  return desks.map((desk) =>
    report(
      desk.name,
      weeks.flatMap((seed) => replay(week({ seed, ...desk }))),
    ),
  );
}
