import { decodeText } from './charset.js';

const piece = /;\s{0,20}(?:file)?name\*(\d{0,3})\*?=\s{0,9}("[^"]{0,2000}"|[^;\s]{0,2000})/gi;

/**
 * A file name in the extended way (RFC 2231), whole or in pieces: `filename*=utf-8''K%C3%A4se.pdf`. Ours, because its charset
 * is as often wrong as any. Null if the header has none.
 */
export function extendedName(header: string | null): string | null {
  const pieces = [...(header ?? '').slice(0, 20_000).matchAll(piece)]
    .map(([all, order, value = '']) => ({
      order: Number(order ?? 0),
      isCoded: /\*=/.test(all),
      value: value.replace(/^"|"$/g, ''),
    }))
    .sort((a, b) => a.order - b.order);
  if (!pieces[0]?.isCoded) return null;
  const [, charset = '', first = pieces[0].value] = /^([^']{0,60})'[^']{0,20}'(.*)$/s.exec(pieces[0].value) ?? [];
  const bytes = pieces.map(({ value, isCoded }, index) => {
    const text = index === 0 ? first : value;
    return isCoded ? unescaped(text) : Buffer.from(text);
  });
  return decodeText(Buffer.concat(bytes), charset) || null;
}

function unescaped(text: string): Buffer {
  const bytes = Buffer.from(text).toString('latin1');
  const decoded = bytes.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}
