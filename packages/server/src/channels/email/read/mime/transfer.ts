import { decodeUuencoded } from './uuencode.js';

/** Undoes a Content-Transfer-Encoding. Damaged input gives what can be read of it. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return isBase64(body) ? Buffer.from(body.toString('latin1'), 'base64') : body;
  if (/^(x-)?uu(e|encode)?$/.test(encoding)) return decodeUuencoded(body);
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body;
}

/** Some programs declare base64 and send plain text: words with blanks between them. */
function isBase64(body: Buffer): boolean {
  const start = body.toString('latin1', 0, 2000);
  return (start.match(/[^\s\w+/=-]|\S {1,3}\S/g)?.length ?? 0) * 10 <= start.length;
}

const equals = 0x3d;
const feed = 0x0a;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/**
 * Our own, because libqp takes a mail in one go: hours for a megabyte of blanks, and with 30 MB of encoded letters so much
 * memory that the process ends. Byte by byte; blanks at the end of a line are dropped, an equals sign there joins it.
 */
function decodeQuotedPrintable(body: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(body.length);
  let length = 0;
  /** Where the line would end if nothing but blanks followed. */
  let solid = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    const escaped = byte === equals ? hexAt(body, at + 1) : -1;
    const lineEnd = byte === equals && escaped < 0 ? endOfLine(body, at + 1) : -1;
    if (lineEnd >= 0) {
      at = lineEnd - 1;
      solid = length;
    } else if (escaped >= 0) {
      decoded[length++] = escaped;
      solid = length;
      at += 2;
    } else {
      if (byte === feed || (byte === 0x0d && body[at + 1] === feed)) length = solid;
      decoded[length++] = byte;
      if (!isBlank(byte)) solid = length;
    }
  }
  return decoded.subarray(0, length);
}

/** The byte that two hexadecimal digits write; -1 if they are none. */
function hexAt(body: Buffer, at: number): number {
  const [high, low] = [digit(body[at]), digit(body[at + 1])];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Where the next line begins, if only blanks stand before it; else -1. */
function endOfLine(body: Buffer, from: number): number {
  let at = from;
  while (isBlank(body[at])) at++;
  if (body[at] === 0x0d) at++;
  return body[at] === feed ? at + 1 : -1;
}
