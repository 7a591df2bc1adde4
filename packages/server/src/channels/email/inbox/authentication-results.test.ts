import { expect, test } from 'vitest';
import { readAuthenticationResults } from './authentication-results.js';

const plain = (value: string) => {
  const { server, methods } = readAuthenticationResults(value);
  return [server, ...methods.map(({ name, result, properties }) => [name, result, Object.fromEntries(properties)])];
};

test('the server, the methods and what they looked at are read, comments are not', () => {
  expect(
    plain(
      'MX.tea.example 1; dkim=pass (good; dmarc=fail) header.i=@Customers.example header.s=a; spf=pass smtp.mailfrom=ana@customers.example; dmarc = pass (p=NONE) header.from=customers.example',
    ),
  ).toEqual([
    'mx.tea.example',
    ['dkim', 'pass', { 'header.i': '@customers.example', 'header.s': 'a' }],
    ['spf', 'pass', { 'smtp.mailfrom': 'ana@customers.example' }],
    ['dmarc', 'pass', { 'header.from': 'customers.example' }],
  ]);
});

test('a server that does not name itself is read too', () => {
  expect(plain('spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=customers.example; dmarc=fail action=none')).toEqual([
    '',
    ['spf', 'pass', { 'smtp.mailfrom': 'customers.example' }],
    ['dmarc', 'fail', {}],
  ]);
});

test('servers that are one of several have one name, and may say more beside it', () => {
  const [one, other] = [
    'mta2022.mail.sg2.yahoo.com  from=customers.example; dkim=pass',
    'mta17.mail.sg1.yahoo.com; none',
  ];
  expect(plain(one ?? '')).toEqual(['mta#.mail.sg#.yahoo.com', ['dkim', 'pass', {}]]);
  expect(plain(other ?? '')).toEqual(['mta#.mail.sg#.yahoo.com']);
});

test('what the sender could write into a value claims nothing', () => {
  expect(plain('mx; spf=fail smtp.mailfrom="x; dmarc=pass header.from=a.example"')).toEqual([
    'mx',
    ['spf', 'fail', {}],
  ]);
  expect(plain('mx; spf=fail (a (b) ; dmarc=pass')).toEqual(['mx', ['spf', 'fail', {}]]);
  expect(plain('mx; none')).toEqual(['mx']);
  expect(plain('')).toEqual(['']);
});

test('a value of a megabyte is read at once', () => {
  expect(plain(`mx; ${'('.repeat(500_000)}`)).toEqual(['mx']);
  expect(plain(`mx; ${' ='.repeat(500_000)}`)).toEqual(['mx']);
});
