/*
 * Offers: nodes hold what waits for an agent (claim.ts), he accepts (accept.ts), misses it or goes (offers.ts), while
 * customers write on, people resolve and transfer, and nodes end between any two steps. Slots are given back by what
 * follows the journal, and settled (settle.ts). What nodes know too late is the matter of world.ts; here they know.
 */

/** A conversation's state after one more entry. */
export interface Link {
  is: 'queue' | 'offer' | 'agent' | 'none';
  agent: number | null;
  /** The clientId of the entry that made it so. */
  as: number | null;
  since: number;
  passedBy: number[];
}

export interface Slot {
  conversation: number;
  as: number;
  /** The number of the entry it is for. */
  at: number;
  /** It is for an offer, not yet for an assignment. */
  offered: boolean;
}

/** A claim of a node, or an agent's acceptance, between two of its steps. */
export interface Work extends Slot {
  next: 'take' | 'write' | 'give back';
  agent: number;
}

export interface World {
  /** Each with its entries, and how far what gives slots back has followed them. */
  conversations: { log: Link[]; released: number }[];
  agents: { isThere: boolean; slots: Slot[] }[];
  /** What each node is at, and at last what an agent is at who accepts. */
  works: (Work | null)[];
  luck: Luck;
}

/** How often something may still happen. */
export interface Luck {
  writes: number;
  misses: number;
  leaves: number;
  returns: number;
  resolves: number;
  transfers: number;
  crashes: number;
}

export const rules = {
  /** Who accepts keeps the slot of the offer under another name, instead of taking another one. */
  renames: true,
  /** Whoever goes loses what he was offered. */
  withdraws: true,
  settles: true,
  /** Who missed an offer is asked again only after all others. */
  passesOn: true,
};
export type Rules = typeof rules;

export const newest = ({ conversations }: World, c: number): Link | undefined => conversations[c]?.log.at(-1);

export const stands = (now: Link | undefined, { as }: Pick<Slot, 'as'>): boolean =>
  (now?.is === 'offer' || now?.is === 'agent') && now.as === as;

export function append(world: World, c: number, link: Link): World {
  const conversations = world.conversations.map((one, i) => {
    if (i !== c) return one;
    const endsNothing = link.is === 'offer' || link === one.log.at(-1);
    const released = one.released === one.log.length && endsNothing ? one.released + 1 : one.released;
    return { log: [...one.log, link], released };
  });
  return { ...world, conversations };
}

/** In the queue, as long as it waits or from now on. */
export function queued(world: World, now: Link | undefined, passedBy: number[] = []): Link {
  const latest = Math.max(0, ...world.conversations.flatMap(({ log }) => log.map(({ since }) => since)));
  const waits = now?.is === 'queue' || now?.is === 'offer';
  return { is: 'queue', agent: null, as: null, since: waits ? now.since : latest + 1, passedBy };
}

export const withSlots = (world: World, a: number, change: (slots: Slot[]) => Slot[]): World => ({
  ...world,
  agents: world.agents.map((one, i) => (i === a ? { ...one, slots: change(one.slots) } : one)),
});

/** Unless its entry stands, by the newest state there is. */
export const endSlot = (world: World, a: number, { conversation, as }: Slot): World =>
  stands(newest(world, conversation), { as })
    ? world
    : withSlots(world, a, (slots) => slots.filter((one) => one.conversation !== conversation || one.as !== as));

export const withThere = (world: World, a: number, isThere: boolean): World => ({
  ...world,
  agents: world.agents.map((one, i) => (i === a ? { ...one, isThere } : one)),
});

export const withWork = (world: World, w: number, work: Work | null): World => ({
  ...world,
  works: world.works.with(w, work),
});

export const spend = (world: World, what: keyof Luck): World => ({
  ...world,
  luck: { ...world.luck, [what]: world.luck[what] - 1 },
});

/** The smallest id that nothing of the conversation has. */
export function freshId({ conversations, agents, works }: World, c: number): number {
  const slots = [...agents.flatMap((agent) => agent.slots), ...works.filter((work) => work !== null)];
  const used = slots.flatMap(({ conversation, as }) => (conversation === c ? [as] : []));
  return Math.max(0, ...used, ...(conversations[c]?.log ?? []).map(({ as }) => as ?? 0)) + 1;
}
