import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Entry, Journal } from '../../journal/index.js';
import type { Blobs } from '../../platform/blobs.js';
import { notFound } from '../../platform/errors.js';

export interface OpenedFile {
  filename: string;
  mimeType: string;
  content: Buffer;
  /** The sanitised HTML of a mail, to be shown in a sandbox; every other file is only for download. */
  inlineHtml: boolean;
}

export interface Files {
  /** Throws `not_found` unless an entry of the conversation names the file. The caller may see the conversation. */
  link(workspaceId: string, conversationId: string, fileId: string): Promise<{ url: string; expiresAt: string }>;
  /** Null for a token that is not ours or too old, and for a file that is gone. */
  open(token: string): Promise<OpenedFile | null>;
}

interface Grant {
  conversationId: string;
  fileId: string;
  expires: number;
}

const validMs = 10 * 60_000;
const page = 200;

/** Files of mails, each behind a link that is signed and soon over. */
export function createFiles(parts: { journal: Journal; blobs: Blobs; hmacKey: Buffer; publicUrl: string }): Files {
  const { journal, blobs, hmacKey, publicUrl } = parts;
  return {
    async link(workspaceId, conversationId, fileId) {
      const state = await journal.state(conversationId);
      if (state?.workspaceId !== workspaceId || !(await findUse(journal, conversationId, fileId))) throw notFound();
      const expires = Date.now() + validMs;
      const token = sealGrant(hmacKey, { conversationId, fileId, expires });
      return { url: `${publicUrl}/files/${token}`, expiresAt: new Date(expires).toISOString() };
    },
    async open(token) {
      const grant = openGrant(hmacKey, token);
      if (!grant || grant.expires < Date.now()) return null;
      const use = await findUse(journal, grant.conversationId, grant.fileId);
      const blob = use && (await blobs.get(grant.fileId));
      if (!blob) return null;
      const { filename, mimeType } = blob.info;
      return { filename, mimeType, content: blob.content, inlineHtml: use === 'body' };
    },
  };
}

/** As what an entry of the conversation names the file. A redacted entry names none. */
async function findUse(
  journal: Journal,
  conversationId: string,
  fileId: string,
): Promise<'body' | 'attachment' | null> {
  for (let after = 0; ; ) {
    const { entries, more } = await journal.sync(conversationId, 'everything', after, page);
    for (const entry of entries) {
      const use = useIn(entry, fileId);
      if (use) return use;
    }
    if (!more) return null;
    after = entries.at(-1)?.seq ?? after;
  }
}

function useIn(entry: Entry, fileId: string): 'body' | 'attachment' | null {
  if (entry.type !== 'message') return null;
  if (entry.payload.mail?.htmlFileId === fileId) return 'body';
  return entry.payload.attachments?.some((file) => file.fileId === fileId) ? 'attachment' : null;
}

function sealGrant(key: Buffer, { conversationId, fileId, expires }: Grant): string {
  const grant = `${conversationId}.${fileId}.${expires}`;
  return `${grant}.${sign(key, grant)}`;
}

function openGrant(key: Buffer, token: string): Grant | null {
  const [, grant = '', conversationId = '', fileId = '', expires = '', signature = ''] =
    /^(([\w-]{1,64})\.([\w-]{1,64})\.(\d{1,15}))\.([\w-]{43})$/.exec(token) ?? [];
  if (grant === '' || !timingSafeEqual(Buffer.from(signature), Buffer.from(sign(key, grant)))) return null;
  return { conversationId, fileId, expires: Number(expires) };
}

const sign = (key: Buffer, grant: string): string =>
  createHmac('sha256', key).update(`file\0${grant}`).digest('base64url');
