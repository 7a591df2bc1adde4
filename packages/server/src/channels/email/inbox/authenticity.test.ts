import { expect, test } from 'vitest';
import { readAuthenticationResults } from './authentication-results.js';
import { authenticityOf } from './authenticity.js';

const found = (results: string, from = 'customers.example') =>
  authenticityOf(readAuthenticationResults(`mx.tea.example; ${results}`), from);

test('DMARC about the domain of From decides', () => {
  expect(found('dmarc=pass header.from=customers.example')).toBe('verified');
  expect(found('spf=pass smtp.mailfrom=customers.example; dmarc=fail header.from=customers.example')).toBe('failed');
  expect(found('dmarc=pass header.from=evil.example')).toBe('unknown');
});

test('without DMARC, a signature or an envelope of the same domain, or of one above it', () => {
  expect(found('dmarc=none; dkim=pass header.d=customers.example')).toBe('verified');
  expect(found('dkim=pass header.i=@customers.example')).toBe('verified');
  expect(found('spf=pass smtp.mailfrom=ana@customers.example')).toBe('verified');
  expect(found('dkim=pass header.d=customers.example', 'mail.customers.example')).toBe('verified');
});

test('of somebody else, they show nothing', () => {
  expect(found('dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example')).toBe('unknown');
  expect(found('dkim=pass header.d=evilcustomers.example')).toBe('unknown');
  expect(found('dkim=pass header.d=tenant.customers.example')).toBe('unknown');
  expect(found('dkim=pass header.d=example')).toBe('unknown');
  expect(found('dkim=fail header.d=customers.example; spf=softfail smtp.mailfrom=customers.example')).toBe('unknown');
  expect(found('dmarc=temperror header.from=customers.example')).toBe('unknown');
  expect(found('dkim=pass', '')).toBe('unknown');
});
