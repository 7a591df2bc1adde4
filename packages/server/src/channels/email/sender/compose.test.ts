import { expect, test } from 'vitest';
import { readMail } from '../read/read-mail.js';
import { compose, type Letter, subjectOf, threadingOf } from './compose.js';

const answers: NonNullable<Letter['answers']> = {
  messageId: '<2@ana>',
  subject: 'Where is my tea?',
  from: { address: 'ana@customers.example', name: 'Ana' },
  to: [],
  cc: [],
  replyTo: null,
  date: null,
  mailClass: 'human',
  references: ['<1@ana>'],
};
const letter: Letter = {
  from: { name: 'Tea "Support"', address: 'support@tea.example' },
  to: [{ address: 'ana@customers.example', name: '' }],
  cc: [],
  replyTo: null,
  messageId: '<ours@tea.example>',
  text: 'It is <b>here</b>.\n\nSee & smell.\nMia',
  brand: 'Tea House',
  language: 'en',
  threadIndex: 'AQ==',
  answers,
  subject: null,
  signature: '',
  attachments: [],
  linked: [],
  linkedUntil: new Date('2026-12-22T10:00:00Z'),
  date: new Date('2026-11-22T10:00:00Z'),
  sentBefore: [],
  leftChat: false,
  automatic: false,
  unsubscribe: null,
  loopMark: 'tea',
};

test('what Helpline adds is in the language of the mailbox', async () => {
  const raw = await readMail(await compose({ ...letter, answers: null, leftChat: true, language: 'de' }));
  expect(raw.subject).toBe('Ihr Gespräch mit Tea House');
  expect(raw.text).toContain('Sie können auf diese Mail antworten.');
});

test('Outlook puts it to the mails it belongs to', async () => {
  const raw = String(await compose(letter));
  expect(raw).toContain('Thread-Topic: Where is my tea?');
  expect(raw).toContain('Thread-Index: AQ==');
});

test('the text is there twice, as it was written and as harmless HTML', async () => {
  const mail = await readMail(await compose(letter));
  expect(mail).toMatchObject({
    from: { name: 'Tea "Support"', address: 'support@tea.example' },
    subject: 'Re: Where is my tea?',
    messageId: '<ours@tea.example>',
    inReplyTo: ['<2@ana>'],
    references: ['<1@ana>', '<2@ana>', '<ours@tea.example>'],
    class: 'human',
    loopMarks: ['tea'],
  });
  const raw = String(await compose(letter));
  expect(raw).toContain('It is <b>here</b>.');
  expect(raw).toContain('It is &lt;b&gt;here&lt;/b&gt;.');
});

test('line breaks in what others wrote make no headers', async () => {
  const subject = 'Tea\r\nBcc: eve@evil.example';
  const raw = String(await compose({ ...letter, answers: { ...answers, subject, messageId: '<a@b>\r\nX-Evil: 1' } }));
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  expect(head).not.toMatch(/^(bcc|x-evil):/im);
});

test('a subject has one Re:, and always words', () => {
  const subjectFor = (subject: string) => subjectOf({ ...letter, answers: { ...answers, subject } });
  expect(subjectFor('Re: AW: re[2]: Tea')).toBe('Re: Tea');
  expect(subjectFor('Reply wanted')).toBe('Re: Reply wanted');
  expect(subjectFor('Re:')).toBe('Re: (no subject)');
  expect(subjectOf({ ...letter, answers: null })).toBe('Your conversation with Tea House');
});

test('references keep the first and the last, and stay short', () => {
  const references = Array.from({ length: 200 }, (_, n) => `<${n}-${'x'.repeat(40)}@ana>`);
  const threading = threadingOf({ answers: { ...answers, references }, sentBefore: [], messageId: '<ours@tea>' });
  expect(threading.references.join(' ').length).toBeLessThanOrEqual(1_500);
  expect(threading.references[0]).toBe(references[0]);
  expect(threading.references.slice(-2)).toEqual(['<2@ana>', '<ours@tea>']);
});

test('a second mail of ours into a chat hangs on the first', () => {
  expect(threadingOf({ answers: null, sentBefore: ['<a@tea>', '<b@tea>'], messageId: '<c@tea>' })).toEqual({
    inReplyTo: '<b@tea>',
    references: ['<a@tea>', '<b@tea>', '<c@tea>'],
  });
});

test('the same letter is the same mail, byte for byte', async () => {
  const attachments = [{ filename: 'a.txt', content: Buffer.from('a') }];
  const pause = new Promise((resolve) => setTimeout(resolve, 5));
  const first = await compose({ ...letter, attachments });
  await pause;
  expect((await compose({ ...letter, attachments })).equals(first)).toBe(true);
  expect(String(first)).toContain('Date: Sun, 22 Nov 2026 10:00:00 +0000');
});

test('addresses in the text are links, and nothing else is', async () => {
  const text = 'See https://tea.example/?a=1&b="x" (or http://tea.example/b). javascript:alert(1) <a href=x>';
  const { html } = await readMail(await compose({ ...letter, text }));
  expect(html?.match(/href="[^"]*"/g)).toEqual([
    'href="https://tea.example/?a=1&amp;b="',
    'href="http://tea.example/b"',
  ]);
});
