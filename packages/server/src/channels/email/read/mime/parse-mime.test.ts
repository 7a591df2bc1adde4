import { expect, it } from 'vitest';
import { anaToBen, mixed, part, rawMail } from '../sample-mail.js';
import { type MimePart, parseMime, walkParts } from './parse-mime.js';

it('refuses a mail of 2,000 parts by name', async () => {
  const parts = Array.from({ length: 2000 }, () => part(['Content-Type: text/plain'], 'x')).flat();
  await expect(parseMime(rawMail([...anaToBen, mixed], ...parts))).rejects.toThrow(
    expect.objectContaining({ code: 'too_many_parts' }),
  );
});

it('refuses a mail over 30 MB by name', async () => {
  await expect(parseMime(Buffer.alloc(31 * 1024 * 1024, 'x'))).rejects.toThrow(
    expect.objectContaining({ code: 'too_large' }),
  );
});

it('finds the parts when the closing boundary is missing or the declared one is wrong', async () => {
  const text = part(['Content-Type: text/plain'], 'Hello');
  expect((await parseMime(rawMail([...anaToBen, mixed], ...text))).children.map(body)).toEqual(['Hello']);
  const wrong = 'Content-Type: multipart/mixed; boundary=other';
  const long = text.map((line) => line.replace('--cut', '--cut-here-please'));
  expect((await parseMime(rawMail([...anaToBen, wrong], ...long))).children.map(body)).toEqual(['Hello']);
});

it('finds what follows a multipart that is never closed', async () => {
  const inner = ['Content-Type: multipart/alternative; boundary="inner"', '', '--inner', '', 'Hello'];
  const file = part(['Content-Type: text/csv'], 'a,b');
  const root = await parseMime(rawMail([...anaToBen, mixed], '--cut', ...inner, ...file, '--cut--'));
  expect(root.children.map(({ type }) => type)).toEqual(['multipart/alternative', 'text/csv']);
  expect([...walkParts(root)].filter(({ children }) => children.length === 0).map(body)).toEqual(['Hello\r\n', 'a,b']);
});

it('reads a parameter whose folding lost its blank, and text without a blank line above it', async () => {
  const root = await parseMime(
    rawMail(['Content-Type: multipart/mixed;', 'boundary="cut"'], ...part([], 'Hello'), '--cut--'),
  );
  expect(root.children.map(body)).toEqual(['Hello']);
  expect(body(await parseMime(Buffer.from('Subject: Hi\nHello Ben, no blank line')))).toBe('Hello Ben, no blank line');
});

it('goes only so deep', async () => {
  const nested = Array.from({ length: 100 }, (_, n) => [
    `Content-Type: multipart/mixed; boundary=b${n}`,
    '',
    `--b${n}`,
  ]);
  let depth = 0;
  for (let at = await parseMime(Buffer.from(nested.flat().join('\n'))); at.children[0]; at = at.children[0]) depth++;
  expect(depth).toBe(20);
});

function body(part: MimePart): string {
  return part.body.toString();
}
