import { afterEach, beforeEach, expect, test } from 'vitest';
import { assign } from '../../conversations/index.js';
import { newId } from '../../platform/ids.js';
import { dana, TestQueue } from '../testing/test-queue.js';
import { episodesOf } from './episodes.js';
import { guessedSpans, spansOf } from './presence.js';

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.open('episodes');
});

afterEach(() => queue.close());

const give = (conversationId: string, agentId: string | null) =>
  assign(queue.node.journal, { conversationId, clientId: `agent:dana:${newId()}`, actor: dana, agentId, reason: null });

async function episodes(conversationId: string) {
  const [states = []] = await queue.node.journal.pasts([conversationId]);
  return episodesOf(states);
}

test('each wait is one, with who got it and whether it is over, as the journal tells', async () => {
  const [id = ''] = await queue.waiting(1);
  await give(id, 'ana');
  await queue.status(id, 'resolved');
  await queue.write(id, 'One more thing');
  await give(id, 'ben');
  await give(id, null);
  expect((await episodes(id)).map(({ given, endedAt }) => [given?.agentId ?? null, endedAt !== null])).toEqual([
    ['ana', true],
    ['ben', true],
    [null, false],
  ]);
});

test('whoever gave up has had nobody, and passing it from hand to hand is no new wait', async () => {
  const [gone = '', passed = ''] = await queue.waiting(2);
  await queue.status(gone, 'resolved');
  await give(passed, 'ana');
  await give(passed, 'ben');
  expect(await episodes(gone)).toMatchObject([{ given: null, endedAt: expect.any(Number) }]);
  expect(await episodes(passed)).toMatchObject([{ given: { agentId: 'ana' }, endedAt: null }]);
});

test('the past of a conversation is read without its words', async () => {
  const [id = ''] = await queue.waiting(1);
  const [states = []] = await queue.node.journal.pasts([id]);
  expect(states).toMatchObject([{ _id: id, seq: 1, handler: 'queue' }]);
  expect(JSON.stringify(states)).not.toContain('Question');
});

test('somebody was there while he was available or wrapping up; where that is not recorded, his conversations tell', () => {
  const hour = 3_600_000;
  const at = (hours: number) => new Date(hours * hour).toISOString();
  const by = { kind: 'self' } as const;
  const interval = (availability: 'available' | 'break' | 'wrap_up', from: number, to: number | null) => ({
    ...{ availability, by, reason: null, from: at(from) },
    to: to === null ? null : at(to),
  });
  const intervals = [interval('available', 1, 2), interval('break', 2, 3), interval('available', 3, null)];
  expect(spansOf(intervals, 9 * hour)).toEqual([
    { from: hour, to: 2 * hour },
    { from: 3 * hour, to: 9 * hour },
  ]);
  const had = (from: number, to: number) => ({ given: { agentId: 'ana', at: from * hour }, endedAt: to * hour });
  expect(guessedSpans([had(9, 10), had(11, 13), had(33, 34)], 'ana', 100 * hour)).toEqual([
    { from: 9 * hour, to: 13 * hour },
    { from: 33 * hour, to: 34 * hour },
  ]);
  expect(guessedSpans([had(9, 10)], 'ben', 100 * hour)).toEqual([]);
});
