import { createHash } from 'node:crypto';
import type { Language, MailAddress, MailHead } from '@helpline/protocol';
import MailComposer from 'nodemailer/lib/mail-composer';
import { loopHeader } from '../manners/loop-header.js';
import { sayIn } from '../texts.js';
import { linksOf, paragraphsOf, picturesOf } from './body-html.js';
import { oneLine, oneLineEach } from './from-line.js';
import type { LinkedFile, MailFiles } from './mail-files.js';

export interface Letter extends MailFiles {
  /** When it was written, or is to go. */
  date: Date;
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  /** Where answers shall go instead. */
  replyTo: string | null;
  messageId: string;
  text: string;
  /** Below the text; empty for none. */
  signature: string;
  brand: string;
  /** Of what is not its author's words. */
  language: Language;
  /** What Outlook puts it to the others by. */
  threadIndex: string;
  /** The mail that is answered; null where the customer only ever wrote in the chat, or not at all. */
  answers: MailHead | null;
  /** Of a conversation that we began. */
  subject: string | null;
  /** The Message-IDs of what we sent before in this conversation, oldest first. */
  sentBefore: string[];
  /** He was in the chat when it was written. */
  leftChat: boolean;
  /** No person wrote it. */
  automatic: boolean;
  /** Where whoever gets it says that he wants no more; null but for one of many alike. */
  unsubscribe: string | null;
  /** What we know our own mails by. */
  loopMark: string;
}

/** What tells other machines not to answer. */
const machineHeaders = {
  'Auto-Submitted': 'auto-replied',
  'X-Auto-Response-Suppress': 'All',
  Precedence: 'auto_reply',
};

/**
 * RFC 2369 and 8058: one click in the mail program itself. By the Feedback-ID providers count complaints for all mails of
 * one subject, and of one mailbox: no reader and no id of ours stands in it.
 */
const bulkHeaders = (link: string, subject: string, from: MailAddress) => ({
  'List-Unsubscribe': `<${link}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'Feedback-ID': `${briefly(subject)}:${briefly(from.address)}:bulk:helpline`,
  Precedence: 'bulk',
});

const briefly = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Some servers refuse long headers. */
const referencesBytes = 1_500;
const idBytes = 250;

/** The raw mail of an answer: the same bytes for the same letter. */
export function compose(letter: Letter): Promise<Buffer> {
  const text = bodyOf(letter);
  const subject = oneLine(subjectOf(letter));
  const links = textOfLinks(letter);
  return new MailComposer({
    from: oneLineEach([letter.from]),
    to: oneLineEach(letter.to),
    cc: oneLineEach(letter.cc),
    subject,
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    messageId: letter.messageId,
    ...threadingOf(letter),
    date: letter.date,
    text: `${text}${links}${letter.signature ? `\n-- \n${letter.signature}\n` : ''}`,
    html: htmlOf(letter, text),
    attachments: letter.attachments,
    baseBoundary: createHash('sha256').update(letter.messageId).digest('hex').slice(0, 16),
    headers: {
      [loopHeader]: letter.loopMark,
      'Thread-Topic': topicOf(subject),
      'Thread-Index': letter.threadIndex,
      ...(letter.automatic ? machineHeaders : {}),
      ...(letter.unsubscribe ? bulkHeaders(letter.unsubscribe, subject, letter.from) : {}),
    },
  })
    .compile()
    .build();
}

function bodyOf({ text, leftChat, language, unsubscribe }: Letter): string {
  const say = sayIn(language);
  if (unsubscribe) return `${text}\n\n${say('mail.unsubscribe', { link: unsubscribe })}\n`;
  return leftChat ? `${say('mail.greeting')}\n\n${text}\n\n${say('mail.footer')}\n` : `${text}\n`;
}

function textOfLinks({ linked, linkedUntil, language }: Letter): string {
  if (linked.length === 0) return '';
  const lines = linked.map((file) => `${file.filename} (${megabytes(file, language)})\n${file.url}`);
  return `\n${sayUntil(linkedUntil, language)}\n\n${lines.join('\n\n')}\n`;
}

function htmlOf({ signature, attachments, linked, linkedUntil, language }: Letter, text: string): string {
  const links = linked.map((file) => ({ ...file, says: megabytes(file, language) }));
  const files = picturesOf(attachments) + linksOf(sayUntil(linkedUntil, language), links);
  const below = signature ? `\n<div>-- <br>\n${paragraphsOf(signature)}\n</div>` : '';
  return `<!doctype html>\n<html><body>\n${paragraphsOf(text)}${files}${below}\n</body></html>\n`;
}

function sayUntil(until: Date, language: Language): string {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(until);
  return sayIn(language)('mail.files', { date });
}

const megabytes = ({ size }: LinkedFile, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(
    size / 1_000_000,
  );

type About = Pick<Letter, 'answers' | 'subject' | 'sentBefore' | 'brand' | 'language'>;

export function subjectOf({ answers, subject, sentBefore, brand, language }: About): string {
  const say = sayIn(language);
  if (!answers && subject) return sentBefore.length > 0 ? `Re: ${subject}` : subject;
  if (!answers) return say('mail.subject_of_chat', { brand });
  const bare = answers.subject.replace(/^(\s*(re|aw|sv|antw)(\[\d+\])?\s*:)+\s*/i, '').trim();
  return `Re: ${bare || say('mail.no_subject')}`;
}

const topicOf = (subject: string): string => subject.replace(/^(\s*(re|fwd)\s*:)+\s*/i, '');

/** Our own id is among the references too: where a server replaces the Message-ID, an answer still leads back to us. */
export function threadingOf({ answers, sentBefore, messageId }: Pick<Letter, 'answers' | 'sentBefore' | 'messageId'>) {
  const parent = answers?.messageId || sentBefore.at(-1);
  const chain = [...(answers?.references ?? []), ...sentBefore.slice(0, 1), ...(parent ? [parent] : []), messageId];
  return { ...(parent ? { inReplyTo: parent } : {}), references: fitting([...new Set(chain)]) };
}

/** The first and as many of the last as fit. */
function fitting(ids: string[]): string[] {
  const [first = '', ...rest] = ids.filter((id) => id.length <= idBytes);
  let left = referencesBytes - first.length;
  const kept = rest.toReversed().filter((id) => {
    left -= id.length + 1;
    return left >= 0;
  });
  return [first, ...kept.toReversed()];
}
