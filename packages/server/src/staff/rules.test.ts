import type { Availability } from '@helpline/protocol';
import { expect, test } from 'vitest';
import { kindOfWork } from './rules.js';
import { firstStint } from './stints.js';

const being = (availability: Availability, conversationId: string | null = null) => ({
  availability,
  stint: { ...firstStint(new Date()), conversationId },
});

test('a conversation one looks at is worked on, and held while one looks elsewhere', () => {
  expect(kindOfWork(being('available'), 'kettle', true)).toBe('active');
  expect(kindOfWork(being('busy'), 'kettle', false)).toBe('hold');
});

test('what is wrapped up is that, looked at or not; another beside it is not', () => {
  for (const isFocused of [true, false])
    expect(kindOfWork(being('wrap_up', 'kettle'), 'kettle', isFocused)).toBe('wrap_up');
  expect(kindOfWork(being('wrap_up', 'kettle'), 'toaster', true)).toBe('active');
});

test('who is away holds nothing by having left it open; who works in his break works', () => {
  for (const away of ['break', 'training', 'offline'] as const)
    expect(kindOfWork(being(away), 'kettle', false)).toBeNull();
  expect(kindOfWork(being('break'), 'kettle', true)).toBe('active');
  expect(kindOfWork(being('offline'), 'kettle', true)).toBeNull();
});
