import type { MailHead } from '@helpline/protocol';
import MailComposer from 'nodemailer/lib/mail-composer';
import { say } from '../texts.js';

export interface Letter {
  from: { name: string; address: string };
  to: string;
  messageId: string;
  text: string;
  brand: string;
  /** The mail that is answered; null where the customer only ever wrote in the chat. */
  answers: MailHead | null;
  /** The Message-IDs of what we sent before in this conversation, oldest first. */
  sentBefore: string[];
  /** He was in the chat when it was written. */
  leftChat: boolean;
}

/** Some servers refuse long headers. */
const referencesBytes = 1_500;

/** The raw mail of an answer. */
export function compose(letter: Letter): Promise<Buffer> {
  const text = bodyOf(letter);
  return new MailComposer({
    from: letter.from,
    to: letter.to,
    subject: subjectOf(letter),
    messageId: letter.messageId,
    ...threadingOf(letter),
    text,
    html: htmlOf(text),
  })
    .compile()
    .build();
}

function bodyOf({ text, leftChat }: Letter): string {
  return leftChat ? `${say('mail.greeting')}\n\n${text}\n\n${say('mail.footer')}\n` : `${text}\n`;
}

export function subjectOf({ answers, brand }: Pick<Letter, 'answers' | 'brand'>): string {
  if (!answers) return say('mail.subject_of_chat', { brand });
  const bare = answers.subject.replace(/^(\s*(re|aw|sv|antw)(\[\d+\])?\s*:)+\s*/i, '').trim();
  return `Re: ${bare || say('mail.no_subject')}`;
}

/** Our own id is among the references too: where a server replaces the Message-ID, an answer still leads back to us. */
export function threadingOf({ answers, sentBefore, messageId }: Pick<Letter, 'answers' | 'sentBefore' | 'messageId'>) {
  const parent = answers?.messageId || sentBefore.at(-1);
  const chain = [...(answers?.references ?? []), ...sentBefore.slice(0, 1), ...(parent ? [parent] : []), messageId];
  return { ...(parent ? { inReplyTo: parent } : {}), references: fitting([...new Set(chain)]) };
}

/** The first and as many of the last as fit. */
function fitting(ids: string[]): string[] {
  const [first = '', ...rest] = ids;
  let left = referencesBytes - first.length;
  const kept = rest.toReversed().filter((id) => {
    left -= id.length + 1;
    return left >= 0;
  });
  return [first, ...kept.toReversed()];
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function htmlOf(text: string): string {
  const escaped = text.trim().replace(/[&<>"']/g, (character) => entities[character] ?? '');
  const paragraphs = escaped.split(/\n{2,}/).map((paragraph) => `<p>${paragraph.replace(/\r?\n/g, '<br>\n')}</p>`);
  return `<!doctype html>\n<html><body>\n${paragraphs.join('\n')}\n</body></html>\n`;
}
