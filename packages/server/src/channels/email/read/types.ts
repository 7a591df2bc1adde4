/** What reading one raw mail gives; pnpm mail:read prints it. */
export interface ReadMail {
  class: MailClass;
  subject: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo: MailAddress | null;
  /** Ids are written with their angle brackets, as they stood in the header. */
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  /** The Date header as ISO 8601; claimed by the sender, so never used for order. */
  date: string | null;
  /** Every address the mail was for (To, Cc, Delivered-To, …), lower case, each once. */
  deliveredTo: string[];
  /** `Return-Path: <>`: do not answer automatically. */
  returnPathEmpty: boolean;
  /** The value of Auto-Submitted, lower case, without its parameters. */
  autoSubmitted: string | null;
  text: string;
  visible: string;
  html: string | null;
  /** The text was longer than is shown; the raw mail holds the rest. */
  truncated: boolean;
  attachments: MailAttachment[];
  bounce: Bounce | null;
  forward: Forward | null;
}

export type MailClass =
  | 'bounce'
  | 'auto_reply'
  | 'auto_generated'
  | 'list'
  | 'feedback_report'
  | 'delivery_success'
  | 'human';

export interface MailAddress {
  address: string;
  name: string;
}

export interface MailAttachment {
  filename: string;
  mimeType: string;
  size: number;
  md5: string;
  /** Shown in the text by its Content-ID. */
  inline: boolean;
  contentId: string | null;
  content: Uint8Array;
}

export interface Bounce {
  /** The address is dead; a soft bounce may pass later. */
  hard: boolean;
  recipients: BounceRecipient[];
  /** Message-ID of the mail that came back, when the bounce shows it. */
  originalMessageId: string | null;
}

export interface BounceRecipient {
  address: string;
  action: string | null;
  status: string | null;
}

export interface Forward {
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  subject: string;
  body: string;
  note: string;
}

/** Reading never throws: a mail that can't be read is told as such, and its raw form is what is left. */
export type ReadOutcome = { ok: true; mail: ReadMail } | { ok: false; code: ReadFailure; detail: string };

export type ReadFailure = 'timeout' | 'too_large' | 'too_many_parts' | 'crashed';
