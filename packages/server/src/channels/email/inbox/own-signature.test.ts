import { generateKeyPairSync } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { expect, test } from 'vitest';
import { hasOwnSignature } from './own-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
});
const ana = 'ana@customers.example';

async function signed(domain: string, mail: SendMailOptions = {}): Promise<Buffer> {
  const dkim = { domainName: domain, keySelector: 'tea', privateKey };
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({ from: ana, to: 'support@tea.example', text: 'Hello', dkim, ...mail });
  return Buffer.isBuffer(message) ? message : Buffer.alloc(0);
}

/** The key is known for these domains. */
const keysOf =
  (...domains: string[]) =>
  async (name: string) => {
    if (!domains.some((domain) => name === `tea._domainkey.${domain}`)) throw new Error(`No key at ${name}`);
    return [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]];
  };
const anyKey = keysOf('customers.example', 'mail.customers.example', 'evil.example');

test('a signature of the sender’s own domain, or of another of his organisation, shows that it is from there', async () => {
  expect(await hasOwnSignature(await signed('customers.example'), ana, anyKey)).toBe(true);
  expect(await hasOwnSignature(await signed('mail.customers.example'), 'Ana@customers.example', anyKey)).toBe(true);
});

test('a signature of somebody else, or of nobody who is known, shows nothing', async () => {
  expect(await hasOwnSignature(await signed('evil.example'), ana, anyKey)).toBe(false);
  expect(await hasOwnSignature(await signed('customers.example'), ana, keysOf())).toBe(false);
  expect(await hasOwnSignature(Buffer.from(`From: ${ana}\r\n\r\nHello`), ana, anyKey)).toBe(false);
});

test('what was changed, added or put beside on the way is not signed', async () => {
  const raw = String(await signed('customers.example'));
  const changes = [
    raw.replace('Hello', 'Hallo'),
    `${raw}\r\nAnd more`,
    `From: ben@customers.example\r\n${raw}`,
    raw.replace('From: ana@', 'From: ben@'),
  ];
  for (const changed of changes)
    for (const from of [ana, 'ben@customers.example'])
      expect(await hasOwnSignature(Buffer.from(changed), from, anyKey)).toBe(false);
});

test('whatever stands there instead of a signature breaks nothing', async () => {
  for (const odd of ['', 'v=1', 'v=1; a=rsa-sha256; d=; s=; h=from; bh=x; b=y', `v=1; ${'a;'.repeat(20_000)}`])
    expect(await hasOwnSignature(Buffer.from(`DKIM-Signature: ${odd}\r\nFrom: ${ana}\r\n\r\nHi`), ana, anyKey)).toBe(
      false,
    );
});
