import { fileTypeFromBuffer } from 'file-type';
import libmime from 'libmime';

/** So much of a file says what it is. */
export const headBytes = 4_100;

const unknown = 'application/octet-stream';
/** Many kinds of documents are one of these inside, and only their names tell which. */
const wrappings = new Set(['application/zip', 'application/x-cfb', 'application/xml', 'application/gzip']);

/** What a file is, by its first bytes. Its name is believed only where they leave open what it could be: texts, and documents in a wrapping. */
export async function typeOf(head: Uint8Array, filename: string): Promise<string> {
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
  if (found && !wrappings.has(found)) return found;
  const named = libmime.detectMimeType(filename);
  if (found) return named.startsWith('application/') && named !== unknown ? named : found;
  return named.startsWith('text/') && !head.includes(0) ? named : unknown;
}
