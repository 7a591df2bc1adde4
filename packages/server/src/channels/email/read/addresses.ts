import { limits } from './limits.js';
import { decodeWords } from './mime/words.js';
import type { MailAddress } from './types.js';

/** Reads an address header leniently: what cannot be an address stays as a name, so that nothing is lost. */
export function readAddresses(value: string): MailAddress[] {
  const found: MailAddress[] = [];
  for (const piece of splitAddresses(value)) {
    const address = readAddress(piece);
    if (address.address !== '' || address.name !== '') found.push(address);
    if (found.length >= limits.addresses) break;
  }
  return found;
}

interface Piece {
  /** Outside of quotes, comments and angle brackets. */
  words: string;
  quoted: string;
  comment: string;
  angle: string | null;
}

/** One pass over the characters: quotes, nested comments, angle brackets, groups, commas and semicolons. */
function splitAddresses(value: string): Piece[] {
  const pieces: Piece[] = [];
  let piece = emptyPiece();
  const scan = value.slice(0, limits.headerBytes);
  for (let i = 0; i < scan.length; i++) {
    const char = scan.charAt(i);
    if (char === '"') {
      const end = closing(scan, i, '"');
      piece.quoted += scan.slice(i + 1, end).replace(/\\(.)/g, '$1');
      piece.words += ' ';
      i = end;
    } else if (char === '(') {
      const end = closing(scan, i, ')');
      piece.comment += scan.slice(i + 1, end);
      i = end;
    } else if (char === '<') {
      const end = closing(scan, i, '>');
      piece.angle = piece.angle || scan.slice(i + 1, end);
      i = end;
    } else if (char === '=' && scan[i + 1] === '?') {
      const word = encodedWordAt(scan, i);
      piece.words += word;
      i += word.length - 1;
    } else if (char === ',' || char === ';') {
      pieces.push(piece);
      piece = emptyPiece();
    } else if (char === ':' && !piece.words.includes('@')) {
      piece = emptyPiece();
    } else {
      ordinary.lastIndex = i;
      const run = ordinary.exec(scan)?.[0] ?? char;
      piece.words += run;
      i += run.length - 1;
    }
  }
  pieces.push(piece);
  return pieces;
}

/** Letters that say nothing about where an address ends. */
const ordinary = /[^"(<=,;:]+/y;

function emptyPiece(): Piece {
  return { words: '', quoted: '', comment: '', angle: null };
}

/** The index of the closing character; of an unclosed one, the end of the piece. */
function closing(text: string, from: number, close: string): number {
  for (let i = from + 1; i < text.length && i < from + 2000; i++) {
    if (text[i] === '\\' && close === '"') i++;
    else if (text[i] === close) return i;
  }
  return text.length;
}

/** An encoded word may hold commas and brackets; it is decoded once the addresses are apart. */
function encodedWordAt(text: string, at: number): string {
  return /^=\?[^?\s]{1,60}\?[bq]\?[^?]{0,2000}\?=/i.exec(text.slice(at, at + 2100))?.[0] ?? '=';
}

function readAddress({ words, quoted, comment, angle }: Piece): MailAddress {
  const plain = words.replace(/\s+/g, ' ').trim();
  const name = tidyName(quoted.trim() || plain);
  if (angle !== null) return { address: tidyAddress(angle), name: name || tidyName(comment) };
  const inWords = /[^\s<>[\]]{1,200}@[^\s<>[\]]{1,200}/.exec(plain)?.[0];
  if (inWords) {
    const rest = tidyName(quoted.trim() || plain.replace(inWords, '').trim() || comment);
    return { address: tidyAddress(inWords), name: rest };
  }
  const inQuotes = /^[^\s@]{1,200}@[^\s@]{1,200}$/.exec(quoted.trim())?.[0];
  if (inQuotes) return { address: tidyAddress(inQuotes), name: tidyName(comment) };
  if (plain !== '' && !/\s|^\[/.test(plain)) return { address: plain, name: tidyName(quoted || comment) };
  return { address: '', name };
}

function tidyAddress(address: string): string {
  return address.replace(/^mailto:/i, '').replace(/[\s"'<>]/g, '');
}

function tidyName(name: string): string {
  const decoded = decodeWords(name).replace(/\s+/g, ' ').trim();
  return /^(['"])(.{0,500})\1$/.exec(decoded)?.[2]?.trim() ?? decoded;
}
