import { filePart, madePart } from '../made-part.js';
import { type MimePart, walkParts } from '../parse-mime.js';
import { readTnef } from './read-tnef.js';

/** The tree with every winmail.dat opened: its files stand beside it, its words only where the mail has none. */
export function expandTnef(root: MimePart): MimePart {
  const parts = [...walkParts(root)];
  if (!parts.some(isTnef)) return root;
  const hasWords = parts.some(({ type, body, disposition }) => {
    return type.startsWith('text/') && disposition !== 'attachment' && body.some((byte) => byte > 0x20);
  });
  return expand(root, !hasWords);
}

function isTnef({ type, filename, children }: MimePart): boolean {
  if (children.length > 0) return false;
  return type === 'application/ms-tnef' || type === 'application/vnd.ms-tnef' || /^winmail\.dat$/i.test(filename ?? '');
}

function expand(part: MimePart, withWords: boolean): MimePart {
  if (!isTnef(part)) return { ...part, children: part.children.map((child) => expand(child, withWords)) };
  const tnef = readTnef(part.body);
  if (!tnef) return part;
  const words = [
    { type: 'text/html', words: tnef.html },
    { type: 'text/plain', words: tnef.html === '' ? tnef.text : '' },
  ].filter(({ words }) => withWords && words !== '');
  const container = {
    ...part,
    type: 'application/ms-tnef',
    filename: part.filename ?? 'winmail.dat',
    disposition: 'attachment',
  };
  return madePart({
    headers: part.headers,
    type: 'multipart/mixed',
    children: [
      ...words.map(({ type, words }) => madePart({ type, body: Buffer.from(words), parameters: utf8 })),
      ...tnef.files.map(filePart),
      container,
    ],
  });
}

const utf8 = new Map([['charset', 'utf-8']]);
