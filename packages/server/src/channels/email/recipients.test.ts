import { expect, test } from 'vitest';
import { recipientsOf } from './recipients.js';

const own = new Set(['support@tea.example', 'sales@tea.example']);
const one = (address: string, name = '') => ({ address, name });
const ana = one('ana@customers.example', 'Ana');
const ben = one('ben@customers.example', 'Ben');
const eva = one('eva@customers.example');
const mail = { from: ana, to: [one('support@tea.example')], cc: [], replyTo: null };

test('an answer goes to whoever wrote, and to everybody else who got the mail', () => {
  expect(recipientsOf(mail, own)).toEqual({ to: [ana], cc: [] });
  const toMany = { ...mail, to: [ben, ...mail.to], cc: [eva] };
  expect(recipientsOf(toMany, own)).toEqual({ to: [ana, ben], cc: [eva] });
});

test('never to ourselves, under any tag or other mailbox, and to nobody twice', () => {
  const cc = [one('SALES@tea.example'), one('support+c.abc@tea.example'), one('Ana@Customers.example'), eva];
  expect(recipientsOf({ ...mail, to: [...mail.to, eva], cc }, own)).toEqual({ to: [ana, eva], cc: [] });
});

test('Reply-To is where the sender wants his answer, not one more recipient', () => {
  const atWork = one('ana@work.example');
  expect(recipientsOf({ ...mail, replyTo: atWork, cc: [atWork, ana] }, own)).toEqual({ to: [atWork], cc: [] });
  expect(recipientsOf({ ...mail, from: one('support@tea.example'), replyTo: ben }, own).to).toEqual([ben]);
  expect(recipientsOf({ ...mail, replyTo: one('@unknown') }, own).to).toEqual([ana]);
});

test('Reply-To of a mail that is not from whom it says is not followed', () => {
  const forged = { ...mail, replyTo: one('thief@evil.example'), authenticity: 'failed' as const };
  expect(recipientsOf(forged, own).to).toEqual([ana]);
});

test('Chatwoot PR 15581: where we got a blind copy, only the sender is answered', () => {
  expect(recipientsOf({ ...mail, to: [ben], cc: [eva] }, own)).toEqual({ to: [ana], cc: [] });
});

test('Chatwoot utils#69: whoever was not party to the mail answered is not added to the answer', () => {
  expect(recipientsOf({ ...mail, from: ben, cc: [eva] }, own)).toEqual({ to: [ben], cc: [eva] });
});

test('a mail that an agent passed on is answered to its author and whom he wrote to, not to the agent', () => {
  const mia = one('mia@tea.example', 'Mia');
  const passedOn = { ...mail, to: [mia], cc: [eva], forwardedBy: mia };
  expect(recipientsOf(passedOn, own)).toEqual({ to: [ana], cc: [eva] });
});

test('a mail to hundreds is answered to forty', () => {
  const cc = Array.from({ length: 300 }, (_, n) => one(`${n}@customers.example`));
  const { to, cc: copies } = recipientsOf({ ...mail, cc }, own);
  expect(to.length + copies.length).toBe(40);
});
