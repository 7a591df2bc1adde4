import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.js';
import { makeReplyAddress, readReplyAddress } from './reply-address.js';

const key = randomBytes(32);
const conversationId = newId();
const address = makeReplyAddress(key, 'support@tea.example', conversationId) ?? '';

test('an address says which conversation an answer to it belongs to, in any case', () => {
  expect(address).toMatch(/^support\+c\.[a-z2-7]{42}@tea\.example$/);
  expect(address.indexOf('@')).toBeLessThanOrEqual(64);
  expect(readReplyAddress(key, address)).toBe(conversationId);
  expect(readReplyAddress(key, address.toUpperCase())).toBe(conversationId);
});

test('nobody else can make one', () => {
  expect(readReplyAddress(randomBytes(32), address)).toBeNull();
  const other = address.replace(/c\.(.)/, (_, letter) => `c.${letter === 'a' ? 'b' : 'a'}`);
  for (const forged of [other, 'support+c.abc@tea.example', 'support@tea.example', ''])
    expect(readReplyAddress(key, forged)).toBeNull();
});

test('where it would be too long, or the mailbox has a tag itself, there is none', () => {
  expect(makeReplyAddress(key, `${'s'.repeat(30)}@tea.example`, conversationId)).toBeNull();
  expect(makeReplyAddress(key, 'support+tea@tea.example', conversationId)).toBeNull();
  expect(makeReplyAddress(key, 'support@tea.example', 'not-a-uuid')).toBeNull();
});
