import { expect, test } from 'vitest';
import { Lanes } from './lanes.js';

/** Work that ends when it is told to, and writes down when it begins. */
function workshop() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<void>((resolve, reject) => {
      begun.push(name);
      ends.set(name, (error) => (error ? reject(error) : resolve()));
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { begun, work, settle, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test('what has nothing in common runs side by side, what has waits for all of it', async () => {
  const lanes = new Lanes();
  const { begun, work, settle, end } = workshop();
  const all = [
    lanes.run(['ana'], work('a question by Ana')),
    lanes.run(['ben'], work('a question by Ben')),
    lanes.run(['ana', 'ben'], work('an answer to both')),
    lanes.run(['ben'], work('Ben again')),
    lanes.run([], work('nobody')),
  ];
  await settle();
  expect(begun).toEqual(['nobody', 'a question by Ana', 'a question by Ben'].toSorted(inOrderOf(begun)));
  end('a question by Ana');
  await settle();
  expect(begun).not.toContain('an answer to both');
  end('a question by Ben');
  await settle();
  expect(begun.at(-1)).toBe('an answer to both');
  end('an answer to both');
  await settle();
  expect(begun.at(-1)).toBe('Ben again');
  for (const name of begun) end(name);
  await Promise.all(all);
});

test('what fails stops nobody', async () => {
  const lanes = new Lanes();
  const { work, settle, end } = workshop();
  const first = lanes.run(['ana'], work('first'));
  const second = lanes.run(['ana'], async () => 'second');
  await settle();
  end('first', new Error('The database is busy.'));
  await expect(first).rejects.toThrow('busy');
  expect(await second).toBe('second');
});

const inOrderOf = (order: string[]) => (a: string, b: string) => order.indexOf(a) - order.indexOf(b);
