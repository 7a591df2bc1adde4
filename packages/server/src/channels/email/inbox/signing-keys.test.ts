import { expect, test } from 'vitest';
import { rememberKeys } from './signing-keys.js';

const coded = (code: string) => Object.assign(new Error(code), { code });

function asked(answer: (name: string) => Promise<string[][]>) {
  const names: string[] = [];
  let time = 0;
  const ask = (name: string) => {
    names.push(name);
    return answer(name);
  };
  const find = rememberKeys(ask, () => time);
  return { names, find, wait: (ms: number) => (time += ms) };
}

test('a key is asked for once an hour, also one that is not there', async () => {
  const { names, find, wait } = asked(async (name) =>
    name === 'none' ? Promise.reject(coded('ENOTFOUND')) : [['key']],
  );
  for (const name of ['a', 'A', 'none', 'none', 'b']) await find(name, 'TXT').catch(() => {});
  expect(names).toEqual(['a', 'none', 'b']);
  wait(3_600_000);
  expect(await find('a', 'TXT')).toEqual([['key']]);
  expect(names).toHaveLength(4);
});

test('after nobody answered, nobody is asked for a minute', async () => {
  const { names, find, wait } = asked(() => Promise.reject(coded('ETIMEOUT')));
  await expect(find('a', 'TXT')).rejects.toThrow('ETIMEOUT');
  await expect(find('b', 'TXT')).rejects.toThrow('Nobody answers.');
  expect(names).toEqual(['a']);
  wait(60_000);
  await expect(find('a', 'TXT')).rejects.toThrow('ETIMEOUT');
});
