/** Undoes a Content-Transfer-Encoding. Damaged input gives what can be read of it. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUuencode(body);
    default:
      return body;
  }
}

export function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0;
    if (byte !== equals) {
      out[length++] = byte;
      continue;
    }
    const softBreak = endOfSoftBreak(body, i + 1);
    if (softBreak > 0) {
      i = softBreak;
      continue;
    }
    const value = hexPair(body, i + 1);
    if (value < 0) {
      out[length++] = byte;
    } else {
      out[length++] = value;
      i += 2;
    }
  }
  return out.subarray(0, length);
}

const equals = 0x3d;
const lf = 0x0a;
const cr = 0x0d;

/** The index of the line feed of a soft line break that begins at `from`, or 0. Some mailers pad it with blanks. */
function endOfSoftBreak(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && at < from + 20 && (body[at] === 0x20 || body[at] === 0x09)) at++;
  if (body[at] === cr && body[at + 1] === lf) return at + 1;
  return body[at] === lf ? at : 0;
}

export function hexPair(body: Uint8Array, at: number): number {
  const high = hexDigit(body[at]);
  const low = hexDigit(body[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function decodeUuencode(body: Buffer): Buffer {
  const lines = body.toString('latin1').split(/\r?\n/);
  const begin = lines.findIndex((line) => /^begin [0-7]{3,4} /.test(line));
  const out: Buffer[] = [];
  for (const line of lines.slice(begin + 1)) {
    if (line === 'end') break;
    out.push(decodeUuLine(line));
  }
  return Buffer.concat(out);
}

function decodeUuLine(line: string): Buffer {
  const sextet = (at: number) => (line.charCodeAt(at) - 32) & 63;
  const length = line === '' ? 0 : sextet(0);
  const out: number[] = [];
  for (let at = 1; at + 3 < line.length + 3 && out.length < length; at += 4) {
    const group = (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3);
    out.push((group >> 16) & 255, (group >> 8) & 255, group & 255);
  }
  return Buffer.from(out.slice(0, length));
}
