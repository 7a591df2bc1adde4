import type { Step } from '../../testing/explore.js';
import { usualPolicy } from '../policy/policies.js';
import { askedAgainAfterMs, choose } from '../policy/policy.js';
import {
  append,
  endSlot,
  freshId,
  type Link,
  newest,
  queued,
  type Rules,
  type Slot,
  spend,
  stands,
  type Work,
  type World,
  withSlots,
  withThere,
  withWork,
} from './offers-world.js';

type Steps = Step<World>[];

/** A node offers what waits longest to whom the real policy chooses. */
export function offers(rule: Rules, world: World, n: number, capacity: number[]): Steps {
  const next = nextInTurn(rule, world, capacity);
  if (world.works[n] || !next) return [];
  const { conversation, agent } = next;
  const at = (world.conversations[conversation]?.log.length ?? 0) + 1;
  const work: Work = { next: 'take', conversation, agent, as: freshId(world, conversation), at, offered: true };
  return [{ what: `node ${n} chooses agent ${agent} for ${conversation}`, to: withWork(world, n, work) }];
}

/** What is given out next, and to whom; null if nobody could have anything. */
export function nextInTurn(rule: Rules, world: World, capacity: number[]) {
  const waiting = world.conversations.flatMap(({ log }, c) => (log.at(-1)?.is === 'queue' ? [c] : []));
  for (const conversation of waiting.sort((a, b) => since(world, a) - since(world, b))) {
    const agent = chosenFor(rule, world, newest(world, conversation), conversation, capacity);
    if (agent !== null) return { conversation, agent };
  }
  return null;
}

const since = (world: World, c: number): number => newest(world, c)?.since ?? 0;

function chosenFor(rule: Rules, world: World, now: Link | undefined, c: number, capacity: number[]): number | null {
  const agents = world.agents.map(({ isThere, slots }, a) => ({
    _id: String(a),
    workspaceId: 'shop',
    role: 'agent' as const,
    brandIds: 'all' as const,
    teamIds: [],
    availability:
      isThere && !slots.some((slot) => slot.conversation === c) ? ('available' as const) : ('offline' as const),
    capacity: { chat: capacity[a] ?? 0, email: 0 },
    used: { chat: slots.length, email: 0 },
    atOnce: null,
    isTrainee: false,
    skills: [],
    lastAssignedAt: new Date(0),
  }));
  const passedBy = rule.passesOn ? (now?.passedBy ?? []).map(String) : [];
  const place = { workspaceId: 'shop', brandId: 'tulips', inboxId: 'tulips', teamId: null, channel: 'chat' } as const;
  const waits = {
    ...place,
    skills: [],
    waitingSince: new Date(0),
    passedBy,
    passedAt: new Date(0),
    lastAssigneeId: null,
  };
  const later = new Date(askedAgainAfterMs);
  const { agentId } = choose(waits, agents, { policy: usualPolicy, now: later, lastAgentId: null, full: null });
  return agentId === null ? null : Number(agentId);
}

/** Sooner or later an agent who is there accepts what is held for him; it may be that he never ends. */
export function accepts(world: World): Steps {
  const hand = world.works.length - 1;
  if (world.works[hand]) return [];
  return world.conversations.flatMap((_, c) => {
    const now = newest(world, c);
    if (now?.is !== 'offer' || now.agent === null || !world.agents[now.agent]?.isThere) return [];
    const work: Work = {
      next: 'take',
      conversation: c,
      agent: now.agent,
      as: freshId(world, c),
      at: 0,
      offered: false,
    };
    return [{ what: `agent ${now.agent} accepts ${c}`, to: withWork(world, hand, work) }];
  });
}

export function works(rule: Rules, world: World, w: number, capacity: number[]): Steps {
  const work = world.works[w];
  if (!work) return [];
  const { conversation: c, agent, as } = work;
  const go = (what: string, to: World, next: Work | null): Steps => [
    {
      what: `${work.offered ? `node ${w}` : 'he'}, ${c} to agent ${agent} as ${as}: ${what}`,
      to: withWork(to, w, next),
    },
  ];
  if (work.next === 'give back') return go('gives the slot back', endSlot(world, agent, work), null);
  if (work.next === 'write') {
    const made = write(world, agent, work);
    if (made) return go('writes the entry', made, null);
    return go('is refused', world, { ...work, next: work.offered ? 'give back' : 'take' });
  }
  const at = (world.conversations[c]?.log.length ?? 0) + 1;
  const taken = work.offered ? takeSlot(world, work, capacity) : renameSlot(rule, world, { ...work, at });
  if (taken) return go('has a slot', taken, { ...work, at: work.offered ? work.at : at, next: 'write' });
  return go('gets no slot', world, work.offered ? null : { ...work, next: 'give back' });
}

function takeSlot(world: World, { agent, conversation, as, at }: Work, capacity: number[]): World | null {
  const member = world.agents[agent];
  const isFree = member?.isThere && member.slots.length < (capacity[agent] ?? 0);
  if (!isFree || member.slots.some((one) => one.conversation === conversation)) return null;
  return withSlots(world, agent, (slots) => [...slots, { conversation, as, at, offered: true }]);
}

