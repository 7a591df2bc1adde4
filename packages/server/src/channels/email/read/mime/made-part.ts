import libmime from 'libmime';
import type { MimePart } from './parse-mime.js';

/** A part that stands in no mail but in something that a mail brought along. */
export function madePart(known: Partial<MimePart>): MimePart {
  return {
    headers: [],
    type: 'application/octet-stream',
    parameters: new Map(),
    disposition: '',
    filename: null,
    contentId: null,
    encoding: 'binary',
    body: Buffer.alloc(0),
    children: [],
    ...known,
  };
}

export interface FoundFile {
  name: string;
  /** Empty where nobody says. */
  mimeType: string;
  contentId: string | null;
  content: Buffer;
}

export function filePart({ name, mimeType, contentId, content }: FoundFile): MimePart {
  const type = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(mimeType) ? mimeType : libmime.detectMimeType(name);
  return madePart({ type, filename: name || null, contentId, disposition: 'attachment', body: content });
}
