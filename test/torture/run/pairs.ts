import type { Fault } from '../faults/fault.js';

/**
 * Puts together two and two that break different things, so that both can be suffered in one run. Whichever has the
 * fewest to go with is served first, or it would be left over.
 */
export function inPairs(faults: readonly Fault[]): Fault[][] {
  const groups: Fault[][] = [];
  let alone = [...faults];
  for (let first = hardestToPair(alone, alone); first; first = hardestToPair(alone, alone)) {
    const second = hardestToPair(partnersOf(first, alone), alone);
    groups.push(second ? [first, second] : [first]);
    alone = alone.filter((one) => one !== first && one !== second);
  }
  return groups.sort(([a], [b]) => (a?.id ?? '').localeCompare(b?.id ?? ''));
}

const hardestToPair = (some: readonly Fault[], alone: readonly Fault[]): Fault | undefined =>
  some.toSorted((a, b) => partnersOf(a, alone).length - partnersOf(b, alone).length)[0];

const partnersOf = (one: Fault, others: readonly Fault[]): Fault[] =>
  others.filter((other) => other !== one && !meet(one, other));

const meet = (one: Fault, other: Fault): boolean =>
  one.meets.some((resource) => other.meets.includes(resource)) ||
  (needsTheHouse(one) && stopsTheHouse(other)) ||
  (needsTheHouse(other) && stopsTheHouse(one));

/** What these say of a connection or a page, they could not say while the server itself is away. */
const needsTheHouse = ({ meets }: Fault): boolean => meets.includes('network') || meets.includes('browser');
const stopsTheHouse = ({ meets }: Fault): boolean => meets.includes('nodes') || meets.includes('mongo');
