import libmime from 'libmime';
import { isKnownCharset } from './charset.js';

/** Decodes the encoded words of a header. A charset that is not known is read as windows-1252, as in texts. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  const known = value.replace(/=\?([^?*\s]{1,60})(?=(\*[^?\s]{0,60})?\?[bq]\?)/gi, (start, label: string) =>
    isKnownCharset(label) ? start : '=?windows-1252',
  );
  return libmime.decodeWords(known);
}
