import { type RoutingSettings, usualRouting } from '@helpline/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aChat, anAgent } from '../testing/whom-and-what.js';
import { askedAgainAfterMs, choose, type Eligible, type Situation, type Waits } from './policy.js';

const noon = new Date('2026-01-05T12:00:00Z');
const before = (seconds: number) => new Date(noon.getTime() - seconds * 1000);

const chat: Waits = { ...aChat, waitingSince: before(60) };

const under = (settings: Partial<RoutingSettings>, more: Partial<Situation> = {}): Situation => ({
  policy: { of: { kind: 'workspace' }, version: 7, settings: { ...usualRouting, ...settings } },
  now: noon,
  lastAgentId: null,
  full: null,
  ...more,
});
const usual = under({});

/** Who was chosen and why, and why the others were not. */
function judged(conversation: Waits, agents: Eligible[], situation = usual): Record<string, string> {
  const { reason } = choose(conversation, agents, situation);
  return Object.fromEntries(reason.candidates.map(({ agentId, why }) => [agentId, why]));
}

describe('a conversation goes', () => {
  test('to whoever has the fewest of its channel', () => {
    const ana = anAgent('ana', { used: { chat: 1, email: 0 } });
    const ben = anAgent('ben', { used: { chat: 0, email: 4 } });
    expect(choose(chat, [ana, ben], usual).agentId).toBe('ben');
    expect(judged(chat, [ana, ben])).toEqual({ ana: 'more_loaded', ben: 'least_loaded' });
    expect(choose({ ...chat, channel: 'email' }, [ana, ben], usual).agentId).toBe('ana');
  });

  test('of equals, to whoever has had none for longest', () => {
    const ana = anAgent('ana', { lastAssignedAt: new Date(2_000) });
    const ben = anAgent('ben', { lastAssignedAt: new Date(1_000) });
    expect(judged(chat, [ana, ben])).toEqual({ ana: 'had_one_later', ben: 'longest_without' });
  });

  test('to the only one there is', () => {
    expect(judged(chat, [anAgent('ana'), anAgent('ben', { availability: 'break' })])).toEqual({
      ana: 'only_one',
      ben: 'not_available',
    });
  });

  test('to nobody who is away, full, or of another brand, team or company', () => {
    const agents = [
      anAgent('away', { availability: 'break' }),
      anAgent('full', { used: { chat: 2, email: 0 } }),
      anAgent('of the north', { brandIds: ['north'] }),
      anAgent('of sales', { teamIds: ['sales'] }),
      anAgent('of elsewhere', { workspaceId: 'elsewhere' }),
    ];
    const repair = { ...chat, teamId: 'repairs' };
    expect(choose(repair, agents, usual).agentId).toBeNull();
    expect(judged(repair, agents)).toEqual({
      away: 'not_of_team',
      full: 'not_of_team',
      'of the north': 'not_of_brand',
      'of sales': 'not_of_team',
      'of elsewhere': 'not_of_brand',
    });
    expect(judged(chat, agents)).toMatchObject({ away: 'not_available', full: 'at_capacity' });
  });

  test('to nobody who has as many at once as he may, or as a trainee half as many', () => {
    const tom = anAgent('tom', { isTrainee: true, used: { chat: 1, email: 0 } });
    const eva = anAgent('eva', { atOnce: 3, used: { chat: 0, email: 3 } });
    expect(judged(chat, [tom, eva])).toEqual({ tom: 'at_capacity', eva: 'at_capacity' });
    expect(choose(chat, [tom], usual).reason.candidates).toMatchObject([{ open: 1, capacity: 1 }]);
  });
});

