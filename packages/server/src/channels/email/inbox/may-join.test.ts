import { expect, test } from 'vitest';
import { type Joining, whyApart } from './may-join.js';

const answer: Joining = {
  takesPart: true,
  authenticity: 'unknown',
  isSigned: true,
  isByPerson: true,
  status: 'open',
};

test('whoever takes part goes on, also after the matter was settled', () => {
  expect(whyApart(answer)).toBeNull();
  expect(whyApart({ ...answer, isSigned: false, status: 'resolved' })).toBeNull();
});

test('a stranger stays outside, whatever id he names', () => {
  expect(whyApart({ ...answer, takesPart: false })).toBe('other_sender');
  expect(whyApart({ ...answer, takesPart: false, authenticity: 'verified', status: 'closed' })).toBe('other_sender');
});

test('who is not who he says needs an id that only we can make', () => {
  expect(whyApart({ ...answer, authenticity: 'failed' })).toBeNull();
  expect(whyApart({ ...answer, authenticity: 'failed', isSigned: false })).toBe('unverified');
});

test('a person’s answer to what is closed begins anew, a machine’s opens nothing', () => {
  expect(whyApart({ ...answer, status: 'closed' })).toBe('closed');
  expect(whyApart({ ...answer, status: 'closed', isByPerson: false })).toBeNull();
});
