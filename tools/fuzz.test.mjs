import { describe, expect, it } from 'vitest';
import { judge, judgeHtml } from './fuzz/judge.mjs';
import { mutate } from './fuzz/mutate.mjs';
import { createRandom } from './fuzz/random.mjs';

const mails = [Buffer.from('From: Ana <ana@example.com>\r\nSubject: Hi\r\n\r\nHello Ben\r\n'), Buffer.from('')];

describe('mutate', () => {
  it('gives the same mail for the same seed, and other mails for others', () => {
    const mailsOf = (seed) =>
      Array.from({ length: 200 }, (_, n) => mutate(mails, createRandom(seed + n)).toString('hex'));
    expect(mailsOf(1)).toEqual(mailsOf(1));
    expect(new Set(mailsOf(1000)).size).toBeGreaterThan(150);
  });
});

describe('judge', () => {
  it.each([
    ['<p>Hi <a href="https://ana.example/" rel="noopener">there</a><img src="cid:a@b"></p>', 0],
    ['<script>hit()</script>', 1],
    ['<img src="x" onerror="hit()">', 2],
    ['<a href="javascript:hit()">press</a>', 1],
    ['<p style="position: fixed">over all</p>', 1],
  ])('finds in %s so many wrongs: %i', (html, count) => {
    expect(judgeHtml(html)).toHaveLength(count);
  });

  it('finds a mail whose words are lost, a broken line and a file name that climbs', () => {
    const mail = { html: null, subject: 'a\nb', from: null, messageId: null, text: 'Hi', visible: ' ' };
    expect(judge({ ...mail, attachments: [{ filename: '../a' }] })).toHaveLength(3);
  });
});
