import { describe, expect, it } from 'vitest';
import { decodeText } from './charset.js';
import { unfoldFlowed } from './flowed.js';
import { header, readHeaders } from './headers.js';
import { decodeTransfer } from './transfer.js';
import { decodeWords } from './words.js';

describe('decodeWords', () => {
  it('joins a character that is split over two words', () => {
    expect(decodeWords('=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?= an Ana')).toBe('Grüße an Ana');
  });
  it('keeps text between words and what is no word', () => {
    expect(decodeWords('Re: =?iso-8859-1?Q?K=E4se?= und =?x?y?=')).toBe('Re: Käse und =?x?y?=');
  });
});

it('reads words and texts of an unknown charset as windows-1252, and never UTF-7', () => {
  expect(decodeWords('=?unknown-8bit?Q?K=E4se?= =?utf-7?Q?+ADw-?=')).toBe('Käse+ADw-');
  expect(decodeText(Buffer.from('+ADw-b'), 'unicode-1-1-utf-7')).toBe('+ADw-b');
  expect(decodeText(Buffer.from('K\xe4se', 'latin1'), 'x-nothing')).toBe('Käse');
});

it('reads raw 8-bit headers in the charset of the body, unless they are UTF-8', () => {
  const head = (subject: Buffer) =>
    Buffer.concat([Buffer.from('Content-Type: text/plain; charset=windows-1251\nSubject: '), subject]);
  expect(header(readHeaders(head(Buffer.from([0xcf, 0xf0, 0xe8]))), 'subject')).toBe('При');
  expect(header(readHeaders(head(Buffer.from('Käse'))), 'subject')).toBe('Käse');
});

it('reads the old code pages', () => {
  expect(decodeText(Buffer.from('K\x84se', 'latin1'), 'cp850')).toBe('Käse');
});

describe('decodeTransfer', () => {
  const read = (text: string, encoding: string) => decodeTransfer(Buffer.from(text), encoding).toString();

  it('reads quoted-printable with soft breaks, blanks at the end of a line and stray equals signs', () => {
    expect(read('K=C3=A4=  \r\nse \r\n= 100=ZZ', 'quoted-printable')).toBe('Käse\r\n= 100=ZZ');
  });
  it('reads quoted-printable in lines of any length', () => {
    expect(read('=C3=A4'.repeat(50_000), 'quoted-printable')).toBe('ä'.repeat(50_000));
    expect(read(`${' '.repeat(1_000_000)}x`, 'quoted-printable')).toHaveLength(1_000_001);
  });
  it('reads base64 whatever stands between its lines', () => {
    expect(read('R3LD \r\n\t!vMOfZQ==', 'base64')).toBe('Grüße');
  });
});

it('unfolds flowed text but not quotes and the signature line', () => {
  expect(unfoldFlowed('Hello \nBen,\n> a \n> b\n-- \nAna', false)).toBe('Hello Ben,\n> a b\n-- \nAna');
});
