import { decodeText } from './charset.js';

const word = String.raw`=\?[^?\s]{1,80}\?[bq]\?[^?]{0,20000}\?=`;
const words = new RegExp(`(?:${word})+`, 'gi');
const blanksBetween = /(\?=)\s{1,20}(?==\?[^?\s]{1,80}\?[bq]\?)/gi;

/** Decodes the encoded words of a header by the same rules as texts. A letter may be split over two words. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  return value.replace(blanksBetween, '$1').replace(words, decodeRun);
}

function decodeRun(run: string): string {
  const pieces: { charset: string; bytes: Buffer[] }[] = [];
  for (const [, charset = '', encoding = '', text = ''] of run.matchAll(/=\?([^?*]+)[^?]*\?([bq])\?([^?]*)\?=/gi)) {
    const bytes = /b/i.test(encoding) ? Buffer.from(text, 'base64') : decodeQ(text);
    const last = pieces.at(-1);
    if (last?.charset === charset.toLowerCase()) last.bytes.push(bytes);
    else pieces.push({ charset: charset.toLowerCase(), bytes: [bytes] });
  }
  return pieces.map(({ charset, bytes }) => decodeText(Buffer.concat(bytes), charset)).join('');
}

function decodeQ(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('_', ' '), 'utf8').toString('latin1');
  const decoded = bytes.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}
