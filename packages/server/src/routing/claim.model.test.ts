import { describe, expect, test } from 'vitest';
import { explore, findsNothing, isLong, type Model, type Step } from '../testing/explore.js';
import { choose, type Eligible } from './policy.js';

/*
 * Nodes that give out the queue (routing.ts, drain.ts, claim.ts) while people assign by hand, resolve and write again,
 * agents leave, and a node ends between any two steps. Node 0 follows the journal: it projects and releases slots. The
 * last node settles (settle.ts); with two nodes both give out, as when the lease has just changed hands. Each node has
 * its own cache of every conversation's state.
 */

/** A conversation's state after one more entry. */
interface Link {
  handler: 'queue' | 'agent' | 'none';
  agent: number | null;
  /** The clientId of the assignment. */
  as: number | null;
  since: number | null;
}

interface Conversation {
  log: Link[];
  /** How far its projection is, the releasing of slots, and each node's cache; 0 is nowhere. */
  projected: number;
  released: number;
  cached: number[];
}

interface Slot {
  conversation: number;
  as: number;
}

/** Something on its way, between two of its steps. */
interface Work {
  is: 'drain' | 'hand' | 'settle';
  next: 'take' | 'assign' | 'give back' | 'end';
  conversation: number;
  agent: number;
  as: number;
  /** The assignment that the slot belongs to after all. */
  instead: number | null;
}

interface Node {
  /** It was told that something changed; kept only where nobody polls, who would look anyway. */
  isDirty: boolean;
  look: 'none' | 'begun' | 'over';
  drains: Work | null;
  beside: Work | null;
}

interface World {
  conversations: Conversation[];
  agents: { isAvailable: boolean; slots: Slot[] }[];
  nodes: Node[];
  luck: Luck;
  finding: string | null;
}

interface Luck {
  resolves: number;
  returns: number;
  leaves: number;
  byHand: number;
  crashes: number;
}

interface Scope {
  nodes: number;
  capacity: number[];
  conversations: number;
  settles: boolean;
  luck: Luck;
}

const rules = {
  order: (a: number, b: number) => a - b,
  isGuarded: true,
  slotFirst: true,
  givesBack: true,
  polls: true,
  /** By which state a slot is given back: the newest there is, not what the node has cached. */
  releasesOn: (_cached: number, newest: number) => newest,
  /** By hand, a slot that he has for the conversation becomes that of the new assignment. */
  takesOver: true,
  /** A node that was told during its look looks again. */
  hearsMeanwhile: true,
};
type Rules = typeof rules;

