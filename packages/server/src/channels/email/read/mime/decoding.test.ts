import { describe, expect, it } from 'vitest';
import { readMail } from '../read-mail.js';
import { anaToBen, mixed, part, rawMail } from '../sample-mail.js';
import { decodeText } from './charset.js';
import { extendedName } from './file-name.js';
import { unfoldFlowed } from './flowed.js';
import { header, readHeaders } from './headers.js';
import { decodeTransfer } from './transfer.js';
import { decodeWords } from './words.js';

describe('decodeWords', () => {
  it('joins a character that is split over two words', () => {
    expect(decodeWords('=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?= an Ana')).toBe('Grüße an Ana');
    expect(decodeWords('=?iso-2022-jp?B?GyRCRnw=?=\r\n =?iso-2022-jp?B?S1wbKEI=?=')).toBe('日本');
  });
  it('keeps text between words and what is no word', () => {
    expect(decodeWords('Re: =?iso-8859-1?Q?K=E4se?= und =?x?y?=')).toBe('Re: Käse und =?x?y?=');
  });
  it('reads words that are glued to each other or to text, hold blanks or name a language', () => {
    expect(decodeWords('=?utf-8?Q?a?==?latin1?Q?=E4?=b')).toBe('aäb');
    expect(decodeWords('x=?utf-8*de?Q?K=C3=A4se und Brot?=')).toBe('xKäse und Brot');
    expect(decodeWords('=?utf-8?B?w6Q?=')).toBe('ä');
  });
  it('reads megabytes of beginnings', () => {
    expect(decodeWords('=?utf-8?q?'.repeat(100_000))).toHaveLength(1_000_000);
  });
});

it('reads words and texts of an unknown charset as UTF-8 or windows-1252', () => {
  expect(decodeWords('=?unknown-8bit?Q?K=E4se?= =?x-nothing?Q?K=C3=A4se?=')).toBe('KäseKäse');
  expect(decodeText(Buffer.from('K\xe4se', 'latin1'), 'x-nothing')).toBe('Käse');
});

it('checks what a charset is said to be', () => {
  expect(decodeText(Buffer.from('Käse'), 'iso-8859-1')).toBe('Käse');
  expect(decodeText(Buffer.from('K\xe4se', 'latin1'), 'utf-8')).toBe('Käse');
  expect(decodeText(Buffer.from('Hello'), 'utf-16')).toBe('Hello');
  expect(decodeText(Buffer.from('\x1b$BF|K\\\x1b(B'), 'us-ascii')).toBe('日本');
});

it('does not take UTF-8 for anything else because of one damaged letter', () => {
  const damaged = Buffer.concat([Buffer.from('Grüße, Käse'), Buffer.from([0xc3])]);
  expect(decodeText(damaged, 'utf-8')).toBe('Grüße, Käse\uFFFD');
});

it('never reads UTF-7, which hides markup from filters', () => {
  expect(decodeText(Buffer.from('+ADw-b'), 'unicode-1-1-utf-7')).toBe('+ADw-b');
  expect(decodeWords('=?utf-7?Q?+ADw-?=')).toBe('+ADw-');
});

it('reads raw 8-bit headers in the charset of the body, unless they are UTF-8', () => {
  const head = (subject: Buffer) =>
    Buffer.concat([Buffer.from('Content-Type: text/plain; charset=windows-1251\nSubject: '), subject]);
  expect(header(readHeaders(head(Buffer.from([0xcf, 0xf0, 0xe8]))), 'subject')).toBe('При');
  expect(header(readHeaders(head(Buffer.from('Käse'))), 'subject')).toBe('Käse');
});

it.each([
  ['cp850', [0x4b, 0x84], 'Kä'],
  ['gb2312', [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x30], '中\u0080'],
  ['ks_c_5601-1987', [0xb0, 0xa1, 0x81, 0x41], '가갂'],
  ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x2d, 0x21, 0x1b, 0x28, 0x42], '①'],
  ['windows-1258', [0x56, 0x69, 0xea, 0x74], 'Viêt'],
  ['x-sjis', [0x93, 0xfa], '日'],
  ['koi8-r', [0xf0], 'П'],
  ['windows-1252', [0x93, 0x80], '“€'],
  ['iso-8859-1', [0x93, 0x80], '“€'],
])('reads %s with what its successors added', (charset, bytes, expected) => {
  expect(decodeText(Buffer.from(bytes), charset)).toBe(expected);
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
  it('reads base64 whatever stands between its lines, but not where there is none', () => {
    expect(read('R3LD \r\n\t!vMOfZQ==', 'base64')).toBe('Grüße');
    expect(read('Hello Ben, where is my order?', 'base64')).toBe('Hello Ben, where is my order?');
  });
  it('reads uuencoded parts', () => {
    expect(read('begin 644 a.txt\r\n%2&5L;&\\\r\n`\r\nend\r\n', 'x-uuencode')).toBe('Hello');
  });
});

describe('files in the text', () => {
  it('are taken out of it', async () => {
    const mail = await readMail(
      rawMail(anaToBen, 'Here it is:', 'begin 644 hello.txt', '%2&5L;&\\', '`', 'end', 'Yours, Ana'),
    );
    expect(mail.text).toBe('Here it is:\nYours, Ana');
    expect(mail.attachments).toMatchObject([{ filename: 'hello.txt', mimeType: 'text/plain', size: 5 }]);
  });
  it('stay in it where there is nothing else', async () => {
    const mail = await readMail(rawMail(anaToBen, 'begin 644 hello.txt', '%2&5L;&\\', '`', 'end'));
    expect(mail.text).toContain('begin 644 hello.txt');
    expect(mail.attachments).toMatchObject([{ filename: 'hello.txt' }]);
  });
  it('are none where somebody only begins', async () => {
    const mail = await readMail(rawMail(anaToBen, 'begin 644 life', 'at the', 'end'));
    expect(mail).toMatchObject({ text: 'begin 644 life\nat the\nend', attachments: [] });
  });
});

it.each([
  ["attachment; filename*=utf-8''K%C3%A4se.pdf", 'Käse.pdf'],
  ["attachment; filename*=iso-8859-1''K%C3%A4se.pdf", 'Käse.pdf'],
  ["attachment; filename*=utf-8''K%E4se.pdf", 'Käse.pdf'],
  ["attachment; filename*1*=%A4se.pdf; filename*0*=utf-8'de'K%C3", 'Käse.pdf'],
  ['attachment; filename*=K%C3%A4se.pdf', 'Käse.pdf'],
  ['attachment; filename*0="plain "; filename*1="name.pdf"', null],
  ['attachment; filename=plain.pdf', null],
])('reads the extended name in %s', (value, expected) => {
  expect(extendedName(value)).toBe(expected);
});

it('gives every attachment a name that is safe', async () => {
  const names = ['"../../etc/passwd"', '"=?utf-8?Q?K=C3=A4se.pdf?="', '""', '"a\u202efdp.exe"'];
  const parts = names.flatMap((name) =>
    part(['Content-Type: application/pdf', `Content-Disposition: attachment; filename=${name}`], 'x'),
  );
  const mail = await readMail(rawMail([...anaToBen, mixed], ...parts, '--cut--'));
  expect(mail.attachments.map(({ filename }) => filename)).toEqual([
    'passwd',
    'Käse.pdf',
    'attachment.pdf',
    'afdp.exe',
  ]);
});

it('unfolds flowed text but not quotes and the signature line', () => {
  expect(unfoldFlowed('Hello \nBen,\n> a \n> b\n-- \nAna', false)).toBe('Hello Ben,\n> a b\n-- \nAna');
});