/** Only what is held for him still, and only the slot of that. */
function renameSlot(rule: Rules, world: World, { agent, conversation, as, at }: Work): World | null {
  const now = newest(world, conversation);
  const slots = world.agents[agent]?.slots ?? [];
  const his = slots.find((one) => one.conversation === conversation && [now?.as, as].includes(one.as));
  if (now?.is !== 'offer' || now.agent !== agent || !his) return null;
  const kept = (some: Slot[]) => some.filter((one) => one !== his || !rule.renames);
  return withSlots(world, agent, (some) => [...kept(some), { conversation, as, at, offered: false }]);
}

/** The entry of a slot, made as the one it was taken for, and once however often it is written; null if it can't be. */
function write(world: World, agent: number, { conversation, as, at, offered }: Slot): World | null {
  const log = world.conversations[conversation]?.log ?? [];
  const now = log.at(-1);
  if (log.some((link) => link.as === as)) return world;
  const isAnother = log.length + 1 !== at;
  if (!now || isAnother || now.is === 'none' || (offered && now.is !== 'queue')) return null;
  const { since: waits, passedBy } = now;
  const link: Link = offered
    ? { is: 'offer', agent, as, since: waits, passedBy }
    : { is: 'agent', agent, as, since: 0, passedBy: [] };
  return append(world, conversation, link);
}

/**
 * What he does not answer in time he misses, and is away then. Perhaps he does, but surely where his slot is lost: it
 * had got another name when the acceptance ended half-way, and was settled because somebody had written on.
 */
export function ends(rule: Rules, world: World): Steps {
  return world.conversations.flatMap((_, c): Steps => {
    const now = newest(world, c);
    if (now?.is !== 'offer' || now.agent === null) return [];
    const { agent: a, passedBy } = now;
    const isGone = rule.withdraws && world.agents[a]?.isThere === false;
    const isLost = !world.agents[a]?.slots.some(({ conversation }) => conversation === c);
    const what = `agent ${a} misses ${c}`;
    const missed = (from: World) => withThere(append(from, c, queued(from, now, [...passedBy, a])), a, false);
    return [
      ...(isGone
        ? [{ what: `the offer of ${c} to agent ${a} is withdrawn`, to: append(world, c, queued(world, now, passedBy)) }]
        : []),
      ...(isLost ? [{ what, to: missed(world) }] : []),
      ...(world.luck.misses > 0 ? [{ what, to: missed(spend(world, 'misses')), maybe: true as const }] : []),
    ];
  });
}

/** What follows the journal gives back the slots of what ended; after a crash old slots are settled. */
export function givesBack(rule: Rules, world: World): Steps {
  const follows = world.conversations.flatMap(({ log, released }, c): Steps => {
    if (released === log.length) return [];
    const conversations = world.conversations.map((one, i) => (i === c ? { ...one, released: released + 1 } : one));
    let to: World = { ...world, conversations };
    for (const [a, { slots }] of world.agents.entries())
      for (const slot of slots.filter((one) => one.conversation === c && log.some((link) => link.as === one.as)))
        to = endSlot(to, a, slot);
    return [{ what: `slots of ${c} are released`, to }];
  });
  const settles = world.agents.flatMap(({ slots }, a) =>
    slots.flatMap((slot): Steps => {
      if (!rule.settles || stands(newest(world, slot.conversation), slot)) return [];
      const made = write(world, a, slot);
      const to = endSlot(made ?? world, a, slot);
      return [{ what: `the old slot ${slot.as} of ${slot.conversation} is settled`, to }];
    }),
  );
  return [...follows, ...settles];
}

export function happens(world: World): Steps {
  const { conversations, luck, agents } = world;
  const perhaps = (what: string, to: World): Steps => [{ what, to, maybe: true }];
  const first = conversations.findIndex(({ log }) => log.length === 0);
  return [
    ...(first >= 0 ? perhaps(`${first} comes`, append(world, first, queued(world, undefined))) : []),
    ...conversations.flatMap((_, c): Steps => {
      const now = newest(world, c);
      if (!now || now.is === 'none') return [];
      const over: Link = { is: 'none', agent: null, as: null, since: 0, passedBy: [] };
      return [
        ...(luck.writes > 0 ? perhaps(`the customer of ${c} writes on`, append(spend(world, 'writes'), c, now)) : []),
        ...(luck.resolves > 0 ? perhaps(`${c} is resolved`, append(spend(world, 'resolves'), c, over)) : []),
        ...(luck.transfers > 0
          ? perhaps(`${c} is transferred`, append(spend(world, 'transfers'), c, queued(world, now)))
          : []),
      ];
    }),
    ...agents.flatMap(({ isThere }, a): Steps => {
      if (isThere)
        return luck.leaves > 0 ? perhaps(`agent ${a} goes`, withThere(spend(world, 'leaves'), a, false)) : [];
      return luck.returns > 0 ? perhaps(`agent ${a} is back`, withThere(spend(world, 'returns'), a, true)) : [];
    }),
    ...world.works.flatMap((work, w) =>
      work && luck.crashes > 0 ? perhaps(`what ${w} is at ends there`, withWork(spend(world, 'crashes'), w, null)) : [],
    ),
  ];
}
