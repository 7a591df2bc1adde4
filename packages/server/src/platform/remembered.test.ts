import { afterEach, expect, test, vi } from 'vitest';
import { Remembered } from './remembered.js';

afterEach(() => {
  vi.useRealTimers();
});

test('what was found is read once, until it is old or forgotten', async () => {
  vi.useFakeTimers();
  const read = vi.fn(async (key: string) => `the inbox ${key}`);
  const inboxes = new Remembered(5_000, read);
  expect(await inboxes.get('tulips')).toBe('the inbox tulips');
  expect(await inboxes.get('tulips')).toBe('the inbox tulips');
  expect(read).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5_001);
  await inboxes.get('tulips');
  expect(read).toHaveBeenCalledTimes(2);
  inboxes.forget();
  await inboxes.get('tulips');
  expect(read).toHaveBeenCalledTimes(3);
});

test('what is not there is looked for each time', async () => {
  const answers = [null, 'now it is'];
  const inboxes = new Remembered(5_000, async () => answers.shift() ?? null);
  expect(await inboxes.get('tulips')).toBeNull();
  expect(await inboxes.get('tulips')).toBe('now it is');
});
