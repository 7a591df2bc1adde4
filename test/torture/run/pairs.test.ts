import { expect, test } from 'vitest';
import type { Fault, Resource } from '../faults/fault.js';
import { randomOf } from '../random.js';
import { inPairs } from './pairs.js';

const fault = (id: string, ...meets: Resource[]): Fault => ({
  id,
  title: id,
  meets,
  inject: async () => async () => {},
});

test('faults that break different things go together, each once, and nobody is left over for want of order', () => {
  const faults = [fault('F01', 'nodes'), fault('F02', 'nodes', 'redis'), fault('F12', 'mongo'), fault('F21', 'redis')];
  const ids = inPairs(faults).map((group) => group.map(({ id }) => id).join('+'));
  expect(ids).toEqual(['F01+F21', 'F02+F12']);
});

test('what breaks connections does not go with what stops the server', () => {
  const faults = [fault('F12', 'mongo'), fault('F26', 'network'), fault('F40', 'imap')];
  expect(inPairs(faults).map((group) => group.length)).toEqual([2, 1]);
  expect(inPairs(faults.slice(0, 2))).toHaveLength(2);
});

test('the same seed draws the same, and everybody has a sequence of his own', () => {
  const draw = (seed: number, name: string) => {
    const random = randomOf(seed).fork(name);
    return Array.from({ length: 5 }, () => random.between(1, 1000));
  };
  expect(draw(7, 'ana')).toEqual(draw(7, 'ana'));
  expect(draw(7, 'ana')).not.toEqual(draw(7, 'ben'));
  expect(draw(7, 'ana')).not.toEqual(draw(8, 'ana'));
});
