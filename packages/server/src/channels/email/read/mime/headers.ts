import { isUtf8 } from 'node:buffer';
import { Headers } from '@zone-eu/mailsplit';
import libmime from 'libmime';
import { decodeText } from './charset.js';
import { splitHead } from './split-head.js';

/** One header: lower-case key, unfolded value, encoded words not yet decoded (addresses are split first). */
export interface MimeHeader {
  key: string;
  value: string;
}

/** The headers at the top of a mail or of a group of fields. */
export function readHeaders(bytes: Buffer): MimeHeader[] {
  return decodeFields(new Headers(splitHead(bytes).head));
}

export function decodeFields(fields: Headers): MimeHeader[] {
  const { charset } = libmime.parseHeaderValue(fields.getFirst('content-type')).params;
  return fields
    .getList()
    .filter(({ key }) => key !== '')
    .map(({ key, line }) => ({ key, value: libmime.decodeHeader(decodeLine(line, charset)).value }));
}

/** Raw 8-bit headers are UTF-8 if they can be, whatever the body is in; else they share its charset. */
function decodeLine(line: string, charset: string | undefined): string {
  if (isPlain.test(line)) return line;
  const bytes = Buffer.from(line, 'latin1');
  return decodeText(bytes, isUtf8(bytes) ? 'utf-8' : charset);
}

/** Nothing but what means the same in every charset. */
const isPlain = /^[\t\r\n -~]*$/;

export function header(headers: MimeHeader[], key: string): string | null {
  return headers.find((entry) => entry.key === key)?.value ?? null;
}

export function headerValues(headers: MimeHeader[], key: string): string[] {
  return headers.filter((entry) => entry.key === key).map((entry) => entry.value);
}
