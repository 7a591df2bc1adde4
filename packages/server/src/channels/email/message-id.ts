import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a mail of ours is about: one entry of one conversation. */
export interface Subject {
  conversationId: string;
  entryId: string;
}

const pattern = /^<c\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{22})@[^<>@\s]+>$/;

/** A Message-ID that nobody else can make, and that says where an answer to it belongs. */
export function makeMessageId(key: Buffer, subject: Subject, domain: string): string {
  return `<c.${subject.conversationId}.${subject.entryId}.${sign(key, subject)}@${domain}>`;
}

/** Null for every Message-ID that is not ours. */
export function readMessageId(key: Buffer, messageId: string): Subject | null {
  const [, conversationId, entryId, signature] = pattern.exec(messageId.trim()) ?? [];
  if (!conversationId || !entryId || !signature) return null;
  const expected = sign(key, { conversationId, entryId });
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) ? { conversationId, entryId } : null;
}

function sign(key: Buffer, { conversationId, entryId }: Subject): string {
  const mac = createHmac('sha256', key).update(`mail-id\0${conversationId}\0${entryId}`).digest();
  return mac.subarray(0, 16).toString('base64url');
}
