import type { Step } from '../../testing/explore.js';
import { usualPolicy } from '../policy/policies.js';
import { choose, type Eligible, type Situation } from '../policy/policy.js';
import { aChat, anAgent } from './whom-and-what.js';
import {
  append,
  type Conversation,
  endSlot,
  freshId,
  idle,
  type Node,
  type Rules,
  rules,
  stands,
  tell,
  type Work,
  type World,
  withAgent,
  withConversation,
  withNode,
} from './world.js';

/** Whatever was heard before a look is forgotten when it begins, and what is heard meanwhile makes it look again. */
export function looks(rule: Rules, world: World, node: Node, n: number, capacity: number[]): Step<World>[] {
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
  const at = knownAt(conversation, n) + 1;
  const work: Work = { is: 'drain', next, conversation: c, agent, as, at };
  const [first] = waitingIn(world, rules).filter((one) => isQueuedAt(world, one, n));
  const finding = first === c ? null : `${c} is given before those who wait longer`;
  const to = { ...withNode(world, n, { ...node, drains: work }), finding };
  return [{ what: `node ${n} chooses agent ${agent} for ${c}`, to }];
}

/** By what the node has cached, which is not older than the projection. */
function isQueuedAt({ conversations }: World, c: number, n: number): boolean {
  const conversation = conversations[c];
  return conversation?.log[knownAt(conversation, n) - 1]?.handler === 'queue';
}

const knownAt = ({ cached, projected }: Conversation, n: number): number => Math.max(cached[n] ?? 0, projected);

/** What waits, as the projection has it, the longest waiting first. */
function waitingIn({ conversations }: World, { order }: Rules): number[] {
  const since = conversations.map(({ log, projected }) => log[projected - 1]?.since ?? null);
  const waiting = [...since.keys()].filter((c) => since[c] !== null);
  return waiting.sort((a, b) => order(since[a] ?? 0, since[b] ?? 0));
}

const usual: Situation = { policy: usualPolicy, now: new Date(0), lastAgentId: null, full: null };

/** By the real policy. */
export function chosen({ agents }: World, capacity: number[]): number | null {
  const eligible = agents.map(
    ({ isAvailable, slots }, a): Eligible =>
      anAgent(String(a), {
        availability: isAvailable ? 'available' : 'offline',
        capacity: { chat: capacity[a] ?? 0, email: 0 },
        used: { chat: slots.length, email: 0 },
      }),
  );
  const { agentId } = choose(aChat, eligible, usual);
  return agentId === null ? null : Number(agentId);
}

export function works(rule: Rules, world: World, node: Node, n: number, capacity: number[]): Step<World>[] {
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
  const { conversation: c, agent, as, at, is } = work;
  const conversation = world.conversations[c];
  const member = world.agents[agent];
  if (!conversation || !member) return [];
  const slot = { conversation: c, as, at };
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
      return go('takes a slot', { ...to, finding }, rule.slotFirst ? 'assign' : null);
    }
    case 'assign': {
      const assigned = assign(rule, world, n, work);
      const isHis = stands(assigned.conversations[c]?.log.at(-1), slot);
      if (isHis) return go('assigns', assigned, rule.slotFirst ? null : 'take');
      return go('is refused', assigned, rule.givesBack ? 'give back' : null);
    }
    case 'give back':
      return go('gives the slot back', endSlot(rule, world, agent, slot, n), null);
  }
}

/** The append, whose rule sees what is true, and which answers a repeated id with what it made. */
function assign(rule: Rules, world: World, n: number, { conversation: c, agent, as, at, is }: Work): World {
  const conversation = world.conversations[c];
  const now = conversation?.log.at(-1);
  if (!conversation || !now) return world;
  const isRepeated = conversation.log.some((link) => link.as === as);
  const isAnother = rule.isFenced ? conversation.log.length + 1 !== at : is !== 'hand' && now.handler !== 'queue';
  const isRefused = now.handler === 'none' || now.agent === agent || isAnother;
  if (!isRepeated && !isRefused) return append(world, c, n, { handler: 'agent', agent, as, since: null });
  const cached = conversation.cached.with(n, conversation.log.length);
  return withConversation(world, c, { ...conversation, cached });
}
