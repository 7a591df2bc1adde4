/** What reading one raw mail gives; pnpm mail:read prints it. */
export interface ReadMail {
  class: MailClass;
  subject: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo: MailAddress | null;
  /** Whom a group names as the author, having put its own address into From. */
  originalFrom: MailAddress | null;
  /** The group whose members got it, by its names, where a person wrote to it. */
  group: string[];
  /** Ids are written with their angle brackets, as they stood in the header. */
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  /** By what Outlook puts mails together. */
  threadIndex: string | null;
  /** The Date header as ISO 8601; claimed by the sender, so never used for order. */
  date: string | null;
  /** Every address the mail was for (To, Cc, Delivered-To, …), lower case, each once. */
  deliveredTo: string[];
  /** `Return-Path: <>`: do not answer automatically. */
  returnPathEmpty: boolean;
  /** The value of Auto-Submitted, lower case, without its parameters. */
  autoSubmitted: string | null;
  /** What mail servers, or whoever wrote the mail, say of its sender: the values of Authentication-Results from the top. */
  authenticationResults: string[];
  /** What Helplines wrote into it to know their own mails by. */
  loopMarks: string[];
  text: string;
  visible: string;
  html: string | null;
  /** The text was longer than is shown; the raw mail holds the rest. */
  truncated: boolean;
  attachments: MailAttachment[];
  bounce: Bounce | null;
  /** The mail that whoever reads it called unwanted, as a provider's feedback report tells it. */
  complaint: Complaint | null;
  forward: Forward | null;
  /** The meeting the mail is about: an invitation, an answer to one, a change or its cancelling. */
  invite: Invite | null;
  /** How the mail is sealed: its signature is told, not checked, and what is encrypted stays shut. */
  protection: Protection | null;
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

export interface Complaint {
  originalMessageId: string | null;
  /** Who complained; providers often hide it. */
  recipients: string[];
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

export interface Invite {
  /** What the mail wants (RFC 5546), lower case: request, reply, cancel, publish, counter… */
  method: string;
  summary: string;
  /** An instant as ISO 8601 in UTC; without Z where no time zone is named; the mere date of whole days. */
  start: string | null;
  /** As start; the first moment or day after it. */
  end: string | null;
  /** It happens again and again; start and end are those of the first time. */
  repeats: boolean;
  location: string;
  organizer: MailAddress | null;
  /** What a reply answers: accepted, declined, tentative… */
  answer: string | null;
}

export interface Protection {
  standard: 'smime' | 'pgp';
  signed: boolean;
  /** Its words are in the attachment alone, for whoever has the key. */
  encrypted: boolean;
}

/** Reading never throws: a mail that can't be read is told as such, and its raw form is what is left. */
export type ReadOutcome = { ok: true; mail: ReadMail } | { ok: false; code: ReadFailure; detail: string };

export type ReadFailure = 'timeout' | 'too_large' | 'too_many_parts' | 'crashed';
