import { expect, test } from 'vitest';
import { Turns } from './turns.js';

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
  const turns = new Turns();
  const { begun, work, settle, end } = workshop();
  const all = [
    turns.run(['ana'], work('a question by Ana')),
    turns.run(['ben'], work('a question by Ben')),
    turns.run(['ana', 'ben'], work('an answer to both')),
    turns.run(['ben'], work('Ben again')),
    turns.run([], work('nobody')),
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
  const turns = new Turns();
  const { work, settle, end } = workshop();
  const first = turns.run(['ana'], work('first'));
  const second = turns.run(['ana'], async () => 'second');
  await settle();
  end('first', new Error('The database is busy.'));
  await expect(first).rejects.toThrow('busy');
  expect(await second).toBe('second');
});

const inOrderOf = (order: string[]) => (a: string, b: string) => order.indexOf(a) - order.indexOf(b);
