import { expect, test } from 'vitest';
import { threadIndexOf } from './thread-index.js';

const began = new Date('2026-11-22T10:00:00Z');
const thread = { conversationId: 'tea', began, answered: undefined, isFirst: true };
const bytes = (index: string): Buffer => Buffer.from(index, 'base64');

test('the first mail of a conversation begins, by its time and an id of its own', () => {
  const first = bytes(threadIndexOf(thread, began));
  expect(first).toHaveLength(22);
  const ticks = (first.readBigUInt64BE() >> 16n) << 16n;
  expect(Math.abs(Number(ticks / 10_000n - 11_644_473_600_000n) - began.getTime())).toBeLessThan(10);
  const other = bytes(threadIndexOf({ ...thread, conversationId: 'coffee' }, began));
  expect(other.subarray(6)).not.toEqual(first.subarray(6));
});

test('what follows goes on from the beginning, later by what its last bytes say', () => {
  const first = bytes(threadIndexOf(thread, began));
  const next = bytes(threadIndexOf({ ...thread, isFirst: false }, new Date('2026-11-22T11:00:00Z')));
  expect(next.subarray(0, 22)).toEqual(first);
  expect((next.readUInt32BE(22) * 2 ** 18) / 10_000_000).toBeCloseTo(3600, 0);
});

test('what answers a mail of Outlook goes on from that one', () => {
  const answered = threadIndexOf({ ...thread, conversationId: 'outlook', isFirst: false }, began);
  const answer = bytes(threadIndexOf({ ...thread, answered, isFirst: false }, new Date('2029-11-22T10:00:00Z')));
  expect(answer.subarray(0, 27)).toEqual(bytes(answered));
  expect(answer).toHaveLength(32);
  expect(((answer.readUInt32BE(27) - 0x80000000) * 2 ** 23) / 10_000_000 / 86_400).toBeCloseTo(3 * 365 + 1, 0);
});

test('it grows no more after forty answers', () => {
  let answered: string | undefined;
  for (let i = 0; i < 60; i++) answered = threadIndexOf({ ...thread, answered, isFirst: false }, began);
  expect(bytes(answered ?? '')).toHaveLength(222);
});
