import { createHmac, timingSafeEqual } from 'node:crypto';

/** Stands in every mail we send, so that one which comes back is known even where a server gave it another Message-ID. */
export const loopHeader = 'X-Helpline-Loop';

/** Other Helplines have other keys: their mails are welcome. */
export const loopMark = (key: Buffer, workspaceId: string): string =>
  createHmac('sha256', key).update(`mail-loop\0${workspaceId}`).digest('base64url').slice(0, 22);

/** Whether one of the marks in a mail is ours. */
export function hasOwnMark(key: Buffer, workspaceId: string, marks: readonly string[]): boolean {
  const own = Buffer.from(loopMark(key, workspaceId));
  return marks
    .map((mark) => Buffer.from(mark.trim()))
    .some((one) => one.length === own.length && timingSafeEqual(one, own));
}
