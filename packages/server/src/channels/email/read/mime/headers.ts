import { limits } from '../limits.js';
import { decodeText, decodeUtf8 } from './charset.js';

/** One header: lower-case key, unfolded value, encoded words not yet decoded (addresses are split first). */
export interface MimeHeader {
  key: string;
  value: string;
}

export interface HeaderBlock {
  headers: MimeHeader[];
  body: Buffer;
}

const fieldLine = /^([!-9;-~]{1,200})[ \t]*:/;
const mboxLine = /^>?From /;

/** Splits headers from body. A mail without the blank line between them still gets its body. */
export function readHeaders(part: Buffer): HeaderBlock {
  const fields: string[] = [];
  let at = 0;
  while (at < part.length && at < limits.headerBytes) {
    const end = endOfLine(part, at);
    const line = part.toString('latin1', at, end.text);
    if (line.trim() === '') {
      at = end.next;
      break;
    }
    const continues = fields.length > 0 && (/^[ \t]/.test(line) || isParameter(line, fields.at(-1)));
    if (continues) fields.push(`${fields.pop()}\n${line}`);
    else if (fieldLine.test(line)) fields.push(line);
    else if (!mboxLine.test(line) && !fieldFollows(part, end.next)) break;
    at = end.next;
  }
  return { headers: decodeFields(fields), body: part.subarray(at) };
}

/** A parameter whose folding lost its blank: `boundary="…"` in the line below `Content-Type: …;`. */
function isParameter(line: string, field = ''): boolean {
  return /^[a-z]{3,20}="?[^\s"]/i.test(line) && /^content-[a-z]+:.{1,200};\s*$/is.test(field);
}

/** A stray line is only the end of the headers when no further header follows it. */
function fieldFollows(part: Buffer, at: number): boolean {
  return fieldLine.test(part.toString('latin1', at, Math.min(endOfLine(part, at).text, at + 250)));
}

function endOfLine(part: Buffer, at: number): { text: number; next: number } {
  const feed = part.indexOf(0x0a, at);
  if (feed < 0) return { text: part.length, next: part.length };
  return { text: part[feed - 1] === 0x0d && feed > at ? feed - 1 : feed, next: feed + 1 };
}

function decodeFields(fields: string[]): MimeHeader[] {
  const contentType = fields.find((field) => /^content-type[ \t]*:/i.test(field)) ?? '';
  const charset = /charset\s{0,9}=\s{0,9}"?([^\s";]{1,60})/i.exec(contentType)?.[1];
  return fields.map((field) => {
    const colon = field.indexOf(':');
    const raw = field.slice(colon + 1).replace(/\r?\n/g, '');
    const value = /[\x80-\xff]/.test(raw) ? decodeRaw(Buffer.from(raw, 'latin1'), charset) : raw;
    return { key: field.slice(0, colon).trim().toLowerCase(), value: value.replaceAll('\0', '').trim() };
  });
}

/** Raw 8-bit headers are UTF-8 when they are valid UTF-8, whatever the body is in. */
function decodeRaw(raw: Buffer, charsetOfBody: string | undefined): string {
  return decodeUtf8(raw) ?? decodeText(raw, charsetOfBody);
}

export function header(headers: MimeHeader[], key: string): string | null {
  return headers.find((entry) => entry.key === key)?.value ?? null;
}

export function headerValues(headers: MimeHeader[], key: string): string[] {
  return headers.filter((entry) => entry.key === key).map((entry) => entry.value);
}
