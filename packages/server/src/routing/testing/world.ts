/*
 * Nodes that give out the queue (routing.ts, drain.ts, claim.ts) while people assign by hand, resolve and write again,
 * agents leave, and a node ends between any two steps. Node 0 follows the journal: it projects and releases slots. The
 * last node settles (settle.ts); with two nodes both give out, as when the lease has just changed hands. Each node has
 * its own cache of every conversation's state.
 */

/** A conversation's state after one more entry. */
export interface Link {
  handler: 'queue' | 'agent' | 'none';
  agent: number | null;
  /** The clientId of the assignment. */
  as: number | null;
  since: number | null;
}

export interface Conversation {
  log: Link[];
  /** How far its projection is, the releasing of slots, and each node's cache; 0 is nowhere. */
  projected: number;
  released: number;
  cached: number[];
}

export interface Slot {
  conversation: number;
  as: number;
  /** The number of the entry it is for, and of no other. */
  at: number;
}

/** Something on its way, between two of its steps. */
export interface Work {
  is: 'drain' | 'hand' | 'settle';
  next: 'take' | 'assign' | 'give back';
  conversation: number;
  agent: number;
  as: number;
  at: number;
}

export interface Node {
  /** It was told that something changed; kept only where nobody polls, who would look anyway. */
  isDirty: boolean;
  look: 'none' | 'begun' | 'over';
  drains: Work | null;
  beside: Work | null;
}

export interface World {
  conversations: Conversation[];
  agents: { isAvailable: boolean; slots: Slot[] }[];
  nodes: Node[];
  luck: Luck;
  finding: string | null;
}

export interface Luck {
  resolves: number;
  returns: number;
  leaves: number;
  byHand: number;
  crashes: number;
}

export interface Scope {
  nodes: number;
  capacity: number[];
  conversations: number;
  settles: boolean;
  luck: Luck;
}

export const rules = {
  order: (a: number, b: number) => a - b,
  isGuarded: true,
  slotFirst: true,
  givesBack: true,
  polls: true,
  /** By which state a slot is given back: the newest there is, not what the node has cached. */
  releasesOn: (_cached: number, newest: number) => newest,
  /** By hand, a slot that he has for the conversation becomes that of the new assignment, whosever it was. */
  takesOver: false,
  /** An assignment is only made as the entry its slot was taken for. */
  isFenced: true,
  /** A node that was told during its look looks again. */
  hearsMeanwhile: true,
};
export type Rules = typeof rules;

export const idle = (): Node => ({ isDirty: false, look: 'none', drains: null, beside: null });

export const stands = (state: Link | undefined, slot: Pick<Slot, 'as'>): boolean =>
  state?.handler === 'agent' && state.as === slot.as;

export function append(world: World, c: number, n: number, link: Link): World {
  const conversation = world.conversations[c];
  if (!conversation) return world;
  const log = [...conversation.log, link];
  const isAllReleased = conversation.released === conversation.log.length;
  const released = link.handler === 'queue' && isAllReleased ? log.length : conversation.released; // a message ends nothing
  const cached = conversation.cached.with(n, log.length);
  return withConversation(world, c, { ...conversation, log, released, cached });
}

export const queued = ({ conversations }: World): Link => {
  const latest = Math.max(0, ...conversations.flatMap(({ log }) => log.map(({ since }) => since ?? 0)));
  return { handler: 'queue', agent: null, as: null, since: latest + 1 };
};

export function endSlot(rule: Rules, world: World, a: number, { conversation, as }: Slot, n: number): World {
  const agent = world.agents[a];
  const mine = agent?.slots.find((slot) => slot.conversation === conversation && slot.as === as);
  if (!agent || !mine) return world;
  return tell(rule, withAgent(world, a, { ...agent, slots: agent.slots.filter((slot) => slot !== mine) }), n);
}

/** The smallest id that nothing has. */
export function freshId({ conversations, agents, nodes }: World, c: number): number {
  const works = nodes.flatMap(({ drains, beside }) => [drains, beside]);
  const used = [
    ...(conversations[c]?.log.map(({ as }) => as) ?? []),
    ...agents.flatMap(({ slots }) => slots.filter(({ conversation }) => conversation === c).map(({ as }) => as)),
    ...works.map((work) => (work?.conversation === c ? work.as : 0)),
  ];
  return Math.max(0, ...used.map((id) => id ?? 0)) + 1;
}

/** A node tells only itself. */
export const tell = (rule: Rules, world: World, n: number): World =>
  rule.polls ? world : withNode(world, n, { ...(world.nodes[n] ?? idle()), isDirty: true });
export const spend = (world: World, what: keyof Luck): World => ({
  ...world,
  luck: { ...world.luck, [what]: world.luck[what] - 1 },
});
export const withNode = (world: World, n: number, node: Node): World => ({
  ...world,
  nodes: world.nodes.with(n, node),
});
export const withAgent = (world: World, a: number, agent: World['agents'][number]): World => ({
  ...world,
  agents: world.agents.with(a, agent),
});
export const withConversation = (world: World, c: number, conversation: Conversation): World => ({
  ...world,
  conversations: world.conversations.with(c, conversation),
});
