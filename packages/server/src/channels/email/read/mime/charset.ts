import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

/**
 * Decodes text as declared. What no library does: a wrong or missing declaration, as mails often have it, falls back to
 * UTF-8, then windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array, declared = ''): string {
  const text = claimsUtf8.test(declared) ? null : decodeAs(bytes, declared);
  if (text !== null && !(text.includes('\uFFFD') && isUtf8(bytes))) return text.replaceAll('\0', '');
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes).replaceAll('\0', '');
}

/** The claim of UTF-8 or ASCII is checked instead of believed. */
const claimsUtf8 = /^\s*((us-?)?ascii|utf-?8)?\s*$/i;

export function isKnownCharset(label: string): boolean {
  return decodeAs(new Uint8Array(), label) !== null;
}

/** The platform knows the charsets of the web by the names mails use, iconv-lite the old code pages. */
function decodeAs(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return iconv.encodingExists(label) && !isUtf7(label) ? iconv.decode(Buffer.from(bytes), label) : null;
  }
}

/** The platform leaves UTF-7 out because it hides markup from filters: so do we. */
function isUtf7(label: string): boolean {
  return /utf-?7/i.test(label);
}
