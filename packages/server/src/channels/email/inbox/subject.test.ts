import { expect, test } from 'vitest';
import { bareSubject } from './subject.js';

test('an answer is about what was asked, whatever the mail program calls it', () => {
  const asked = bareSubject('Where is my tea?');
  for (const answer of [
    'Re: Where is my tea?',
    'RE[2]: AW: Where  is my tea?',
    'Antw: where is my tea?',
    '[EXTERNAL] Re: Where is my tea?',
    'AW: [EXTERN] Re: Where is my tea?',
    '回复：Where is my tea?',
    'Fwd: Re: Where is\tmy tea? ',
  ])
    expect(bareSubject(answer)).toBe(asked);
});

test('another subject is another, also one that begins with a word and a colon', () => {
  expect(bareSubject('Re: Coffee')).not.toBe(bareSubject('Re: Tea'));
  expect(bareSubject('Order: tea')).toBe('order: tea');
});

test('a subject of a megabyte of tags is read at once', () => {
  expect(bareSubject('Re: '.repeat(250_000))).toBe('');
});
