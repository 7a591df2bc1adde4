import type { MailReader } from '../read/read-in-process.js';
import type { ReadFailure, ReadMail } from '../read/types.js';
import type { LedgerLine } from '../store.js';
import { say } from '../texts.js';

export interface Read {
  mail: ReadMail;
  raw: Buffer;
  /** What is said in place of a mail that can't be read; its raw form is attached. */
  unread: string | null;
}

/** Reading was interrupted and may well succeed the next time. */
export class NotReadYet extends Error {
  override readonly name = 'NotReadYet';
}

const triesAtMost = 3;
const headBytes = 128 * 1024;

/** The mail; or its head alone, if the whole can't be read at all or could not after some tries. Throws `NotReadYet`. */
export async function readOrHead(reader: MailReader, line: LedgerLine, raw: Buffer): Promise<Read> {
  if (line.headOf !== null) return { mail: await readHead(reader, raw), raw, unread: leftInMailbox(line.headOf) };
  const outcome = await reader.read(raw);
  if (outcome.ok) return { mail: outcome.mail, raw, unread: null };
  if (isTransient(outcome.code) && line.tries + 1 < triesAtMost) throw new NotReadYet(outcome.detail);
  return { mail: await readHead(reader, raw), raw, unread: say('mail.unreadable', { why: outcome.detail }) };
}

const isTransient = (code: ReadFailure): boolean => code === 'timeout' || code === 'crashed';

const leftInMailbox = (bytes: number): string =>
  say('mail.left_in_mailbox', { megabytes: Math.ceil(bytes / 1024 / 1024) });

/** The head says who wrote what about, and which mail it answers. */
export async function readHead(reader: MailReader, raw: Buffer): Promise<ReadMail> {
  const outcome = await reader.read(headOf(raw));
  return outcome.ok ? outcome.mail : nothing;
}

function headOf(raw: Buffer): Buffer {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => raw.indexOf(end)).filter((end) => end >= 0);
  return raw.subarray(0, Math.min(headBytes, ...ends));
}

const nothing: ReadMail = {
  class: 'human',
  subject: '',
  from: null,
  to: [],
  cc: [],
  replyTo: null,
  originalFrom: null,
  group: [],
  messageId: null,
  inReplyTo: [],
  references: [],
  date: null,
  deliveredTo: [],
  returnPathEmpty: false,
  autoSubmitted: null,
  authenticationResults: [],
  threadIndex: null,
  loopMarks: [],
  text: '',
  visible: '',
  html: null,
  truncated: false,
  attachments: [],
  bounce: null,
  complaint: null,
  forward: null,
  invite: null,
  protection: null,
};
