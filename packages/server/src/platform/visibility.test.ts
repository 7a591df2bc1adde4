import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canSee, roomsOf, type Visibility, visibleFilter, visibleRooms } from './visibility.js';

const names = ['a', 'b', 'c'];
const some = fc.oneof(fc.constant('all' as const), fc.subarray(names));
const visibility = fc.record({ workspaceId: fc.constantFrom('w', 'v'), brandIds: some, teamIds: some });
const scope = fc.record({
  workspaceId: fc.constantFrom('w', 'v'),
  brandId: fc.constantFrom(...names),
  teamId: fc.constantFrom(null, ...names),
});

/** What MongoDB would make of the filter. */
const matches = (filter: ReturnType<typeof visibleFilter>, one: Record<string, string | null>): boolean =>
  Object.entries(filter).every(([field, wanted]) => {
    const value = one[field] ?? null;
    return typeof wanted === 'string' ? value === wanted : wanted.$in.some((each) => each === value);
  });

test('single things, lists and live rooms go by one rule', () => {
  fc.assert(
    fc.property(visibility, scope, (who, what) => {
      const visible = canSee(who, what);
      expect(matches(visibleFilter(who), what)).toBe(visible);
      const heard = roomsOf(what).filter((room) => visibleRooms(who).includes(room));
      expect(heard).toHaveLength(visible ? 1 : 0); // in one room, so that nobody is told twice
    }),
    { numRuns: 1_000 },
  );
});

test('who has less sees less', () => {
  fc.assert(
    fc.property(visibility, visibility, scope, (who, other, what) => {
      const less = (one: Visibility['brandIds'], two: Visibility['brandIds']) =>
        one === 'all' ? two : one.filter((name) => two === 'all' || two.includes(name));
      const both: Visibility = {
        workspaceId: who.workspaceId,
        brandIds: less(who.brandIds, other.brandIds),
        teamIds: less(who.teamIds, other.teamIds),
      };
      if (canSee(both, what)) expect(canSee(who, what)).toBe(true);
    }),
  );
});
