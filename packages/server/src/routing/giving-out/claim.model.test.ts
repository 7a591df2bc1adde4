import { describe, expect, test } from 'vitest';
import { explore, findsNothing, isLong, type Model } from '../../testing/explore.js';
import { chosen, looks, works } from '../testing/giving-out.js';
import { byAPerson, ends, follows, happens, settles } from '../testing/what-happens.js';
import { idle, type Luck, type Rules, rules, type Scope, stands, type World } from '../testing/world.js';

const still: Luck = { resolves: 0, returns: 0, leaves: 0, byHand: 0, crashes: 0 };
const racing: Scope = { nodes: 2, capacity: [1], conversations: 2, settles: false, luck: still };
const leaving: Scope = { nodes: 2, capacity: [1], conversations: 2, settles: false, luck: { ...still, leaves: 1 } };
const returning: Scope = { ...racing, capacity: [1], conversations: 1, luck: { ...still, resolves: 1, returns: 1 } };
const crashing: Scope = { ...returning, nodes: 1, settles: true, luck: { ...still, resolves: 1, crashes: 1 } };
const byHand: Scope = { ...racing, nodes: 1, capacity: [1, 1], conversations: 1, luck: { ...still, byHand: 2 } };
const settling: Scope = { ...returning, nodes: 1, settles: true };
const meddling: Scope = { ...settling, luck: { ...settling.luck, byHand: 1 } };
const four: Scope = { ...racing, nodes: 1, capacity: [1, 1, 1], conversations: 4 };
const short = { racing, leaving, returning, crashing, byHand, settling, meddling, four };
const long = {
  'racing for two': { ...racing, capacity: [1, 1] },
  'three of each': { ...racing, capacity: [1, 1, 1], conversations: 3 },
  'three agents, four conversations, two nodes': { ...racing, capacity: [1, 1, 1], conversations: 4 },
  'racing and resolving': { ...racing, luck: { ...still, resolves: 1 } },
  'racing for three': { ...racing, capacity: [1, 1, 2], conversations: 2, luck: still },
  'two crash': { ...crashing, nodes: 2 },
  'two settle': { ...settling, nodes: 2 },
  'two by hand': { ...byHand, nodes: 2, capacity: [1] },
  'by hand and crashing': { ...crashing, capacity: [1, 1], luck: { ...still, byHand: 1, crashes: 1 } },
};

function queue(changed: Partial<Rules>, scope: Scope): Model<World> {
  const rule = { ...rules, ...changed };
  const { nodes, capacity, conversations, luck } = scope;
  return {
    start: {
      conversations: Array.from({ length: conversations }, () => ({
        log: [],
        projected: 0,
        released: 0,
        cached: Array.from({ length: nodes }, () => 0),
      })),
      agents: capacity.map(() => ({ isAvailable: true, slots: [] })),
      nodes: Array.from({ length: nodes }, idle),
      luck,
      finding: null,
    },
    steps: (world) => [
      ...happens(world),
      ...follows(rule, world),
      ...(scope.settles ? settles(rule, world, nodes - 1) : []),
      ...world.nodes.flatMap((node, n) => [
        ...looks(rule, world, node, n, capacity),
        ...works(rule, world, node, n, capacity),
        ...byAPerson(world, node, n),
        ...ends(world, n),
      ]),
    ],
    wrong: ({ finding }) => finding,
    settled: (world) => isSettled(world, capacity),
  };
}

/** Everybody has a slot for each conversation that is his and for nothing else, and nobody waits for somebody who is free. */
function isSettled(world: World, capacity: number[]): boolean {
  const { conversations, agents } = world;
  const now = conversations.map(({ log }) => log.at(-1));
  const standing = now.filter((state) => state?.handler === 'agent').length;
  const slots = agents.flatMap((agent) => agent.slots);
  return (
    slots.length === standing &&
    slots.every((slot) => stands(now[slot.conversation], slot)) &&
    (chosen(world, capacity) === null || now.every((state) => state?.handler !== 'queue'))
  );
}

describe('the queue, given out', () => {
  test.each(Object.entries<Scope>(isLong ? { ...short, ...long } : short))(
    'leaves nobody waiting or with too many, and every slot true: %s',
    async (name, scope) => {
      expect(await findsNothing(`routing, ${name}`, queue({}, scope))).toBeNull();
    },
    3_600_000,
  );

  test('loses no wake-up, even if nobody polled', async () => {
    const oneNode = { ...returning, nodes: 1, conversations: 2 };
    expect(await findsNothing('routing, by hints alone', queue({ polls: false }, oneNode))).toBeNull();
  });

  test.each<[string, Partial<Rules>, Scope, string]>([
    ['a slot were taken whatever the capacity', { isGuarded: false }, racing, 'too many'],
    ['the entry were written before the slot is taken', { slotFirst: false }, racing, 'too many'],
    [
      'a refused claim kept its slot',
      { givesBack: false },
      { ...racing, capacity: [1, 1], conversations: 1 },
      'never settles',
    ],
    ['the newest came first', { order: (a, b) => b - a }, racing, 'wait longer'],
    ['slots were released by what a node has cached', { releasesOn: (cached) => cached }, returning, 'never settles'],
    ['nobody settled after a crash', {}, { ...crashing, settles: false }, 'never settles'],
    ['an assignment were made later than its slot was taken for', { isFenced: false }, settling, 'never settles'],
    ['a person took over the slot of a claim on its way', { takesOver: true }, meddling, 'never settles'],
    [
      'what is told during a look were forgotten',
      { polls: false, hearsMeanwhile: false },
      { ...returning, nodes: 1, conversations: 2 },
      'never settles',
    ],
  ])('would go wrong if %s', async (_, change, scope, finding) => {
    const { counterexample } = await explore(queue(change, scope));
    expect(counterexample).toContain(finding);
  });
});
