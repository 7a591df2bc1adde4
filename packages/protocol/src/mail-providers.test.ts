import { expect, test } from 'vitest';
import { mailProviders, providerOfAddress, providerOfHost } from './mail-providers.js';

test('a provider is known by its addresses', () => {
  expect(providerOfAddress('Ana@GMail.com')?.id).toBe('gmail');
  expect(providerOfAddress('ana@tea.example')).toBeUndefined();
  expect(providerOfAddress('ana')).toBeUndefined();
});

test('a provider is known by its servers, in any country', () => {
  for (const { id, imap, smtp } of mailProviders)
    for (const { host } of [imap, smtp]) expect(providerOfHost(host)?.id).toBe(id);
  expect(providerOfHost('imappro.zoho.eu')?.id).toBe('zoho');
  expect(providerOfHost('mail.tea.example')).toBeUndefined();
  expect(providerOfHost('127.0.0.1')).toBeUndefined();
});

test('port and TLS go together', () => {
  for (const { imap, smtp } of mailProviders)
    for (const { port, secure } of [imap, smtp]) expect(secure).toBe(port === 993 || port === 465);
});
