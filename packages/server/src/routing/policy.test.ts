import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choose, type Eligible } from './policy.js';

const chat = { workspaceId: 'shop', brandId: 'tulips', teamId: null, channel: 'chat' } as const;

function agent(_id: string, more: Partial<Eligible> = {}): Eligible {
  return {
    _id,
    workspaceId: 'shop',
    role: 'agent',
    brandIds: 'all',
    teamIds: [],
    availability: 'available',
    capacity: { chat: 2, email: 5 },
    used: { chat: 0, email: 0 },
    atOnce: null,
    isTrainee: false,
    lastAssignedAt: new Date(0),
    ...more,
  };
}

/** Who was chosen and why, and why the others were not. */
function judged(conversation: Parameters<typeof choose>[0], agents: Eligible[]): Record<string, string> {
  const { reason } = choose(conversation, agents);
  return Object.fromEntries(reason.candidates.map(({ agentId, why }) => [agentId, why]));
}

describe('a conversation goes', () => {
  test('to whoever has the fewest of its channel', () => {
    const ana = agent('ana', { used: { chat: 1, email: 0 } });
    const ben = agent('ben', { used: { chat: 0, email: 4 } });
    expect(choose(chat, [ana, ben]).agentId).toBe('ben');
    expect(judged(chat, [ana, ben])).toEqual({ ana: 'more_loaded', ben: 'least_loaded' });
    expect(choose({ ...chat, channel: 'email' }, [ana, ben]).agentId).toBe('ana');
  });

  test('of equals, to whoever has had none for longest', () => {
    const ana = agent('ana', { lastAssignedAt: new Date(2_000) });
    const ben = agent('ben', { lastAssignedAt: new Date(1_000) });
    expect(judged(chat, [ana, ben])).toEqual({ ana: 'had_one_later', ben: 'longest_without' });
  });

  test('to nobody who is away, full, or of another brand, team or company', () => {
    const agents = [
      agent('away', { availability: 'break' }),
      agent('full', { used: { chat: 2, email: 0 } }),
      agent('of the north', { brandIds: ['north'] }),
      agent('of sales', { teamIds: ['sales'] }),
      agent('of elsewhere', { workspaceId: 'elsewhere' }),
    ];
    const repair = { ...chat, teamId: 'repairs' };
    expect(choose(repair, agents).agentId).toBeNull();
    expect(judged({ ...chat, teamId: 'repairs' }, agents)).toEqual({
      away: 'not_of_team',
      full: 'not_of_team',
      'of the north': 'not_of_brand',
      'of sales': 'not_of_team',
      'of elsewhere': 'not_of_brand',
    });
    expect(judged(chat, agents)).toMatchObject({ away: 'not_available', full: 'at_capacity' });
  });
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
        const agents = drawn.map((one, i) => agent(`agent-${i}`, one));
        for (const [i, brandId] of arriving.entries()) {
          const { agentId, reason } = choose({ ...chat, brandId }, agents);
          expect(reason.candidates.map((one) => one.agentId)).toEqual(agents.map((one) => one._id));
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
