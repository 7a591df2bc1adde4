import { expect, test } from 'vitest';
import { classify } from './outcome.js';

const answer = (responseCode: number) => Object.assign(new Error('no'), { responseCode, code: 'EMESSAGE' });
const silence = (code: string) => Object.assign(new Error('gone'), { code });

test('a clear answer of the server counts, whenever it came', () => {
  for (const dataBegan of [false, true]) {
    expect(classify(answer(550), dataBegan).state).toBe('failed');
    expect(classify(answer(552), dataBegan).state).toBe('failed');
    expect(classify(answer(451), dataBegan).state).toBe('retry');
    expect(classify(answer(503), dataBegan).state).toBe('retry');
  }
});

test('without an answer it matters whether the text was on its way', () => {
  for (const code of ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'ECONNREFUSED']) {
    expect(classify(silence(code), false).state).toBe('retry');
    expect(classify(silence(code), true).state).toBe('unknown');
  }
});

test('a refused login is the mailbox, not the mail', () => {
  const refused = Object.assign(new Error('Invalid login'), { code: 'EAUTH', responseCode: 535 });
  expect(classify(refused, false)).toMatchObject({ state: 'retry', isLogin: true });
});

test('a mail that can not be sent at all is not tried again', () => {
  expect(classify(silence('EMESSAGE'), false).state).toBe('failed');
  expect(classify('nonsense', false).state).toBe('retry');
});
