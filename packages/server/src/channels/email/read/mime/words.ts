import { decodeText } from './charset.js';
import { decodeQuotedPrintable } from './transfer.js';

const encodedWord = /=\?([^?\s]{1,60})\?([bq])\?([^?]{0,2000})\?=/gi;

/** Decodes RFC 2047 encoded words. Neighbours of one charset are joined as bytes: a character may be split over two. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  const runs: Run[] = [];
  let end = 0;
  for (const match of value.matchAll(encodedWord)) {
    const [whole, label = '', kind = '', content = ''] = match;
    const charset = label.split('*')[0]?.toLowerCase() ?? '';
    const between = value.slice(end, match.index);
    const before = runs.at(-1);
    const bytes = wordBytes(kind, content);
    if (before?.charset === charset && between.trim() === '') before.chunks.push(bytes);
    else runs.push({ text: before && between.trim() === '' ? '' : between, charset, chunks: [bytes] });
    end = match.index + whole.length;
  }
  const decoded = runs.map(({ text, charset, chunks }) => text + decodeText(Buffer.concat(chunks), charset));
  return decoded.join('') + value.slice(end);
}

/** Plain text, and after it the bytes of the encoded words of one charset that stand side by side. */
interface Run {
  text: string;
  charset: string;
  chunks: Buffer[];
}

function wordBytes(kind: string, content: string): Buffer {
  if (kind.toLowerCase() === 'b') return Buffer.from(content, 'base64');
  return decodeQuotedPrintable(Buffer.from(content.replaceAll('_', ' '), 'utf8'));
}
