import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plants } from './index.js';
import { mutated, type Plant } from './plant.js';

const built = (file: string): string => readFileSync(new URL(`../../../packages/${file}`, import.meta.url), 'utf8');

test('no two plants have one name, and each says who must notice', () => {
  expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length);
  expect(plants.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});

test.each(plants.map((plant) => [plant.name, plant] as const))('%s finds its place in what is built', (_, plant) => {
  for (const file of new Set(plant.mutate.map((mutation) => mutation.file))) {
    const before = built(file);
    const after = mutated(plant, file, before);
    expect(after).not.toBe(before);
    expect(() => execFileSync(process.execPath, ['--check', '--input-type=module'], { input: after })).not.toThrow();
  }
});

test('a place that is not there, or there twice, is an error', () => {
  const plant: Plant = { ...(plants[0] as Plant), name: 'p', mutate: [{ file: 'f.js', find: 'a', replace: 'b' }] };
  expect(mutated(plant, 'f.js', 'xax')).toBe('xbx');
  expect(() => mutated(plant, 'f.js', 'x')).toThrow('0 times');
  expect(() => mutated(plant, 'f.js', 'aa')).toThrow('2 times');
});
