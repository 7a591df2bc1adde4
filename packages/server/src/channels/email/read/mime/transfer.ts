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

/**
 * Our own, because libqp takes a mail in one go: hours for a megabyte of blanks, and with 30 MB of encoded letters so much
 * memory that the process ends.
 */
function decodeQuotedPrintable(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = endOfPiece(body, at);
    pieces.push(decodePiece(body.toString('latin1', at, end)));
    at = end;
  }
  return Buffer.concat(pieces);
}

const pieceBytes = 64 * 1024;

/** A piece ends with a line, or if that is endless, not within an encoded byte. */
function endOfPiece(body: Buffer, at: number): number {
  const piece = body.subarray(at, at + pieceBytes);
  if (at + piece.length === body.length) return body.length;
  const feed = piece.lastIndexOf(0x0a);
  if (feed >= 0) return at + feed + 1;
  const equals = piece.lastIndexOf(0x3d);
  return at + (equals >= piece.length - 2 ? equals : piece.length);
}

function decodePiece(text: string): Buffer {
  const joined = text.replace(/(?<![\t ])[\t ]+(?=\r?\n)/g, '').replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}
