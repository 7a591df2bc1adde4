import { describe, expect, it } from 'vitest';
import { explore, findsNothing, isLong, type Model, type Step } from '../testing/explore.js';

/*
 * A consumer of the journal (tail.ts, follower.ts) on nodes that hold a lease in turn (leases.ts). Its position is
 * stored late; a node may end, or sleep past the end of its lease and then go on as if nothing were.
 */

interface Node {
  /** The token it believes to hold the lease by; null while it waits for the lease. */
  token: number | null;
  /** How far it has handled the journal. */
  at: number;
  isSaved: boolean;
}

interface World {
  written: number;
  /** By entry: how often what the consumer does for it was done. */
  effects: number[];
  lease: { token: number; isFree: boolean };
  position: { at: number; token: number };
  /** The furthest position that was ever stored. */
  furthest: number;
  nodes: Node[];
  luck: { expiries: number; crashes: number };
}

const rules = {
  /** Whoever takes the consumer over marks its position as his; a write with an older token is refused. */
  isFenced: true,
  /** An effect that is there already, under its consumer and entry, is not made again. */
  isIdempotent: true,
  savesBefore: false,
  startsAt: (position: number, _written: number) => position,
};
type Rules = typeof rules;

const short = { entries: 3, nodes: 2, luck: { expiries: 2, crashes: 1 } };
const long = { entries: 4, nodes: 3, luck: { expiries: 3, crashes: 2 } };

function consumer(changed: Partial<Rules> = {}, scope = short): Model<World> {
  const rule = { ...rules, ...changed };
  return {
    start: {
      written: 0,
      effects: Array.from({ length: scope.entries }, () => 0),
      lease: { token: 0, isFree: true },
      position: { at: 0, token: 0 },
      furthest: 0,
      nodes: Array.from({ length: scope.nodes }, () => waiting),
      luck: scope.luck,
    },
    steps: (world) => [
      ...happens(world),
      ...world.nodes.flatMap((node, n) => [...takesOver(rule, world, node, n), ...follows(rule, world, node, n)]),
    ],
    wrong: (world) => wrong(world),
    settled: ({ written, effects, position }) =>
      position.at === written && effects.slice(0, written).every((times) => times > 0),
    key: ({ nodes, ...world }) => JSON.stringify([world, nodes.map((node) => JSON.stringify(node)).sort()]),
  };
}

const waiting: Node = { token: null, at: 0, isSaved: true };

function happens(world: World): Step<World>[] {
  const { written, effects, lease, luck } = world;
  const append = {
    what: `entry ${written + 1} is written`,
    to: { ...world, written: written + 1 },
    maybe: true,
  } as const;
  const expire = {
    what: 'the lease ends while its holder sleeps',
    to: { ...world, lease: { ...lease, isFree: true }, luck: { ...luck, expiries: luck.expiries - 1 } },
    maybe: true,
  } as const;
  return [...(written < effects.length ? [append] : []), ...(!lease.isFree && luck.expiries > 0 ? [expire] : [])];
}

function takesOver(rule: Rules, world: World, node: Node, n: number): Step<World>[] {
  const { lease, position, written } = world;
  if (node.token !== null || !lease.isFree) return [];
  const token = lease.token + 1;
  const at = rule.startsAt(position.at, written);
  const to = withNode(world, n, { token, at, isSaved: true });
  return [
    {
      what: `node ${n} takes the lease and reads from ${at}`,
      to: {
        ...to,
        lease: { token, isFree: false },
        position: rule.isFenced ? { ...position, token } : position,
      },
    },
  ];
}

function follows(rule: Rules, world: World, node: Node, n: number): Step<World>[] {
  const { token, at, isSaved } = node;
  if (token === null) return [];
  const { written, lease, luck } = world;
  const steps: Step<World>[] = [];
  const isHolder = token === lease.token && !lease.isFree;
  if (!isHolder) steps.push({ what: `node ${n} notices that it lost the lease`, to: withNode(world, n, waiting) });
  if (at < written) steps.push(handles(rule, world, node, n));
  if (!isSaved) steps.push({ what: `node ${n} stores ${at}`, to: save(rule, world, { ...node, isSaved: true }, n) });
  if (luck.crashes > 0) {
    const freed = isHolder ? { ...lease, isFree: true } : lease;
    const left = { ...luck, crashes: luck.crashes - 1 };
    steps.push({
      what: `node ${n} ends`,
      to: { ...withNode(world, n, waiting), lease: freed, luck: left },
      maybe: true,
    });
  }
  return steps;
}

/** In the mutant that stores first, the position is stored in the same step and the effect comes in the next one. */
function handles(rule: Rules, world: World, node: Node, n: number): Step<World> {
  const what = `node ${n} handles entry ${node.at + 1}`;
  const next = { ...node, at: node.at + 1, isSaved: false };
  if (rule.savesBefore && world.position.at <= node.at) return { what, to: save(rule, world, next, n, node) };
  const times = world.effects[node.at] ?? 0;
  const effects = world.effects.with(node.at, rule.isIdempotent ? 1 : times + 1);
  return { what, to: { ...withNode(world, n, next), effects } };
}

function save(rule: Rules, world: World, { token, at, isSaved }: Node, n: number, then?: Node): World {
  const to = withNode(world, n, then ?? { token, at, isSaved });
  if (rule.isFenced && world.position.token !== token) return to;
  return { ...to, position: { at, token: token ?? 0 }, furthest: Math.max(world.furthest, at) };
}

const withNode = (world: World, n: number, node: Node): World => ({ ...world, nodes: world.nodes.with(n, node) });

function wrong({ effects, position, furthest }: World): string | null {
  if (effects.slice(0, position.at).includes(0)) return 'the position has passed an entry that nobody handled';
  if (effects.some((times) => times > 1)) return 'something was done twice';
  return position.at < furthest ? 'the position went back' : null;
}

describe('a consumer of the journal', () => {
  it('handles every entry and never passes one, whoever ends, sleeps or goes on when', async () => {
    expect(await findsNothing('tail consumer', consumer({}, isLong ? long : short))).toBeNull();
  }, 900_000);

  it('would pass nothing even without fencing, as each holder stores only what it has handled itself', async () => {
    const { counterexample } = await explore({
      ...consumer({ isFenced: false }),
      wrong: (world) => wrong({ ...world, furthest: 0 }),
      settled: ({ written, effects }) => effects.slice(0, written).every((times) => times > 0),
    });
    expect(counterexample).toBeNull();
  });

  it.each<[string, Partial<Rules>, string]>([
    ['an old holder could still store its position', { isFenced: false }, 'went back'],
    ['the position were stored before its entry is handled', { savesBefore: true }, 'nobody handled'],
    ['a new holder began with what is new', { startsAt: (_, written) => written }, 'nobody handled'],
    ['effects did not know each other', { isIdempotent: false }, 'done twice'],
  ])('would go wrong if %s', async (_, change, finding) => {
    const { counterexample } = await explore(consumer(change));
    expect(counterexample).toContain(finding);
  });
});
