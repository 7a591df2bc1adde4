import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

/**
 * Decodes text as declared. What no library does: a wrong or missing declaration, as mails often have it, falls back to
 * UTF-8, then windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array, declared = ''): string {
  const label = declared.trim();
  const text = isBelieved(bytes, label) ? decodeAs(bytes, label) : null;
  const isWrong = text === null || (text.includes(damage) && isUtf8(bytes));
  return (isWrong ? decodeUndeclared(bytes) : text).replaceAll('\0', '');
}

const damage = '\uFFFD';

/** The claim of UTF-8 or ASCII is checked instead of believed; so is any that the bytes speak against. */
function isBelieved(bytes: Uint8Array, label: string): boolean {
  if (/^((us-?)?ascii|utf-?8)?$/i.test(label)) return false;
  if (/^(utf-?16|ucs-?2)/i.test(label)) return bytes.includes(0) || !isUtf8(bytes);
  return !((western.test(label) || label === 'iso-8859-15') && !isAscii(bytes) && isUtf8(bytes));
}

/** Any bytes can be read as these, and UTF-8 is often sent under their name. Real text of theirs is hardly ever UTF-8. */
const western = /^(iso[-_]?8859[-_]?1|latin-?1|(windows|cp)-?1252)$/i;

const utf8 = new TextDecoder();

function decodeUndeclared(bytes: Uint8Array): string {
  const text = utf8.decode(bytes);
  if (isUtf8(bytes)) return text.includes(shiftToJapanese) ? new TextDecoder('iso-2022-jp').decode(bytes) : text;
  return isMostlyUtf8(text) ? text : decodeWestern(bytes);
}

/** ISO-2022-JP travels in seven bits and says so itself. */
const shiftToJapanese = '\x1b$';

/** A few damaged letters, or one cut in half, do not make UTF-8 anything else. */
function isMostlyUtf8(text: string): boolean {
  const damaged = text.split(damage).length - 1;
  return (text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0) > damaged;
}

/** The platform knows the charsets of the web by the names mails use, iconv-lite the old code pages. */
function decodeAs(bytes: Uint8Array, label: string): string | null {
  if (western.test(label)) return decodeWestern(bytes);
  if (korean.test(label)) return iconv.decode(Buffer.from(bytes), 'cp949');
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return iconv.encodingExists(label) && !isUtf7(label) ? iconv.decode(Buffer.from(bytes), label) : null;
  }
}

/** Some versions of the platform take windows-1252 for ISO-8859-1, and lose its quotation marks. */
function decodeWestern(bytes: Uint8Array): string {
  return iconv.decode(Buffer.from(bytes), 'windows-1252');
}

/** Mails mean the code page of Windows, which the platform does not know by these names. */
const korean = /^(ks_?c_?5601([-_]\d{4})?|euc-?kr|korean)$/i;

/** The platform leaves UTF-7 out because it hides markup from filters: so do we. */
function isUtf7(label: string): boolean {
  return /utf-?7/i.test(label);
}
