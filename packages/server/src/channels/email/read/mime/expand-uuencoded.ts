import { filePart } from './made-part.js';
import type { MimePart } from './parse-mime.js';
import { findUuencoded } from './uuencode.js';

/** The tree with the files that its plain texts enclose, as mails of old do, taken out of them. No text is left empty. */
export function expandUuencoded(part: MimePart): MimePart {
  if (part.children.length > 0) return { ...part, children: part.children.map(expandUuencoded) };
  if (part.type !== 'text/plain' || part.disposition === 'attachment') return part;
  const files = findUuencoded(part.body);
  if (files.length === 0) return part;
  const begins = [...files.map(({ start }) => start), part.body.length];
  const ends = [0, ...files.map(({ end }) => end)];
  const text = Buffer.concat(begins.map((begin, n) => part.body.subarray(ends[n], begin)));
  return {
    ...part,
    type: 'multipart/mixed',
    body: Buffer.alloc(0),
    children: [
      { ...part, headers: [], body: text.some((byte) => byte > 0x20) ? text : part.body },
      ...files.map(({ name, content }) => filePart({ name, mimeType: '', contentId: null, content })),
    ],
  };
}
