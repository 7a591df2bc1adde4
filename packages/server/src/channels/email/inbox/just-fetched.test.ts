import { expect, test } from 'vitest';
import { JustFetched } from './just-fetched.js';

const megabytes = (n: number): Buffer => Buffer.alloc(n * 1024 * 1024);

test('a mail is given once', () => {
  const fetched = new JustFetched();
  const raw = Buffer.from('Hello');
  fetched.add('tea', raw);
  expect(fetched.take('tea')).toBe(raw);
  expect(fetched.take('tea')).toBeUndefined();
});

test('of many large mails the newest are kept, and one that is too large is not', () => {
  const fetched = new JustFetched();
  for (const name of ['first', 'second', 'third']) fetched.add(name, megabytes(30));
  fetched.add('huge', megabytes(65));
  expect(fetched.take('first')).toBeUndefined();
  expect(fetched.take('huge')).toBeUndefined();
  expect(fetched.take('second')).toHaveLength(megabytes(30).length);
  for (const name of ['fourth', 'fifth']) fetched.add(name, megabytes(30));
  expect(fetched.take('third')).toBeUndefined();
  expect(fetched.take('fourth')).toBeDefined();
});
