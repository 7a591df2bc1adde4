import { describe, expect, test } from 'vitest';
import { explore, findsNothing, isLong, type Model } from '../../testing/explore.js';
import { accepts, ends, givesBack, happens, nextInTurn, offers, works } from '../testing/offers-steps.js';
import { type Luck, newest, type Rules, rules, stands, type World } from '../testing/offers-world.js';

interface Scope {
  nodes: number;
  capacity: number[];
  conversations: number;
  luck: Partial<Luck>;
}

const nowhere: Scope = { nodes: 0, capacity: [], conversations: 0, luck: {} };
const none: Luck = { writes: 0, misses: 0, leaves: 0, returns: 0, resolves: 0, transfers: 0, crashes: 0 };
const short: Record<string, Scope> = {
  'two nodes offer to one': { nodes: 2, capacity: [1], conversations: 2, luck: {} },
  'missed, and asked again': { nodes: 1, capacity: [1, 1], conversations: 1, luck: { misses: 2, returns: 2 } },
  'accepted while written on': {
    nodes: 1,
    capacity: [1],
    conversations: 1,
    luck: { writes: 2, misses: 1, returns: 1 },
  },
  'gone and back': { nodes: 1, capacity: [1], conversations: 1, luck: { leaves: 1, returns: 1, writes: 1 } },
  'transferred and resolved': {
    nodes: 1,
    capacity: [1, 1],
    conversations: 1,
    luck: { transfers: 1, resolves: 1, misses: 1 },
  },
  'given out by two at once': { nodes: 2, capacity: [1, 1], conversations: 1, luck: { misses: 1 } },
  'ended between two steps': { nodes: 1, capacity: [1], conversations: 2, luck: { crashes: 1, writes: 1 } },
};
const long: Record<string, Scope> = {
  'three agents, four conversations, two nodes': { nodes: 2, capacity: [1, 1, 1], conversations: 4, luck: {} },
  'two of each': { nodes: 2, capacity: [1, 1], conversations: 2, luck: { misses: 1 } },
  'three of each': { nodes: 2, capacity: [1, 1, 1], conversations: 3, luck: { misses: 1 } },
  'everything once': {
    nodes: 2,
    capacity: [1, 1],
    conversations: 1,
    luck: { writes: 1, misses: 1, leaves: 1, returns: 1, resolves: 1, transfers: 1, crashes: 1 },
  },
  'crashes of two': { nodes: 2, capacity: [1, 1], conversations: 2, luck: { crashes: 1, misses: 1, returns: 1 } },
};

function desk(changed: Partial<Rules>, { nodes, capacity, conversations, luck }: Scope): Model<World> {
  const rule = { ...rules, ...changed };
  return {
    start: {
      conversations: Array.from({ length: conversations }, () => ({ log: [], released: 0 })),
      agents: capacity.map(() => ({ isThere: true, slots: [] })),
      works: Array.from({ length: nodes + 1 }, () => null),
      luck: { ...none, ...luck },
    },
    steps: (world) => [
      ...happens(world),
      ...ends(rule, world),
      ...accepts(world),
      ...givesBack(rule, world),
      ...world.works.flatMap((_, w) => [
        ...(w < nodes ? offers(rule, world, w, capacity) : []),
        ...works(rule, world, w, capacity),
      ]),
    ],
    wrong: (world) => wrongIn(world, capacity),
    settled: (world) => isSettled(rule, world, capacity),
  };
}

/** An offer without a slot can't be accepted any more, so it counts for nothing. */
function wrongIn(world: World, capacity: number[]): string | null {
  for (const [a, { slots }] of world.agents.entries()) {
    const his = world.conversations
      .map((_, c) => newest(world, c))
      .filter((now) => now?.is === 'agent' && now.agent === a);
    if (Math.max(his.length, slots.length) > (capacity[a] ?? 0)) return `agent ${a} has too many`;
  }
  return null;
}

/** Everybody has a slot for each conversation that is his and for nothing else; nobody waits beside somebody free. */
function isSettled(rule: Rules, world: World, capacity: number[]): boolean {
  const now = world.conversations.map((_, c) => newest(world, c));
  const slots = world.agents.flatMap((agent) => agent.slots);
  return (
    now.every((link) => link?.is !== 'offer') &&
    slots.every((slot) => stands(now[slot.conversation], slot)) &&
    slots.length === now.filter((link) => link?.is === 'agent').length &&
    nextInTurn(rule, world, capacity) === null
  );
}

describe('what is offered', () => {
  test.each(Object.entries<Scope>(isLong ? { ...short, ...long } : short))(
    'ends with somebody, or with nobody free; nobody has too many, and no slot is left over: %s',
    async (name, scope) => {
      expect(await findsNothing(`offers, ${name}`, desk({}, scope))).toBeNull();
    },
    900_000,
  );

  test.each<[string, Partial<Rules>, string, string]>([
    ['who accepts took another slot', { renames: false }, 'accepted while written on', 'too many'],
    ['whoever goes kept what he was offered', { withdraws: false }, 'gone and back', 'never settles'],
    ['nobody settled after a crash', { settles: false }, 'ended between two steps', 'never settles'],
  ])('would go wrong if %s', async (_, change, scope, finding) => {
    const { counterexample } = await explore(desk(change, short[scope] ?? nowhere));
    expect(counterexample).toContain(finding);
  });
});
