import { expect, test } from 'vitest';
import { typeOf } from './type-of.js';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const zip = Buffer.from('504b0304140000000800', 'hex');

test.each([
  ['its bytes before its name', png, 'photo.pdf', 'image/png'],
  ['a text by its name', Buffer.from('a;b\n1;2'), 'list.csv', 'text/csv'],
  ['a page by its name', Buffer.from('<script>alert(1)</script>'), 'page.html', 'text/html'],
  ['no picture because it is called one', Buffer.from('not one'), 'photo.png', 'application/octet-stream'],
  ['no text where bytes are none', Buffer.from([1, 0, 2]), 'list.txt', 'application/octet-stream'],
  ['nothing that nobody knows', Buffer.from('x'), 'thing', 'application/octet-stream'],
  [
    'no picture where it could hold a program',
    Buffer.from('<svg onload="alert(1)"/>'),
    'a.svg',
    'application/octet-stream',
  ],
  ['an empty file', Buffer.alloc(0), 'empty.txt', 'text/plain'],
  [
    'a document in a wrapping by its name',
    Buffer.concat([zip, Buffer.alloc(40)]),
    'offer.docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
])('takes %s', async (_what, head, name, type) => {
  expect(await typeOf(head, name)).toBe(type);
});
