import { type RoutingReason, type RoutingSettings, type Skill, usualRouting } from '@helpline/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choose, type Eligible, type Situation, type Waits } from './policy.js';

const noon = new Date('2026-01-05T12:00:00Z');
const names = ['ana', 'ben', 'cleo', 'dana', 'emil', 'fay'];
const skills = fc.uniqueArray(
  fc.record({ skill: fc.constantFrom('de', 'fr', 'bikes'), level: fc.integer({ min: 1, max: 5 }) }),
  {
    selector: ({ skill }) => skill,
    maxLength: 3,
  },
);
const perhapsSkills = fc.oneof(fc.constant<Skill[]>([]), skills);
const upTo = (most: number) => fc.record({ chat: fc.nat(most), email: fc.nat(most) });
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

/** Mostly somebody who can have it, so that there is a choice. */
const somebody = fc.record({
  workspaceId: mostly('shop', 'elsewhere'),
  role: mostly<Eligible['role']>('agent', 'supervisor'),
  brandIds: mostly<Eligible['brandIds']>('all', ['tulips'], ['north']),
  teamIds: mostly(['sales', 'repairs'], ['sales'], []),
  availability: mostly<Eligible['availability']>('available', 'break', 'wrap_up', 'offline'),
  capacity: upTo(5),
  used: upTo(2),
  atOnce: mostly<number | null>(null, 0, 1, 3),
  isTrainee: fc.boolean(),
  skills,
  lastAssignedAt: fc.nat(2).map((at) => new Date(at)),
});
const staff = fc
  .array(somebody, { maxLength: names.length })
  .map((some) => some.map((one, i): Eligible => ({ ...one, _id: names[i] ?? '' })));

const waits: fc.Arbitrary<Waits> = fc.record({
  workspaceId: fc.constant('shop'),
  brandId: fc.constantFrom('tulips', 'north'),
  inboxId: fc.constant('tulips'),
  teamId: fc.constantFrom(null, null, 'sales', 'repairs'),
  channel: fc.constantFrom('chat', 'email'),
  skills: perhapsSkills,
  waitingSince: fc
    .constantFrom(null, 30, 90, 600)
    .map((seconds) => seconds && new Date(noon.getTime() - seconds * 1000)),
  passedBy: fc.subarray(names, { maxLength: 3 }),
  passedAt: fc.constantFrom(null, 10, 120).map((seconds) => seconds && new Date(noon.getTime() - seconds * 1000)),
  lastAssigneeId: fc.constantFrom(null, ...names),
});

const settings: fc.Arbitrary<RoutingSettings> = fc
  .record({
    strategy: fc.constantFrom('balanced', 'round_robin', 'most_skilled'),
    stickyHours: fc.constantFrom(null, 24),
    skills: perhapsSkills,
    anybodyAfterSeconds: fc.constantFrom(null, 60),
  })
  .map((some) => ({ ...usualRouting, ...some }));
const situation: fc.Arbitrary<Situation> = fc.record({
  policy: settings.map((one) => ({ of: null, version: 3, settings: one })),
  now: fc.constant(noon),
  lastAgentId: fc.constantFrom(null, ...names),
  full: fc.constantFrom(null, null, null, 'inbox_at_ceiling', 'team_at_ceiling'),
});

const whatever = [waits, staff, situation] as const;
const holds = (property: fc.IProperty<[Waits, Eligible[], Situation]>) => fc.assert(property, { numRuns: 1_000 });

/** What speaks against him, told once more and another way than the policy does. */
function against({ skills: own, ...waiting }: Waits, agent: Eligible, { policy, now }: Situation): string[] {
  const { channel } = waiting;
  const waited = waiting.waitingSince ? now.getTime() - waiting.waitingSince.getTime() : 0;
  const { anybodyAfterSeconds } = policy.settings;
  const anybody = anybodyAfterSeconds !== null && waited >= anybodyAfterSeconds * 1000;
  const asked = anybody ? [] : [...own, ...policy.settings.skills];
  const limit = agent.isTrainee ? Math.round(agent.capacity[channel] / 2) : agent.capacity[channel];
  const inAll = agent.used.chat + agent.used.email;
  const checks: Record<string, boolean> = {
    not_of_brand:
      agent.workspaceId === 'shop' && (agent.brandIds === 'all' || agent.brandIds.some((id) => id === waiting.brandId)),
    not_of_team: !waiting.teamId || agent.role !== 'agent' || agent.teamIds.some((id) => id === waiting.teamId),
    lacks_skill: !asked.some((one) => !agent.skills.some((his) => his.skill === one.skill && his.level >= one.level)),
    not_available: agent.availability === 'available',
    at_capacity: agent.used[channel] < limit && (agent.atOnce === null || inAll < agent.atOnce),
  };
  return Object.keys(checks).filter((why) => !checks[why]);
}

const whyOf = (reason: RoutingReason, agentId: string | null) =>
  reason.candidates.find((one) => one.agentId === agentId)?.why;

test('at most one is chosen, and it is he who gets it', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const { agentId, reason } = choose(conversation, agents, how);
      expect(reason.candidates.filter((one) => one.chosen).map((one) => one.agentId)).toEqual(agentId ? [agentId] : []);
    }),
  );
});

test('every agent has one reason, and it is true', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const { reason } = choose(conversation, agents, how);
      expect(reason.candidates.map((one) => one.agentId).toSorted()).toEqual(agents.map((one) => one._id).toSorted());
      for (const agent of agents) {
        const hindrances = against(conversation, agent, how);
        const why = whyOf(reason, agent._id);
        if (hindrances.length > 0) expect(hindrances).toContain(why);
        else if (why === 'passed_it_by') expect(conversation.passedBy).toContain(agent._id);
        else expect(why).toMatch(/^(only_one|least_|longest_|most_|their_|more_|had_one|less_|not_their)/);
      }
    }),
  );
});

