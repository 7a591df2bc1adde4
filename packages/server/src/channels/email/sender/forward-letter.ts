import type { Language, MailHead } from '@helpline/protocol';
import type { Entry, MessageEntry } from '../../../journal/index.js';
import { sayIn } from '../texts.js';

/** Pure. The words of whoever forwards, then the message as it came. */
export function forwardedText(words: string, { at, actor, payload }: MessageEntry, language: Language): string {
  const { mail, text } = payload;
  const say = sayIn(language);
  const head = [
    `---------- ${say('mail.forwarded')} ----------`,
    `${say('mail.forwarded.from')}: ${mail ? sayPeople([mail.from]) : (actor.name ?? '')}`,
    `${say('mail.forwarded.date')}: ${mail?.date ?? at.toISOString()}`,
    ...(mail ? [`${say('mail.forwarded.subject')}: ${mail.subject}`] : []),
    ...(mail?.to.length ? [`${say('mail.forwarded.to')}: ${sayPeople(mail.to)}`] : []),
    ...(mail?.cc.length ? [`${say('mail.forwarded.cc')}: ${sayPeople(mail.cc)}`] : []),
  ];
  return [...(words.trim() ? [words, ''] : []), ...head, '', mail?.fullText ?? text].join('\n');
}

const sayPeople = (people: MailHead['to']): string =>
  people.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');

/** Pure. */
export const forwardedSubject = (subject: string, language: Language): string =>
  `Fwd: ${subject.replace(/^(\s*(fwd?|wg|tr|rv|i|enc)\s*:)+\s*/i, '').trim() || sayIn(language)('mail.no_subject')}`;

export const isMessage = (entry: Entry | undefined): entry is MessageEntry =>
  entry?.type === 'message' && entry.hash !== null;
