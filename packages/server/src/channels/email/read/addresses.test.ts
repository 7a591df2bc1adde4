import { expect, it } from 'vitest';
import { readAddresses } from './addresses.js';

it.each([
  ['Ana Fox <ana@example.com>', [{ name: 'Ana Fox', address: 'ana@example.com' }]],
  [
    '"Fox, Ana" <ana@example.com>, ben@example.com',
    [
      { name: 'Fox, Ana', address: 'ana@example.com' },
      { name: '', address: 'ben@example.com' },
    ],
  ],
  ['=?utf-8?Q?Fox,_J=C3=BCrgen?= <j@example.com>', [{ name: 'Fox, Jürgen', address: 'j@example.com' }]],
  ['ana@example.com (Ana Fox)', [{ name: 'Ana Fox', address: 'ana@example.com' }]],
  ['Team: ana@example.com; ', [{ name: '', address: 'ana@example.com' }]],
  ['MAILER-DAEMON (Mail System)', [{ name: 'Mail System', address: 'MAILER-DAEMON' }]],
  ['"Ana Fox" <>', [{ name: 'Ana Fox', address: '' }]],
  ["'ben@example.com' <ben@example.com>", [{ name: 'ben@example.com', address: 'ben@example.com' }]],
  ['undisclosed-recipients:;', []],
  ['"never closed <ana@example.com>', [{ name: 'never closed <ana@example.com>', address: '' }]],
])('reads %s', (value, expected) => {
  expect(readAddresses(value)).toEqual(expected);
});
