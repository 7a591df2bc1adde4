import { createHash } from 'node:crypto';
import type { Attachment } from '@helpline/protocol';
import type { MailComposerAttachment } from 'nodemailer/lib/mail-composer';
import type { Entry } from '../../../journal/index.js';
import type { Blobs } from '../../../platform/blobs.js';
import type { Files } from '../files.js';

export interface FileParts {
  blobs: Blobs;
  files: Pick<Files, 'linkUntil'>;
  /** How many bytes of files a mail may carry. */
  mailFileBytes: number;
}

/** A file, and the entry that names it. */
export interface NamedFile {
  by: Pick<Entry, 'conversationId' | 'seq'>;
  file: Attachment;
}

export interface LinkedFile {
  filename: string;
  size: number;
  url: string;
}

export interface MailFiles {
  attachments: MailComposerAttachment[];
  linked: LinkedFile[];
  linkedUntil: Date;
}

const linkedMs = 30 * 24 * 60 * 60_000;

/** What goes with a mail of this time, and what its reader is to fetch. Always the same for the same mail. */
export async function mailFiles(
  { blobs, files, mailFileBytes }: FileParts,
  named: readonly NamedFile[],
  at: Date,
): Promise<MailFiles> {
  const linkedUntil = new Date(at.getTime() + linkedMs);
  const tooMuch = largestBeyond(named, mailFileBytes);
  const attachments: MailComposerAttachment[] = [];
  const linked: LinkedFile[] = [];
  for (const one of named) {
    const { fileId, filename, size } = one.file;
    if (tooMuch.has(one)) linked.push({ filename, size, url: files.linkUntil(one.by, fileId, linkedUntil) });
    else attachments.push(await attached(blobs, one.file));
  }
  return { attachments, linked, linkedUntil };
}

/** Pure. As few files as will do, so that the others fit. */
export function largestBeyond(named: readonly NamedFile[], bytesAtMost: number): Set<NamedFile> {
  let left = named.reduce((bytes, { file }) => bytes + file.size, 0) - bytesAtMost;
  const tooMuch = new Set<NamedFile>();
  for (const one of [...named].sort((a, b) => b.file.size - a.file.size)) {
    if (left <= 0) break;
    tooMuch.add(one);
    left -= one.file.size;
  }
  return tooMuch;
}

async function attached(
  blobs: Blobs,
  { fileId, filename, mimeType, inline }: Attachment,
): Promise<MailComposerAttachment> {
  const content = (await blobs.get(fileId))?.content;
  if (!content) throw new Error('A file of this mail is gone.');
  const place = inline
    ? ({ contentDisposition: 'inline', cid: contentIdOf(fileId) } as const)
    : ({ contentDisposition: 'attachment' } as const);
  const isMail = mimeType.startsWith('message/'); // which may not be encoded
  return {
    filename,
    contentType: mimeType,
    content,
    ...place,
    ...(isMail ? {} : { contentTransferEncoding: 'base64' as const }),
  };
}

/** Says nothing of our ids. */
const contentIdOf = (fileId: string): string =>
  `${createHash('sha256').update(fileId).digest('hex').slice(0, 24)}@files`;
