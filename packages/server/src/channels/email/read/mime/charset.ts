import { TextDecoder } from 'node:util';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const decoders = new Map<string, TextDecoder | null>();

/** Labels mail programs write that the platform does not know, or knows as a smaller set than is meant. */
const meant = new Map([
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['ms936', 'gb18030'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-2', 'iso-2022-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['cp932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp874', 'windows-874'],
  ['utf8mb4', 'utf-8'],
  ['unicode', 'utf-8'],
]);

/** Decodes text as declared; a wrong or missing declaration falls back to UTF-8, then windows-1252. Never throws. */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const decoder = decoderFor(declared);
  if (decoder) {
    const text = decoder.decode(bytes);
    if (!text.includes('\uFFFD')) return clean(text);
    return clean(decodeUtf8(bytes) ?? text);
  }
  return clean(decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes));
}

/** The decoder of a declared charset; none for UTF-8 and ASCII, whose claim is checked instead of believed. */
function decoderFor(declared: string | undefined): TextDecoder | null {
  const label = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^x-(?!mac|sjis|gbk|user)/, '');
  const known = meant.get(label) ?? label;
  if (known === '' || known === 'utf-8' || known === 'utf8' || known === 'us-ascii' || known === 'ascii') return null;
  const cached = decoders.get(known);
  if (cached !== undefined) return cached;
  const decoder = makeDecoder(known) ?? makeDecoder(known.replace(/^(cp|ms|win)-?(?=\d{4}$)/, 'windows-'));
  if (decoders.size < 200) decoders.set(known, decoder);
  return decoder;
}

function makeDecoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function clean(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}
