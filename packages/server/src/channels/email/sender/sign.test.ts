import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkDkimKey, sign } from './sign.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const raw = Buffer.from(
  'From: Tea <support@tea.example>\r\nTo: ana@customers.example\r\nSubject: Tea\r\n\r\nHello Ana\r\n',
);

/** What a receiver does, by RFC 6376, for mails whose lines are as plain as these. */
function isTrue(signed: string): boolean {
  const [head = '', body = ''] = signed.split(/\r\n\r\n(.*)/s);
  const lines = head.split(/\r\n(?![ \t])/).map((line) => line.replace(/\r\n/g, ''));
  const mine = lines.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tag = (name: string) => (new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(mine)?.[1] ?? '').replace(/\s/g, '');
  const relaxed = (line: string) => {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    return `${name.trim().toLowerCase()}:${value.replace(/[ \t]+/g, ' ').trim()}`;
  };
  const named = tag('h').split(':');
  const signedLines = named.flatMap((name) =>
    lines.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)),
  );
  const said = [...signedLines.map(relaxed), relaxed(mine.replace(/([;\s]b=)[^;]*/, '$1'))].join('\r\n');
  const bodyHash = createHash('sha256').update(`${body.trimEnd()}\r\n`).digest('base64');
  return bodyHash === tag('bh') && createVerify('RSA-SHA256').update(said).verify(publicKey, tag('b'), 'base64');
}

test('a signed mail can be verified with the public key, and a changed one can not', async () => {
  const signed = String(await sign(raw, { domain: 'tea.example', selector: 'mail', privateKey }));
  expect(signed).toContain('d=tea.example');
  expect(signed.endsWith(String(raw))).toBe(true);
  expect(isTrue(signed)).toBe(true);
  expect(isTrue(signed.replace('Hello', 'Hullo'))).toBe(false);
  expect(isTrue(signed.replace('Subject: Tea', 'Subject: Coffee'))).toBe(false);
});

test('only a private key is a key', () => {
  expect(checkDkimKey(privateKey)).toBe(true);
  expect(checkDkimKey(publicKey)).toBe(false);
  expect(checkDkimKey('oolong')).toBe(false);
});
