import { describe, expect, it } from 'vitest';
import { readMail } from '../../read-mail.js';
import { anaToBen, mixed, part, rawMail } from '../../sample-mail.js';
import { readTnef } from './read-tnef.js';

const number = (value: number, size: 2 | 4): Buffer => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
};
const attribute = (id: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([2]), number(id, 4), number(data.length, 4), data, number(0, 2)]);
const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);

type Property = [id: number, type: number, value: Buffer];
const unicode = (id: number, text: string): Property => [id, 0x1f, Buffer.from(`${text}\0`, 'utf16le')];

function properties(...all: Property[]): Buffer {
  const coded = all.flatMap(([id, type, value]) => {
    const isLong = type === 3;
    const name = id >= 0x8000 ? [Buffer.alloc(16), number(1, 4), number(3, 4), padded(Buffer.from('abc'))] : [];
    return [
      number(type, 2),
      number(id, 2),
      ...name,
      ...(isLong ? [value] : [number(1, 4), number(value.length, 4), padded(value)]),
    ];
  });
  return Buffer.concat([number(all.length, 4), ...coded]);
}

const tnef = (...attributes: Buffer[]): Buffer => Buffer.concat([number(0x223e9f78, 4), number(1, 2), ...attributes]);
const file = (title: string, content: string, ...more: Property[]): Buffer[] => [
  attribute(0x9002, Buffer.alloc(14)),
  attribute(0x8010, Buffer.from(`${title}\0`)),
  attribute(0x800f, Buffer.from(content)),
  attribute(0x9005, properties([3, 3, number(7, 4)], [0x8001, 0x1e, Buffer.from('x')], ...more)),
];

const packed = tnef(
  attribute(0x9007, Buffer.concat([number(1251, 4), number(0, 4)])),
  attribute(0x9003, properties(unicode(0x1000, 'Hello Ben'), [0x1013, 0x102, Buffer.from('<p>Hello <b>Ben</b></p>')])),
  ...file('ANGEBO~1.PDF', '%PDF', unicode(0x3707, 'Angebot März.pdf'), unicode(0x370e, 'application/pdf')),
  ...file('logo.png', 'png', unicode(0x3712, '<logo@ana>')),
);

function mailWith(bytes: Buffer, ...text: string[]): Buffer {
  const winmail = ['Content-Type: application/ms-tnef; name="winmail.dat"', 'Content-Transfer-Encoding: base64'];
  const words = text.length > 0 ? part(['Content-Type: text/plain'], ...text) : [];
  return rawMail([...anaToBen, mixed], ...words, ...part(winmail, bytes.toString('base64')), '--cut--');
}

describe('winmail.dat', () => {
  it('gives the files in it, with their long names and types', async () => {
    const mail = await readMail(mailWith(packed, 'See the files.'));
    expect(mail.text).toBe('See the files.');
    expect(mail.attachments).toMatchObject([
      { filename: 'Angebot März.pdf', mimeType: 'application/pdf', size: 4 },
      { filename: 'logo.png', mimeType: 'image/png', contentId: 'logo@ana' },
      { filename: 'winmail.dat', mimeType: 'application/ms-tnef' },
    ]);
  });

  it('gives its words where the mail has none', async () => {
    const mail = await readMail(mailWith(packed));
    expect(mail.text).toBe('Hello Ben');
    expect(mail.html).toContain('<b>Ben</b>');
  });

  it('is all there is of some mails', async () => {
    const head = [
      ...anaToBen,
      'Subject: Files',
      'Content-Type: application/ms-tnef',
      'Content-Transfer-Encoding: base64',
    ];
    const mail = await readMail(rawMail(head, packed.toString('base64')));
    expect(mail).toMatchObject({ subject: 'Files', text: 'Hello Ben', attachments: [{ size: 4 }, {}, {}] });
  });

  it('gives the words and files of a message enclosed in it', () => {
    const enclosed = Buffer.concat([Buffer.alloc(16), packed]);
    const outer = tnef(
      attribute(0x9002, Buffer.alloc(14)),
      attribute(0x9005, properties(unicode(0x3001, 'Offer'), [0x3701, 0x0d, enclosed])),
    );
    const names = readTnef(outer)?.files.map(({ name, content }) => [name, content.toString()]);
    expect(names).toEqual([
      ['Offer.txt', 'Hello Ben'],
      ['Angebot März.pdf', '%PDF'],
      ['logo.png', 'png'],
    ]);
  });

  it('gives what stands before damage, and stays a file if it is none', async () => {
    for (let end = 0; end < packed.length; end += 7) readTnef(packed.subarray(0, end));
    expect(readTnef(packed.subarray(0, -200))?.files[0]?.name).toBe('ANGEBO~1.PDF');
    const mail = await readMail(mailWith(Buffer.from('no TNEF at all'), 'Hi'));
    expect(mail.attachments).toMatchObject([{ filename: 'winmail.dat', size: 14 }]);
  });
});
