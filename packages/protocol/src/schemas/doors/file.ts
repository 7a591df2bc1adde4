import { z } from 'zod';
import { limits } from '../../limits.js';
import { clientId, id, instant, position } from '../common.js';
import { door, inConversation, link } from './door.js';

const inMail = inConversation.extend({ seq: z.coerce.number().pipe(position) });

/** Files, and mails as they came. */
export const fileDoors = {
  /**
   * Where to PUT a file's bytes, then to be named by an answer in the conversation; without one, by a mail that begins
   * one. A file that nothing names within a day is dropped.
   */
  'file.begin': door(
    'POST /files',
    z.strictObject({
      conversationId: id.optional(),
      clientId,
      filename: z.string().min(1).max(255),
      size: z.int().min(0).max(limits.fileBytes),
    }),
    z.strictObject({ fileId: id, url: z.string(), expiresAt: instant }),
  ),
  'file.link': door(
    'POST /conversations/:conversationId/files/:fileId/links',
    inConversation.extend({ fileId: id }),
    link,
  ),
  /** The mail of an entry as a page for a sandbox. `images`: whether it may load those that lie elsewhere, through us. */
  'mail.page': door(
    'POST /conversations/:conversationId/mails/:seq/pages',
    inMail.extend({ images: z.boolean() }),
    link.extend({ remoteImages: z.int() }),
  ),
  'mail.original': door('POST /conversations/:conversationId/mails/:seq/originals', inMail, link),
} as const;
