import { expect, it } from 'vitest';
import { placeImages } from './place-images.js';

const files = new Map([
  ['logo@ana', 'file-1'],
  ['a b&c@ana', 'file-2'],
]);
const place = (html: string) => placeImages(html, (contentId) => files.get(contentId) ?? null);

it('names the file of every picture that came with the mail', () => {
  const { html, placed } = place(
    '<p><img alt="L" src="cid:logo@ana" /> and <img src="CID:a%20b&amp;c%40ana" width="9" /></p>',
  );
  expect(html).toBe('<p><img alt="L" data-file="file-1" /> and <img data-file="file-2" width="9" /></p>');
  expect([...placed]).toEqual(['file-1', 'file-2']);
});

it.each([
  '<img src="cid:lost@ana" />',
  '<img src="cid:%" />',
  '<img alt="src=&quot;cid:logo@ana&quot;" />',
  '<p>src="cid:logo@ana"</p>',
])('leaves %s alone', (html) => {
  expect(place(html)).toEqual({ html, placed: new Set() });
});
