import { expect, test } from 'vitest';
import { isTrusted, type Learned, learn } from './trusted-server.js';

const day = 86_400_000;
const mailbox = 'support@tea.example';
const at = (days: number) => new Date(days * day);

/** As many mails as days, from as many domains as told, each with this name on top. */
const fed = (mails: number, domains: number, top: string | null = 'mx.tea.example', before: Learned | null = null) =>
  Array.from({ length: mails }, (_, n) => n).reduce<Learned | null>(
    (learned, n) => learn(learned, { top, from: `ana@${n % domains}.example`, mailbox, at: at(n / 5) }),
    before,
  );

test('a server that names itself on top of every mail, of many people and for days, is trusted', () => {
  const learned = fed(20, 10);
  expect(learned && isTrusted(learned, at(4))).toBe(true);
});

test('few mails, few senders or a day are not enough', () => {
  for (const [mails, domains, day] of [
    [19, 10, 4],
    [200, 9, 100],
    [20, 10, 2],
  ] as const) {
    const learned = fed(mails, domains);
    expect(learned && isTrusted(learned, at(day))).toBe(false);
  }
});

test('one mail without the name, or with another on top, and it is trusted no more', () => {
  const learned = fed(20, 10);
  expect(learn(learned, { top: null, from: 'eva@customers.example', mailbox, at: at(9) })).toBeNull();
  const other = learn(learned, { top: 'mx.evil.example', from: 'eva@customers.example', mailbox, at: at(9) });
  expect(other).toMatchObject({ server: 'mx.evil.example', mails: 1 });
});

test('mail from colleagues, which passes no check, says nothing', () => {
  const learned = fed(20, 10);
  expect(learn(learned, { top: null, from: 'mia@tea.example', mailbox, at: at(9) })).toBe(learned);
});

test('once enough is known, nothing is written any more', () => {
  const learned = fed(20, 10);
  expect(fed(5, 5, 'mx.tea.example', learned)).toBe(learned);
});
