import { expect, test } from 'vitest';
import { cleanName } from './clean-name.js';

test.each([
  ['order.pdf', 'order.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\Mia\\offer.docx', 'offer.docx'],
  ['..', 'file'],
  ['.htaccess', 'htaccess'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['<b>"x"|?*.txt', '_b__x____.txt'],
  ['Käse und Brötchen 😀.txt', 'Käse und Brötchen 😀.txt'],
  ['\uD800.txt', 'txt'],
  ['   ', 'file'],
  ['عقد.pdf', 'عقد.pdf'],
])('%j is called %j', (given, name) => {
  expect(cleanName(given)).toBe(name);
});

test('a long name is cut in front of its ending', () => {
  const name = cleanName(`${'x'.repeat(500)}.tar.gz`);
  expect(name).toHaveLength(150);
  expect(name).toMatch(/x\.gz$/);
});
