/** Somebody who waited and was given to an agent. */
export interface Start {
  since: Date;
  at: Date;
  /** How many conversations the agents who were there could hold at once. */
  hands: number;
}

/** Of the recent past only: who works, and on what, changes over the day. */
export const recentMs = 2 * 3_600_000;
export const atMost = 60;
const atLeast = 5;

/**
 * Pure. How long each place of a line takes by what it took lately, null where that is too little to tell. `starts` come
 * in their order, newest last; `frontSince` is since when whoever is in front now waits.
 *
 * This is the queue-length estimate (place times the mean time between services, Ibrahim & Whitt, "Real-Time Delay
 * Estimation Based on Delay History", M&SOM 11(3), 2009), with that time measured: how long each one stood in front,
 * times the hands that were there, so that it follows whoever comes and goes. Whoever stands in front now has done so at
 * least until now, which counts too (a censored observation): where nothing moves, the estimate grows.
 */
export function secondsPerPlace(starts: readonly Start[], hands: number, frontSince: Date, now: Date): number | null {
  if (hands === 0) return null;
  const efforts: number[] = [];
  let last = 0;
  for (const start of starts) {
    if (last > 0) efforts.push((start.at.getTime() - Math.max(last, start.since.getTime())) * start.hands);
    last = start.at.getTime();
  }
  if (efforts.length < atLeast) return null;
  const inFrontNow = Math.max(0, now.getTime() - Math.max(last, frontSince.getTime())) * hands;
  const total = efforts.reduce((sum, effort) => sum + Math.max(0, effort), inFrontNow);
  return total / efforts.length / hands / 1_000;
}
