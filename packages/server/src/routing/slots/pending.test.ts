import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestQueue } from '../testing/test-queue.js';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.open('pending', { routes: true });
});
afterEach(() => queue.close());

const used = async () => (await queue.member('ana')).used.chat;

test('while one waits for its customer its agent gets the next, and keeps both when the customer is back', async () => {
  await queue.policy({ pendingCounts: false });
  await queue.agent('ana', 1);
  const [id = '', next = '', last = ''] = await queue.waiting(3);
  await expect.poll(() => queue.assigneesOf([id, next])).toEqual(['ana', null]);
  await queue.status(id, 'pending');
  await expect.poll(() => queue.assigneesOf([id, next])).toEqual(['ana', 'ana']);
  expect(await used()).toBe(1);
  await queue.write(id, 'Here I am again');
  await expect.poll(used).toBe(2);
  expect(await queue.assigneesOf([id, next, last])).toEqual(['ana', 'ana', null]);
});

test('what a policy says of it holds at once for what waits already', async () => {
  await queue.agent('ana', 1);
  const [id = '', next = ''] = await queue.waiting(2);
  await expect.poll(() => queue.assigneesOf([id])).toEqual(['ana']);
  await queue.status(id, 'snoozed');
  await queue.policy({ pendingCounts: false });
  await expect.poll(() => queue.assigneesOf([next]), { timeout: 8_000 }).toEqual(['ana']);
});
