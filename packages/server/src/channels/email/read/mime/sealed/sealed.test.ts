import { describe, expect, it } from 'vitest';
import { readMail } from '../../read-mail.js';
import { anaToBen, part, rawMail } from '../../sample-mail.js';
import { signedContent } from './cms.js';

const value = (tag: number, ...content: Buffer[]): Buffer => {
  const bytes = Buffer.concat(content);
  const length = bytes.length < 128 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
};
const open = (tag: number, ...content: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);
const kind = (last: number): Buffer => value(0x06, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]));
const version = value(0x02, Buffer.from([1]));

const inner = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße aus dem Umschlag');
const signed = value(
  0x30,
  kind(2),
  value(0xa0, value(0x30, version, value(0x31), value(0x30, kind(1), value(0xa0, value(0x04, inner))))),
);
const signedInPieces = open(
  0x30,
  kind(2),
  open(
    0xa0,
    open(
      0x30,
      version,
      value(0x31),
      open(0x30, kind(1), open(0xa0, open(0x24, value(0x04, inner.subarray(0, 20)), value(0x04, inner.subarray(20))))),
    ),
  ),
);
const enveloped = value(0x30, kind(3), value(0xa0, value(0x30, version)));

function pkcs7(bytes: Buffer, parameters = ''): Buffer {
  const type = `Content-Type: application/pkcs7-mime${parameters}; name=smime.p7m`;
  return rawMail([...anaToBen, type, 'Content-Transfer-Encoding: base64'], bytes.toString('base64'));
}

describe('a signed mail', () => {
  it.each([
    ['smime', 'application/pkcs7-signature'],
    ['pgp', 'application/pgp-signature'],
  ])('is told as such by %s, with its words', async (standard, protocol) => {
    const head = `Content-Type: multipart/signed; protocol="${protocol}"; micalg=sha-256; boundary=cut`;
    const mail = await readMail(
      rawMail(
        [...anaToBen, head],
        ...part(['Content-Type: text/plain'], 'Hello Ben'),
        ...part([`Content-Type: ${protocol}; name=seal`], 'xyz'),
        '--cut--',
      ),
    );
    expect(mail).toMatchObject({ text: 'Hello Ben', protection: { standard, signed: true, encrypted: false } });
  });

  it('may enclose its words in the signature', async () => {
    for (const bytes of [signed, signedInPieces]) {
      const mail = await readMail(pkcs7(bytes, '; smime-type=signed-data'));
      expect(mail.text).toBe('Grüße aus dem Umschlag');
      expect(mail.protection).toEqual({ standard: 'smime', signed: true, encrypted: false });
      expect(mail.attachments).toMatchObject([{ filename: 'smime.p7m', size: bytes.length }]);
    }
  });

  it('may be signed in the text itself', async () => {
    const mail = await readMail(
      rawMail(
        anaToBen,
        '-----BEGIN PGP SIGNED MESSAGE-----',
        'Hash: SHA256',
        '',
        'Hello Ben',
        '- -- ',
        'Ana',
        '-----BEGIN PGP SIGNATURE-----',
        '',
        'iQEz',
        '-----END PGP SIGNATURE-----',
      ),
    );
    expect(mail.protection).toEqual({ standard: 'pgp', signed: true, encrypted: false });
    expect(mail.text).toContain('Hello Ben');
  });

  it('loses nothing by damage', () => {
    for (const bytes of [signed, signedInPieces]) {
      for (let end = 0; end < bytes.length; end++) signedContent(bytes.subarray(0, end));
      for (let at = 0; at < bytes.length; at++) signedContent(Buffer.from(bytes).fill(0x80, at, at + 1));
    }
  });
});

describe('an encrypted mail', () => {
  const shut = { signed: false, encrypted: true };

  it('is told as such, and keeps what is shut as a file', async () => {
    for (const mail of [
      await readMail(pkcs7(enveloped)),
      await readMail(pkcs7(enveloped, '; smime-type=enveloped-data')),
    ]) {
      expect(mail.protection).toEqual({ standard: 'smime', ...shut });
      expect(mail.attachments).toMatchObject([{ filename: 'smime.p7m' }]);
    }
  });

  it('is told as such by PGP, in parts or in the text', async () => {
    const head = 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=cut';
    const parts = rawMail(
      [...anaToBen, head],
      ...part(['Content-Type: application/pgp-encrypted'], 'Version: 1'),
      ...part(['Content-Type: application/octet-stream; name=encrypted.asc'], 'wcBM'),
      '--cut--',
    );
    const text = rawMail(anaToBen, '-----BEGIN PGP MESSAGE-----', '', 'wcBM', '-----END PGP MESSAGE-----');
    for (const raw of [parts, text]) {
      expect((await readMail(raw)).protection).toEqual({ standard: 'pgp', ...shut });
    }
  });

  it('is none that only speaks of it', async () => {
    expect((await readMail(rawMail(anaToBen, 'What is a -----BEGIN PGP MESSAGE----- line?'))).protection).toBeNull();
  });
});
