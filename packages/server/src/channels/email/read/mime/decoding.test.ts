import { describe, expect, it } from 'vitest';
import { unfoldFlowed } from './flowed.js';
import { readStructured } from './parameters.js';
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

describe('readStructured', () => {
  it('joins continuations and decodes them in their charset', () => {
    const { value, parameters } = readStructured(
      "attachment; filename*0*=iso-8859-1'de'K%E4; filename*1=se; filename*2*=%20.txt",
    );
    expect(value).toBe('attachment');
    expect(parameters.get('filename')).toBe('Käse .txt');
  });
  it('takes the first of two values and quoted semicolons', () => {
    expect(readStructured('text/plain; name="a;b.txt"; name=c').parameters.get('name')).toBe('a;b.txt');
  });
});

describe('decodeTransfer', () => {
  it('reads quoted-printable with soft breaks and stray equals signs', () => {
    expect(decodeTransfer(Buffer.from('K=C3=A4=  \r\nse = 100=ZZ'), 'quoted-printable').toString()).toBe(
      'Käse = 100=ZZ',
    );
  });
  it('reads uuencode', () => {
    expect(decodeTransfer(Buffer.from('begin 644 a.txt\n#0V%T\n`\nend\n'), 'x-uuencode').toString()).toBe('Cat');
  });
});

it('unfolds flowed text but not quotes and the signature line', () => {
  expect(unfoldFlowed('Hello \nBen,\n> a \n> b\n-- \nAna', false)).toBe('Hello Ben,\n> a b\n-- \nAna');
});