describe('by the strategy', () => {
  const ana = anAgent('ana', { used: { chat: 1, email: 0 }, lastAssignedAt: new Date(1_000) });
  const ben = anAgent('ben', { lastAssignedAt: new Date(2_000) });

  test('round robin, it goes to whoever has had none for longest, however much he has', () => {
    expect(judged(chat, [ana, ben], under({ strategy: 'round_robin' }))).toEqual({
      ana: 'longest_without',
      ben: 'had_one_later',
    });
  });

  test('most skilled, it goes to whoever is best at what it asks, and of those as usual', () => {
    const asks = { ...chat, skills: [{ skill: 'de', level: 2 }] };
    const good = { skills: [{ skill: 'de', level: 3 }] };
    const best = { skills: [{ skill: 'de', level: 5 }] };
    const situation = under({ strategy: 'most_skilled' });
    expect(
      judged(
        asks,
        [
          { ...ana, ...best },
          { ...ben, ...good },
        ],
        situation,
      ),
    ).toEqual({
      ana: 'most_skilled',
      ben: 'less_skilled',
    });
    expect(
      choose(
        asks,
        [
          { ...ana, ...good },
          { ...ben, ...good },
        ],
        situation,
      ).agentId,
    ).toBe('ben');
  });

  test('manual, it waits for whoever takes it', () => {
    const { agentId, reason } = choose(chat, [ana, ben], under({ strategy: 'manual' }));
    expect({ agentId, blocked: reason.blocked }).toEqual({ agentId: null, blocked: 'manual' });
    expect(reason.candidates.some(({ chosen }) => chosen)).toBe(false);
  });
});

describe('who can do it', () => {
  const pumps = [{ skill: 'pumps', level: 3 }];
  const ana = anAgent('ana', { skills: [{ skill: 'pumps', level: 2 }] });
  const ben = anAgent('ben', { skills: [{ skill: 'pumps', level: 4 }], used: { chat: 1, email: 0 } });

  test('is asked by the policy and by the conversation, by whichever asks more', () => {
    const situation = under({ skills: pumps });
    expect(judged(chat, [ana, ben], situation)).toEqual({ ana: 'lacks_skill', ben: 'only_one' });
    expect(judged({ ...chat, skills: pumps }, [ana, ben])).toEqual({ ana: 'lacks_skill', ben: 'only_one' });
    const asksMore = { ...chat, skills: [{ skill: 'pumps', level: 5 }] };
    expect(choose(asksMore, [ana, ben], situation).agentId).toBeNull();
  });

  test('is asked no more after a while', () => {
    const situation = under({ skills: pumps, anybodyAfterSeconds: 60 });
    expect(choose({ ...chat, waitingSince: before(59) }, [ana], situation).agentId).toBeNull();
    expect(choose({ ...chat, waitingSince: before(60) }, [ana], situation).agentId).toBe('ana');
  });
});

describe('the last agent', () => {
  const ana = anAgent('ana', { used: { chat: 1, email: 0 } });
  const ben = anAgent('ben');
  const sticky = under({ stickyHours: 8 });

  test('of the conversation, or else of its customer, gets it first', () => {
    expect(judged({ ...chat, lastAssigneeId: 'ana' }, [ana, ben], { ...sticky, lastAgentId: 'ben' })).toEqual({
      ana: 'their_last_agent',
      ben: 'not_their_last_agent',
    });
    expect(judged(chat, [ana, ben], { ...sticky, lastAgentId: 'ana' }).ana).toBe('their_last_agent');
    expect(judged(chat, [ana], { ...sticky, lastAgentId: 'ana' }).ana).toBe('their_last_agent');
  });

  test('is waited for by nobody, and is one like any other where that is not wished', () => {
    const away = { ...ana, availability: 'offline' as const };
    expect(choose({ ...chat, lastAssigneeId: 'ana' }, [away, ben], sticky).agentId).toBe('ben');
    expect(choose({ ...chat, lastAssigneeId: 'ana' }, [ana, ben], usual).agentId).toBe('ben');
  });
});

describe('who passed it by', () => {
  const [ana, ben] = [anAgent('ana'), anAgent('ben', { used: { chat: 1, email: 0 } })];

  test('does not get it while somebody else can', () => {
    const passed = { ...chat, passedBy: ['ana'], passedAt: before(3_600) };
    expect(judged(passed, [ana, ben])).toEqual({ ana: 'passed_it_by', ben: 'only_one' });
  });

  test('is asked again after a while, when nobody else is left, so that nobody waits for ever', () => {
    const passed = (seconds: number) => ({ ...chat, passedBy: ['ana', 'ben'], passedAt: before(seconds) });
    const after = askedAgainAfterMs / 1000;
    expect(choose(passed(after - 1), [ana, ben], usual).agentId).toBeNull();
    expect(choose(passed(after), [ana, ben], usual).agentId).toBe('ana');
  });
});

