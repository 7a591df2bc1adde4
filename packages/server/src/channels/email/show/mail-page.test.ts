import { expect, it } from 'vitest';
import { countRemoteImages, mailPage } from './mail-page.js';

const none = { own: (fileId: string) => `own/${fileId}`, remote: () => null };
const asked = { ...none, remote: (url: string) => `remote/?url=${encodeURIComponent(url)}` };
const far = '<img alt="A" data-src="https://shop.example/a.png?b=1&amp;c=2" />';

it('loads no remote picture before it is asked for', () => {
  expect(mailPage(far, 'en', none)).not.toMatch(/<img[^>]* src=/);
  expect(countRemoteImages(far)).toBe(1);
});

it('has remote pictures come the way it is told, by their true address', () => {
  const page = mailPage(far, 'en', asked);
  expect(page).toContain('src="remote/?url=https%3A%2F%2Fshop.example%2Fa.png%3Fb%3D1%26c%3D2"');
});

it('asks for no more than two hundred', () => {
  const page = mailPage(far.repeat(250), 'en', asked);
  expect(page.match(/ src="remote/g)).toHaveLength(200);
});

it('shows pictures of the mail in their place, and nothing for those that did not come with it', () => {
  expect(mailPage('<img data-file="f1" />', 'en', none)).toContain('src="own/f1"');
  expect(mailPage('<img alt="x" src="cid:lost@ana" />', 'en', none)).not.toContain('cid:');
});

it('takes words that look like a tag for words', () => {
  const words = '<p>&lt;img data-src="https://shop.example" /&gt; data-src="https://shop.example"</p>';
  expect(countRemoteImages(words)).toBe(0);
  expect(mailPage(words, 'en', asked)).toContain(words);
});

it('folds the quoted part where it begins, in the words of the reader', () => {
  const page = mailPage('<p>Yes</p><div data-quoted><p>Old</p></div>', 'de-AT', none);
  expect(page).toContain(
    '<p>Yes</p><details id="quoted"><summary aria-label="Zitierter Text" title="Zitierter Text">…</summary></details><div data-quoted>',
  );
  expect(mailPage('<p>data-quoted</p>', 'en', none)).not.toContain('<details');
});

it.each([
  ['<p style="margin:0">x</p>', 'light dark'],
  ['<p style="color:#333">x</p>', 'light'],
  ['<td bgcolor="#ffffff">x</td>', 'light'],
  ['<p>style="color:#333"</p>', 'light dark'],
])('shows %s on paper only if somebody chose colours for it', (html, scheme) => {
  expect(mailPage(html, 'en', none)).toContain(`<meta name="color-scheme" content="${scheme}">`);
});
