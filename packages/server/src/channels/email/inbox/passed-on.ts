import type { ReadMail } from '../read/types.js';

/** A mail that somebody passed on, as its author had written it. Answers can't refer to it: its Message-ID is not told. */
export function passedOn(mail: ReadMail): ReadMail {
  const { forward } = mail;
  if (!forward) return mail;
  const { from, to, cc, subject, body } = forward;
  const unknown = { messageId: null, replyTo: null, inReplyTo: [], references: [], date: null };
  return { ...mail, ...unknown, from, to, cc, subject, text: body, visible: body };
}
