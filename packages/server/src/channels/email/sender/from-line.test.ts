import { expect, test } from 'vitest';
import { oneLine, ownAddressFor, senderName, signatureFor } from './from-line.js';

const people = (...addresses: string[]) => addresses.map((address) => ({ address, name: '' }));
const to = (...addresses: string[]) => ({ to: people(...addresses), cc: people() });

test('an answer comes from the address that was written to, if it is the mailbox’s own', () => {
  const from = (answers: ReturnType<typeof to> | null) =>
    ownAddressFor('support@tea.example', ['sales@tea.example'], answers);
  expect(from(to('ana@customers.example', 'SALES@tea.example'))).toBe('sales@tea.example');
  expect(from({ ...to(), cc: people('sales@tea.example') })).toBe('sales@tea.example');
  expect(from(to('boss@tea.example'))).toBe('support@tea.example');
  expect(from(null)).toBe('support@tea.example');
});

test('customers read the mailbox or the agent', () => {
  const names = { displayName: 'Tea Support', brand: 'Tea House', agent: 'Mia' };
  expect(senderName('mailbox', names)).toBe('Tea Support');
  expect(senderName('agent', names)).toBe('Mia via Tea House');
  expect(senderName('agent', { ...names, agent: undefined })).toBe('Tea Support');
});

test('a signature has names, and no command of a replacement', () => {
  expect(signatureFor('{agent}\n{brand} {agent}\n', { agent: '$& Mia', brand: 'Tea House' })).toBe(
    '$& Mia\nTea House $& Mia',
  );
});

test('a line stays one line', () => {
  expect(oneLine('Tea\r\nBcc: eve@evil.example\u2028x\u0000')).toBe('Tea Bcc: eve@evil.example x');
});