const still: Luck = { resolves: 0, returns: 0, leaves: 0, byHand: 0, crashes: 0 };
const racing: Scope = { nodes: 2, capacity: [1], conversations: 2, settles: false, luck: still };
const leaving: Scope = { nodes: 2, capacity: [1], conversations: 2, settles: false, luck: { ...still, leaves: 1 } };
const returning: Scope = { ...racing, capacity: [1], conversations: 1, luck: { ...still, resolves: 1, returns: 1 } };
const crashing: Scope = { ...returning, nodes: 1, settles: true, luck: { ...still, resolves: 1, crashes: 1 } };
const byHand: Scope = { ...racing, nodes: 1, capacity: [1, 1], conversations: 1, luck: { ...still, byHand: 2 } };
const short = { racing, leaving, returning, crashing, byHand };
const long = {
  'racing for two': { ...racing, capacity: [1, 1] },
  'racing and resolving': { ...racing, luck: { ...still, resolves: 1 } },
  'racing for three': { ...racing, capacity: [1, 1, 2], conversations: 2, luck: still },
  'two crash': { ...crashing, nodes: 2 },
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

const idle = (): Node => ({ isDirty: false, look: 'none', drains: null, beside: null });

function happens(world: World): Step<World>[] {
  const { conversations, luck, agents } = world;
  const steps: Step<World>[] = [];
  const next = conversations.findIndex(({ log }) => log.length === 0);
  if (next >= 0)
    steps.push({ what: `conversation ${next} comes`, to: append(world, next, 0, queued(world)), maybe: true });
  for (const n of world.nodes.keys()) {
    for (const [c, { log }] of conversations.entries()) {
      const now = log.at(-1);
      if (now && now.handler !== 'none' && luck.resolves > 0) {
        const to = append(spend(world, 'resolves'), c, n, { ...now, handler: 'none', since: null });
        steps.push({ what: `conversation ${c} is resolved`, to, maybe: true });
      }
      if (n === 0 && now?.handler === 'none' && luck.returns > 0) {
        const to = append(spend(world, 'returns'), c, n, queued(world));
        steps.push({ what: `the customer of ${c} writes again`, to, maybe: true });
      }
    }
  }
  for (const [a, agent] of agents.entries())
    if (agent.isAvailable && luck.leaves > 0) {
      const to = withAgent(spend(world, 'leaves'), a, { ...agent, isAvailable: false });
      steps.push({ what: `agent ${a} leaves`, to, maybe: true });
    }
  return steps;
}

/** Node 0 on the journal's tail: it brings the projection up, and gives back the slots of what ended. */
function follows(rule: Rules, world: World): Step<World>[] {
  return world.conversations.flatMap((conversation, c): Step<World>[] => {
    const { log, projected, released, cached } = conversation;
    const steps: Step<World>[] = [];
    if (projected < log.length) {
      const known = Math.max(cached[0] ?? 0, projected + 1);
      const to = withConversation(world, c, { ...conversation, projected: known, cached: cached.with(0, known) });
      const isQueued = log[known - 1]?.handler === 'queue';
      steps.push({ what: `${c} is projected up to ${known}`, to: isQueued ? tell(rule, to, 0) : to });
    }
    if (released < log.length) steps.push({ what: `slots of ${c} are released`, to: release(rule, world, c) });
    return steps;
  });
}

function release(rule: Rules, world: World, c: number): World {
  const conversation = world.conversations[c];
  if (!conversation) return world;
  const { log, released, cached } = conversation;
  let to = withConversation(world, c, { ...conversation, released: released + 1 });
  for (const [a, { slots }] of world.agents.entries()) {
    const slot = slots.find((one) => one.conversation === c);
    const made = slot ? log.findIndex(({ as }) => as === slot.as) + 1 : 0;
    if (!slot || made === 0) continue;
    const known = Math.max(made, rule.releasesOn(cached[0] ?? 0, log.length));
    const now = log[known - 1];
    const isHisNow = rule.takesOver && now?.handler === 'agent' && now.agent === a;
    if (!stands(now, slot)) to = endSlot(rule, to, a, slot, isHisNow ? now.as : null, 0);
  }
  return to;
}

const stands = (state: Link | undefined, slot: Slot): boolean => state?.handler === 'agent' && state.as === slot.as;

/** Any slot may be older than the claim that took it usually lives. */
function settles(rule: Rules, world: World, n: number): Step<World>[] {
  const node = world.nodes[n];
  if (!node || node.beside) return [];
  return world.agents.flatMap(({ slots }, agent) =>
    slots.flatMap(({ conversation: c, as }): Step<World>[] => {
      const conversation = world.conversations[c];
      const known = rule.releasesOn(conversation?.cached[n] ?? 0, conversation?.log.length ?? 0);
      if (stands(conversation?.log[known - 1], { conversation: c, as })) return [];
      const work: Work = { is: 'settle', next: 'assign', conversation: c, agent, as, instead: null };
      return [
        { what: `node ${n} finds the old slot ${as} of ${c}`, to: withNode(world, n, { ...node, beside: work }) },
      ];
    }),
  );
}

/** Whatever was heard before a look is forgotten when it begins, and what is heard meanwhile makes it look again. */
function looks(rule: Rules, world: World, node: Node, n: number, capacity: number[]): Step<World>[] {
  if (node.drains) return [];
  if (!rule.polls && node.look === 'none') {
    const looking: Node = { ...node, isDirty: false, look: 'begun' };
    return node.isDirty ? [{ what: `node ${n} looks at the queue`, to: withNode(world, n, looking) }] : [];
  }
  if (node.look === 'over') {
    const through: Node = { ...node, look: 'none', isDirty: node.isDirty && rule.hearsMeanwhile };
    return [{ what: `node ${n} is through`, to: withNode(world, n, through) }];
  }
  const [c] = waitingIn(world, rule).filter((one) => isQueuedAt(world, one, n));
  const agent = chosen(world, capacity);
  const conversation = world.conversations[c ?? -1];
  if (c === undefined || agent === null || !conversation) {
    return rule.polls ? [] : [{ what: `node ${n} finds nothing`, to: withNode(world, n, { ...node, look: 'over' }) }];
  }
  const as = freshId(world, c);
  const next = rule.slotFirst ? 'take' : 'assign';
  const work: Work = { is: 'drain', next, conversation: c, agent, as, instead: null };
  const [first] = waitingIn(world, rules).filter((one) => isQueuedAt(world, one, n));
  const finding = first === c ? null : `${c} is given before those who wait longer`;
  const to = { ...withNode(world, n, { ...node, drains: work }), finding };
  return [{ what: `node ${n} chooses agent ${agent} for ${c}`, to }];
}

/** By what the node has cached, which is not older than the projection. */
function isQueuedAt({ conversations }: World, c: number, n: number): boolean {
  const { log = [], projected = 0, cached = [] } = conversations[c] ?? {};
  return log[Math.max(cached[n] ?? 0, projected) - 1]?.handler === 'queue';
}

/** What waits, as the projection has it, the longest waiting first. */
function waitingIn({ conversations }: World, { order }: Rules): number[] {
  const since = conversations.map(({ log, projected }) => log[projected - 1]?.since ?? null);
  const waiting = [...since.keys()].filter((c) => since[c] !== null);
  return waiting.sort((a, b) => order(since[a] ?? 0, since[b] ?? 0));
}

const chat = { workspaceId: 'shop', brandId: 'tulips', teamId: null, channel: 'chat' } as const;

/** By the real policy. */
function chosen({ agents }: World, capacity: number[]): number | null {
  const eligible = agents.map(
    ({ isAvailable, slots }, a): Eligible => ({
      _id: String(a),
      workspaceId: 'shop',
      role: 'agent',
      brandIds: ['tulips'],
      teamIds: [],
      availability: isAvailable ? 'available' : 'offline',
      capacity: { chat: capacity[a] ?? 0, email: 0 },
      used: { chat: slots.length, email: 0 },
      lastAssignedAt: new Date(0),
    }),
  );
  const { agentId } = choose(chat, eligible);
  return agentId === null ? null : Number(agentId);
}

function byAPerson(world: World, node: Node, n: number): Step<World>[] {
  if (world.luck.byHand === 0 || node.beside) return [];
  return world.conversations.flatMap(({ log, cached }, c) => {
    const seen = (cached[n] ?? 0) || log.length;
    const now = log[seen - 1];
    if (!now || now.handler === 'none') return [];
    return world.agents.flatMap((_, agent): Step<World>[] => {
      if (now.agent === agent) return [];
      const work: Work = { is: 'hand', next: 'take', conversation: c, agent, as: freshId(world, c), instead: null };
      const to = withNode(spend(world, 'byHand'), n, { ...node, beside: work });
      return [{ what: `at node ${n} somebody gives ${c} to agent ${agent} as ${work.as}`, to, maybe: true }];
    });
  });
}

function works(rule: Rules, world: World, node: Node, n: number, capacity: number[]): Step<World>[] {
  const { drains, beside } = node;
  const left = drains
    ? doNext(rule, world, n, drains, capacity, (to, work) =>
        withNode(to, n, { ...(to.nodes[n] ?? idle()), drains: work }),
      )
    : [];
  const right = beside
    ? doNext(rule, world, n, beside, capacity, (to, work) =>
        withNode(to, n, { ...(to.nodes[n] ?? idle()), beside: work }),
      )
    : [];
  return [...left, ...right];
}

function doNext(
  rule: Rules,
  world: World,
  n: number,
  work: Work,
  capacity: number[],
  then: (world: World, work: Work | null) => World,
): Step<World>[] {
  const { conversation: c, agent, as, is } = work;
  const conversation = world.conversations[c];
  const member = world.agents[agent];
  if (!conversation || !member) return [];
  const slot = { conversation: c, as };
  const go = (what: string, to: World, next: Work['next'] | null): Step<World>[] => [
    {
      what: `node ${n}, ${is} of ${c} to agent ${agent} as ${as}: ${what}`,
      to: then(to, next && { ...work, next }),
    },
  ];
  const older = member.slots.find((one) => one.conversation === c);
  switch (work.next) {
    case 'take': {
      const isFree = member.isAvailable && member.slots.length < (capacity[agent] ?? 0);
      const isTaken = is !== 'drain' || (!older && (isFree || !rule.isGuarded));
      if (!isTaken) return go('gets no slot', world, null);
      const slots = [...member.slots.filter((one) => one !== older || !rule.takesOver), slot];
      const to = tell(rule, withAgent(world, agent, { ...member, slots }), n);
      const others = world.conversations.filter((_, other) => other !== c).map(({ log }) => log.at(-1));
      const his = others.filter((now) => now?.handler === 'agent' && now.agent === agent);
      const finding =
        is === 'drain' && his.length >= (capacity[agent] ?? 0) ? `agent ${agent} is given too many` : null;
      return go('takes a slot', { ...to, finding }, rule.slotFirst && is !== 'settle' ? 'assign' : null);
    }
    case 'assign': {
      const assigned = assign(world, c, n, agent, as, is !== 'hand');
      const isHis = stands(assigned.conversations[c]?.log.at(-1), slot);
      if (isHis) return go('assigns', assigned, is === 'settle' || !rule.slotFirst ? 'take' : null);
      return go('is refused', assigned, rule.givesBack ? 'give back' : null);
    }
    case 'give back': {
      const now = conversation.log.at(-1);
      const isHisNow = rule.takesOver && now?.handler === 'agent' && now.agent === agent;
      const instead = isHisNow ? now.as : null;
      return [{ what: `node ${n}: slot ${as} of ${c} is to end`, to: then(world, { ...work, next: 'end', instead }) }];
    }
    case 'end':
      return go('gives the slot back', endSlot(rule, world, agent, slot, work.instead, n), null);
  }
}

/** The append, whose rule sees what is true, and which answers a repeated id with what it made. */
function assign(world: World, c: number, n: number, agent: number, as: number, onlyFromQueue: boolean): World {
  const conversation = world.conversations[c];
  const now = conversation?.log.at(-1);
  if (!conversation || !now) return world;
  const isRepeated = conversation.log.some((link) => link.as === as);
  const isRefused = now.handler === 'none' || (onlyFromQueue && now.handler !== 'queue') || now.agent === agent;
  if (!isRepeated && !isRefused) return append(world, c, n, { handler: 'agent', agent, as, since: null });
  const cached = conversation.cached.with(n, conversation.log.length);
  return withConversation(world, c, { ...conversation, cached });
}

function ends(world: World, n: number): Step<World>[] {
  if (world.luck.crashes === 0) return [];
  const conversations = world.conversations.map((one) => ({ ...one, cached: one.cached.with(n, 0) }));
  const to = withNode({ ...spend(world, 'crashes'), conversations }, n, idle());
  return [{ what: `node ${n} ends and starts anew`, to, maybe: true }];
}

function append(world: World, c: number, n: number, link: Link): World {
  const conversation = world.conversations[c];
  if (!conversation) return world;
  const log = [...conversation.log, link];
  const isAllReleased = conversation.released === conversation.log.length;
  const released = link.handler === 'queue' && isAllReleased ? log.length : conversation.released; // a message ends nothing
  const cached = conversation.cached.with(n, log.length);
  return withConversation(world, c, { ...conversation, log, released, cached });
}

const queued = ({ conversations }: World): Link => {
  const latest = Math.max(0, ...conversations.flatMap(({ log }) => log.map(({ since }) => since ?? 0)));
  return { handler: 'queue', agent: null, as: null, since: latest + 1 };
};

function endSlot(
  rule: Rules,
  world: World,
  a: number,
  { conversation, as }: Slot,
  instead: number | null,
  n: number,
): World {
  const agent = world.agents[a];
  const mine = agent?.slots.find((slot) => slot.conversation === conversation && slot.as === as);
  if (!agent || !mine) return world;
  const others = agent.slots.filter((slot) => slot !== mine);
  const slots = instead === null ? others : [...others, { conversation, as: instead }];
  return tell(rule, withAgent(world, a, { ...agent, slots }), n);
}

/** The smallest id that nothing has. */
function freshId({ conversations, agents, nodes }: World, c: number): number {
  const works = nodes.flatMap(({ drains, beside }) => [drains, beside]);
  const used = [
    ...(conversations[c]?.log.map(({ as }) => as) ?? []),
    ...agents.flatMap(({ slots }) => slots.filter(({ conversation }) => conversation === c).map(({ as }) => as)),
    ...works.map((work) => (work?.conversation === c ? work.as : 0)),
  ];
  return Math.max(0, ...used.map((id) => id ?? 0)) + 1;
}

/** A node tells only itself. */
const tell = (rule: Rules, world: World, n: number): World =>
  rule.polls ? world : withNode(world, n, { ...(world.nodes[n] ?? idle()), isDirty: true });
const spend = (world: World, what: keyof Luck): World => ({
  ...world,
  luck: { ...world.luck, [what]: world.luck[what] - 1 },
});
const withNode = (world: World, n: number, node: Node): World => ({ ...world, nodes: world.nodes.with(n, node) });
const withAgent = (world: World, a: number, agent: World['agents'][number]): World => ({
  ...world,
  agents: world.agents.with(a, agent),
});
const withConversation = (world: World, c: number, conversation: Conversation): World => ({
  ...world,
  conversations: world.conversations.with(c, conversation),
});

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
    900_000,
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
    ['a person took a second slot for the same conversation', { takesOver: false }, byHand, 'never settles'],
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
