import { expect, it } from 'vitest';
import { anaToBen, mixed, part, rawMail } from '../sample-mail.js';
import { parseMime, partBytes } from './parse-mime.js';

it('refuses a mail of 2,000 parts by name', () => {
  const parts = Array.from({ length: 2000 }, () => part(['Content-Type: text/plain'], 'x')).flat();
  expect(() => parseMime(rawMail([...anaToBen, mixed], ...parts))).toThrow(
    expect.objectContaining({ code: 'too_many_parts' }),
  );
});

it('refuses a mail over 30 MB by name', () => {
  expect(() => parseMime(Buffer.alloc(31 * 1024 * 1024, 'x'))).toThrow(expect.objectContaining({ code: 'too_large' }));
});

it('finds the parts when the closing boundary is missing or the declared one is wrong', () => {
  const text = part(['Content-Type: text/plain'], 'Hello');
  expect(parseMime(rawMail([...anaToBen, mixed], ...text)).children.map(body)).toEqual(['Hello']);
  const wrong = 'Content-Type: multipart/mixed; boundary=other';
  const long = text.map((line) => line.replace('--cut', '--cut-here-please'));
  expect(parseMime(rawMail([...anaToBen, wrong], ...long)).children.map(body)).toEqual(['Hello']);
});

it('reads a parameter whose folding lost its blank, and text without a blank line above it', () => {
  const root = parseMime(
    rawMail(['Content-Type: multipart/mixed;', 'boundary="cut"'], ...part([], 'Hello'), '--cut--'),
  );
  expect(root.children.map(body)).toEqual(['Hello']);
  expect(body(parseMime(Buffer.from('Subject: Hi\nHello Ben, no blank line')))).toBe('Hello Ben, no blank line');
});

it('goes only so deep', () => {
  const nested = Array.from({ length: 100 }, (_, n) => [
    `Content-Type: multipart/mixed; boundary=b${n}`,
    '',
    `--b${n}`,
  ]);
  let depth = 0;
  for (let at = parseMime(Buffer.from(nested.flat().join('\n'))); at.children[0]; at = at.children[0]) depth++;
  expect(depth).toBe(20);
});

function body(part: ReturnType<typeof parseMime>): string {
  return partBytes(part).toString();
}