describe('nobody gets it', () => {
  test('while it is closed', () => {
    const hours = { timeZone: 'Europe/Berlin', days: [{ day: 1, from: '14:00', to: '17:00' }] };
    expect(choose(chat, [anAgent('ana')], under({ hours })).reason).toMatchObject({ blocked: 'closed' });
    const later = new Date('2026-01-05T13:00:00Z');
    expect(choose(chat, [anAgent('ana')], under({ hours }, { now: later })).agentId).toBe('ana');
  });

  test('while its inbox or team has as many in hand as it may', () => {
    const { agentId, reason } = choose(chat, [anAgent('ana')], under({}, { full: 'team_at_ceiling' }));
    expect({ agentId, blocked: reason.blocked }).toEqual({ agentId: null, blocked: 'team_at_ceiling' });
  });
});

test('of many, those most worth knowing are named, and the others counted', () => {
  const agents = [
    ...Array.from({ length: 30 }, (_, i) => anAgent(`away-${i}`, { availability: 'offline' })),
    ...Array.from({ length: 30 }, (_, i) => anAgent(`full-${i}`, { used: { chat: 2, email: 0 } })),
    ...Array.from({ length: 5 }, (_, i) => anAgent(`free-${i}`, { lastAssignedAt: new Date(5 - i) })),
  ];
  const { agentId, reason } = choose(chat, agents, usual);
  expect(agentId).toBe('free-4');
  expect(reason).toMatchObject({ policy: 'balanced/7', others: 45 });
  expect(reason.candidates.map((one) => one.agentId)).toEqual([
    ...['free-4', 'free-3', 'free-2', 'free-1', 'free-0'],
    ...Array.from({ length: 15 }, (_, i) => `full-${i}`),
  ]);
});

const someAgent = fc.record({
  brandIds: fc.constantFrom<Eligible['brandIds']>('all', ['tulips'], ['north']),
  availability: fc.constantFrom('available', 'available', 'offline'),
  capacity: fc.record({ chat: fc.nat(3), email: fc.nat(3) }),
  lastAssignedAt: fc.nat(3).map((at) => new Date(at)),
});

test('whatever comes, the caps hold, nobody better was passed over, and every agent is accounted for', () => {
  fc.assert(
    fc.property(
      fc.array(someAgent, { maxLength: 5 }),
      fc.array(fc.constantFrom('tulips', 'north'), { maxLength: 12 }),
      (drawn, arriving) => {
        const agents = drawn.map((one, i) => anAgent(`agent-${i}`, one));
        for (const [i, brandId] of arriving.entries()) {
          const { agentId, reason } = choose({ ...chat, brandId }, agents, usual);
          expect(reason.candidates.map((one) => one.agentId).toSorted()).toEqual(agents.map((one) => one._id));
          expect(reason.candidates.filter((one) => one.chosen).map((one) => one.agentId)).toEqual(
            agentId ? [agentId] : [],
          );
          const able = agents.filter(
            (one) =>
              one.availability === 'available' &&
              one.used.chat < one.capacity.chat &&
              (one.brandIds === 'all' || one.brandIds.includes(brandId)),
          );
          const best = able.find((one) => one._id === agentId);
          expect(best === undefined).toBe(able.length === 0);
          if (!best) continue;
          expect(reason.candidates[0]).toMatchObject({ agentId, chosen: true });
          for (const other of able) {
            expect(other.used.chat).toBeGreaterThanOrEqual(best.used.chat);
            if (other.used.chat === best.used.chat)
              expect(other.lastAssignedAt.getTime()).toBeGreaterThanOrEqual(best.lastAssignedAt.getTime());
          }
          best.used = { ...best.used, chat: best.used.chat + 1 };
          best.lastAssignedAt = new Date(10 + i);
        }
      },
    ),
    { numRuns: 300 },
  );
});
