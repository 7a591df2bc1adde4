import { expect, test } from 'vitest';
import { explore, type Model } from './explore.js';

/** Two who both want the fork: each looks, and takes it if it was free when he looked. */
const forks = (take: (isFree: boolean) => boolean): Model<{ free: boolean; eats: [boolean, boolean] }> => ({
  start: { free: true, eats: [false, false] },
  steps: ({ free, eats: [ana, ben] }) => [
    ...(take(free) ? [{ what: 'Ana takes it', to: { free: false, eats: [true, ben] as [boolean, boolean] } }] : []),
    ...(take(free) ? [{ what: 'Ben takes it', to: { free: false, eats: [ana, true] as [boolean, boolean] } }] : []),
  ],
  wrong: ({ eats: [ana, ben] }) => (ana && ben ? 'both eat' : null),
  settled: ({ free }) => !free,
});

test('a sound world is seen through to its end', async () => {
  expect(await explore(forks((isFree) => isFree))).toEqual({ states: 3, steps: 2, counterexample: null });
});

test('the shortest way to something wrong is told', async () => {
  const { counterexample } = await explore(forks(() => true));
  expect(counterexample?.split('\n').map((line) => line.trim())).toEqual([
    'both eat:',
    'Ana takes it',
    'Ben takes it',
    '{"free":false,"eats":[true,true]}',
  ]);
});

/** Counts to three, and perhaps stumbles at two. */
const counting = (maybe: { maybe?: true }): Model<number> => ({
  start: 0,
  steps: (n) => {
    if (n === 2)
      return [
        { what: 'stumbles', to: -1, maybe: true },
        { what: 'counts', to: 3, ...maybe },
      ];
    return n >= 0 && n < 3 ? [{ what: 'counts', to: n + 1 }] : [];
  },
  wrong: () => null,
  settled: (n) => n === 3 || n === -1,
});

test('what only perhaps happens is no way to settle', async () => {
  expect((await explore(counting({}))).counterexample).toBeNull();
  expect((await explore(counting({ maybe: true }))).counterexample).toBe('it never settles:');
});

test('going in circles is no reason to be wrong, as long as there is a way out', async () => {
  const circle = (exit: boolean): Model<number> => ({
    start: 0,
    steps: (n) => [{ what: 'on', to: (n + 1) % 3 }, ...(exit && n === 2 ? [{ what: 'out', to: 9 }] : [])],
    wrong: () => null,
    settled: (n) => n === 9,
  });
  expect(
    (await explore({ ...circle(true), steps: (n) => (n === 9 ? [] : circle(true).steps(n)) })).counterexample,
  ).toBeNull();
  expect((await explore(circle(false))).counterexample).toContain('never settles');
});