test('nobody gets it whom something hinders; somebody does where nothing hinders him', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const { agentId, reason } = choose(conversation, agents, how);
      const free = agents.filter((agent) => against(conversation, agent, how).length === 0);
      if (agentId) expect(free.map((one) => one._id)).toContain(agentId);
      else if (!how.full) expect(free.every((one) => conversation.passedBy.includes(one._id))).toBe(true);
      if (how.full) expect([agentId, reason.blocked]).toEqual([null, how.full]);
    }),
  );
});

test('who passed it by gets it only where nobody else could, and after a while', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const { agentId } = choose(conversation, agents, how);
      if (!agentId || !conversation.passedBy.includes(agentId)) return;
      const others = agents.filter((one) => against(conversation, one, how).length === 0);
      expect(others.every((one) => conversation.passedBy.includes(one._id))).toBe(true);
      expect(noon.getTime() - (conversation.passedAt?.getTime() ?? 0)).toBeGreaterThan(10_000);
    }),
  );
});

/** What each strategy looks at, the foremost first; the smaller goes first. */
const measures: Record<string, (agent: Eligible, conversation: Waits, how: Situation) => number[]> = {
  balanced: (agent, { channel }) => [agent.used[channel], agent.lastAssignedAt.getTime()],
  round_robin: (agent) => [agent.lastAssignedAt.getTime()],
  most_skilled: (agent, conversation, { policy }) => {
    const asked = new Set([...conversation.skills, ...policy.settings.skills].map(({ skill }) => skill));
    const mastery = agent.skills.filter(({ skill }) => asked.has(skill)).map(({ level }) => level);
    const sum = mastery.reduce((one, other) => one + other, 0);
    return [-sum, agent.used[conversation.channel], agent.lastAssignedAt.getTime()];
  },
};

/** By the first in which they differ. */
function inOrder(his: readonly number[] = [], theirs: readonly number[] = []): boolean {
  const first = his.findIndex((one, i) => one !== theirs[i]);
  return first < 0 || (his[first] ?? 0) < (theirs[first] ?? 0);
}

test('of those who could have it, nobody goes before him whom the strategy puts first; of equals, who has had none for longest', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const { agentId, reason } = choose(conversation, agents, how);
      const best = agents.find((one) => one._id === agentId);
      const { strategy, stickyHours } = how.policy.settings;
      const last = stickyHours ? (conversation.lastAssigneeId ?? how.lastAgentId) : null;
      const able = agents.filter((one) => /^(more_|had_one|less_|not_their)/.test(whyOf(reason, one._id) ?? ''));
      if (!best) return;
      expect(able.map((one) => one._id)).not.toContain(last);
      if (agentId === last) return;
      for (const other of able) {
        const [his, theirs] = [best, other].map((one) => measures[strategy]?.(one, conversation, how) ?? []);
        expect(inOrder(his, theirs)).toBe(true);
      }
    }),
  );
});

test('the order in which agents are named changes nothing, nor does looking twice', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const once = choose(conversation, agents, how);
      expect(choose(conversation, agents, how)).toEqual(once);
      const turned = choose(conversation, agents.toReversed(), how);
      expect(turned.agentId).toBe(once.agentId);
      for (const { _id } of agents) expect(whyOf(turned.reason, _id)).toBe(whyOf(once.reason, _id));
    }),
  );
});

test('somebody more who is busy changes nothing for the others', () => {
  holds(
    fc.property(...whatever, (conversation, agents, how) => {
      const before = choose(conversation, agents, how);
      const busy: Eligible = { ...free, _id: 'busy', used: { chat: 9, email: 9 } };
      const after = choose(conversation, [busy, ...agents], how);
      expect(after.agentId).toBe(before.agentId);
      for (const { _id } of agents) expect(whyOf(after.reason, _id)).toBe(whyOf(before.reason, _id));
    }),
  );
});

test('one conversation after another, everybody ends with as many as the others, if he can take as many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(20), (count, arriving) => {
      const agents = names.slice(0, count).map((_id): Eligible => ({ ...free, _id }));
      for (let i = 0; i < arriving; i++) {
        const { agentId } = choose(plain, agents, {
          policy: { of: null, version: 0, settings: usualRouting },
          now: noon,
          lastAgentId: null,
          full: null,
        });
        const one = agents.find(({ _id }) => _id === agentId);
        if (one) Object.assign(one, { used: { chat: one.used.chat + 1, email: 0 }, lastAssignedAt: new Date(i + 1) });
      }
      const loads = agents.map(({ used }) => used.chat);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    }),
  );
});

const plain: Waits = {
  workspaceId: 'shop',
  brandId: 'tulips',
  inboxId: 'tulips',
  teamId: null,
  channel: 'chat',
  skills: [],
  waitingSince: noon,
  passedBy: [],
  passedAt: null,
  lastAssigneeId: null,
};

const free: Eligible = {
  _id: 'free',
  workspaceId: 'shop',
  role: 'agent',
  brandIds: 'all',
  teamIds: ['sales', 'repairs'],
  availability: 'available',
  capacity: { chat: 9, email: 9 },
  used: { chat: 0, email: 0 },
  atOnce: null,
  isTrainee: false,
  skills: [
    { skill: 'de', level: 5 },
    { skill: 'fr', level: 5 },
    { skill: 'bikes', level: 5 },
  ],
  lastAssignedAt: new Date(0),
};
