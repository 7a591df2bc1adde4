import { expect, test } from 'vitest';
import { authorOf } from './author.js';

const own = new Set(['support@tea.example']);
const one = (address: string) => ({ address, name: '' });
const ana = one('ana@customers.example');
const ben = one('ben@customers.example');
const support = one('Support+web@tea.example');

test('Chatwoot: whoever asks for the answer elsewhere is still himself', () => {
  expect(authorOf({ from: ana, replyTo: ben, originalFrom: null }, own)).toBe(ana);
});

test('a form of our own names the customer as Reply-To', () => {
  expect(authorOf({ from: support, replyTo: ben, originalFrom: null }, own)).toBe(ben);
  expect(authorOf({ from: support, replyTo: null, originalFrom: null }, own)).toBeNull();
  expect(authorOf({ from: support, replyTo: support, originalFrom: null }, own)).toBeNull();
});

test('a group that put its own address into From keeps the author', () => {
  const group = one('team@groups.example');
  expect(authorOf({ from: group, replyTo: ana, originalFrom: one('Ana@customers.example') }, own)).toBe(ana);
  expect(authorOf({ from: group, replyTo: ana, originalFrom: ben }, own)).toBe(group);
});

test('FreeScout #3101: a Reply-To that is no address is none', () => {
  expect(authorOf({ from: support, replyTo: one('unknown'), originalFrom: null }, own)).toBeNull();
  expect(authorOf({ from: null, replyTo: ben, originalFrom: null }, own)).toBeNull();
});
