import { expect, test } from 'vitest';
import { Room } from './room.js';

/** Work that goes on until it is told to end, and who is at it. */
function workshop(size: number) {
  const room = new Room(size);
  const inside = new Map<string, () => void>();
  const begin = (name: string, weight: number) =>
    room.hold(weight, () => new Promise<void>((end) => inside.set(name, end))).finally(() => inside.delete(name));
  const end = async (name: string) => {
    inside.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begin, end, inside: () => [...inside.keys()] };
}

test('as many are inside as fit, and the others follow in their order', async () => {
  const { begin, end, inside } = workshop(10);
  const all = [begin('ana', 6), begin('ben', 3), begin('carl', 5), begin('dora', 1)];
  await end('nobody');
  expect(inside()).toEqual(['ana', 'ben']);
  await end('ana');
  expect(inside()).toEqual(['ben', 'carl', 'dora']);
  for (const name of ['ben', 'carl', 'dora']) await end(name);
  await Promise.all(all);
});

test('what is larger than the room is inside alone', async () => {
  const { begin, end, inside } = workshop(10);
  const all = [begin('ana', 1), begin('elephant', 99), begin('ben', 1)];
  await end('nobody');
  expect(inside()).toEqual(['ana']);
  await end('ana');
  expect(inside()).toEqual(['elephant']);
  await end('elephant');
  expect(inside()).toEqual(['ben']);
  await end('ben');
  await Promise.all(all);
});

test('who fails leaves his place', async () => {
  const room = new Room(1);
  await expect(room.hold(1, () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  expect(await room.hold(1, async () => 'Yes.')).toBe('Yes.');
});
