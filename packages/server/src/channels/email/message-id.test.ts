import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeMessageId, readMessageId } from './message-id.js';

const key = randomBytes(32);
const subject = {
  conversationId: '0b6c5d4e-aaaa-5bbb-8ccc-1234567890ab',
  entryId: '7c1e2f30-dddd-4eee-9fff-ba0987654321',
};

test('what was put into a Message-ID is read back from it', () => {
  const id = makeMessageId(key, subject, 'tea.example');
  expect(id).toMatch(/^<c\.[\w.-]+@tea\.example>$/);
  expect(readMessageId(key, ` ${id} `)).toEqual(subject);
});

test('nobody else can make one, and none can be changed', () => {
  const id = makeMessageId(key, subject, 'tea.example');
  expect(readMessageId(randomBytes(32), id)).toBeNull();
  expect(readMessageId(key, id.replace('0b6c', '0b6d'))).toBeNull();
  expect(readMessageId(key, id.replace('7c1e', '7c1f'))).toBeNull();
  for (const other of ['', '<a@b>', '<c.a.b.c@d>', `x${id}`, `<c.${'a'.repeat(9_000)}@d>`])
    expect(readMessageId(key, other)).toBeNull();
});
