import type { Fault } from '../faults/fault.js';

/** Puts together two and two that break different things, so that both can be suffered in one run. */
export function inPairs(faults: readonly Fault[]): Fault[][] {
  const alone = [
    ...faults.filter(({ meets }) => meets.length > 0),
    ...faults.filter(({ meets }) => meets.length === 0),
  ];
  const groups: Fault[][] = [];
  for (let first = alone.shift(); first; first = alone.shift()) {
    const place = alone.findIndex((other) => !meet(first, other));
    groups.push(place < 0 ? [first] : [first, ...alone.splice(place, 1)]);
  }
  return groups;
}

const meet = (one: Fault, other: Fault): boolean =>
  one.meets.some((resource) => other.meets.includes(resource)) ||
  (needsTheHouse(one) && stopsTheHouse(other)) ||
  (needsTheHouse(other) && stopsTheHouse(one));

/** What these say of a connection or a page, they could not say while the server itself is away. */
const needsTheHouse = ({ meets }: Fault): boolean => meets.includes('network') || meets.includes('browser');
const stopsTheHouse = ({ meets }: Fault): boolean => meets.includes('nodes') || meets.includes('mongo');
