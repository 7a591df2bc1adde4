import { expect, test } from 'vitest';
import { type AnswerFacts, reasonForSilence } from './may-answer.js';

const facts: AnswerFacts = { own: new Set(['support@tea.example']), inTrouble: false, answeredLately: false };
const mailBy = (address: string, given: { mailClass?: string; returnPathEmpty?: true; replyTo?: string } = {}) => ({
  mail: {
    messageId: '<1@a>',
    subject: 'Tea',
    from: { address, name: '' },
    to: [],
    cc: [],
    date: null,
    mailClass: given.mailClass ?? 'human',
    references: [],
    replyTo: given.replyTo ? { address: given.replyTo, name: '' } : null,
    ...(given.returnPathEmpty ? { returnPathEmpty: true as const } : {}),
  },
});
const ana = 'ana@customers.example';

test('a person who wrote by mail may be answered by a machine', () => {
  expect(reasonForSilence(mailBy(ana), facts)).toBeNull();
  expect(reasonForSilence({}, facts)).toBe('no_mail');
});

test('no machine is answered by a machine', () => {
  for (const mailClass of ['bounce', 'auto_reply', 'auto_generated', 'list', 'feedback_report', 'delivery_success'])
    expect(reasonForSilence(mailBy(ana, { mailClass }), facts)).toBe('machine');
  expect(reasonForSilence({ ...mailBy(ana), automatic: true }, facts)).toBe('machine');
});

test('mail from before the mailbox was connected is answered by people only', () => {
  const { mail } = mailBy(ana);
  expect(reasonForSilence({ mail: { ...mail, history: true } }, facts)).toBe('history');
});

test('an empty return path asks for no answer', () => {
  expect(reasonForSilence(mailBy(ana, { returnPathEmpty: true }), facts)).toBe('asks_for_none');
});

test('our own mailboxes are not answered, also not where they are only the reply address', () => {
  expect(reasonForSilence(mailBy('Support@Tea.example'), facts)).toBe('own_address');
  expect(reasonForSilence(mailBy(ana, { replyTo: 'support@tea.example' }), facts)).toBe('own_address');
});

test('addresses that nobody reads are not answered', () => {
  const unread = [
    'no-reply@a',
    'noreply@a',
    'do_not_reply@a',
    'donotreply+7@a',
    'MAILER-DAEMON@a',
    'tea-bounces@a',
    '',
  ];
  for (const address of [...unread, 'owner-tea@a', 'tea-request@a'])
    expect(reasonForSilence(mailBy(address), facts)).toBe('nobody_reads');
  for (const address of ['norbert@a.example', 'nora.reply@a.example', 'abused@a.example'])
    expect(reasonForSilence(mailBy(address), facts)).toBeNull();
});

test('nor a dead address, nor who complained, nor anybody twice a day', () => {
  expect(reasonForSilence(mailBy(ana), { ...facts, inTrouble: true })).toBe('trouble');
  expect(reasonForSilence(mailBy(ana), { ...facts, answeredLately: true })).toBe('answered');
});
