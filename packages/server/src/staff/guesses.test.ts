import { expect, test } from 'vitest';
import { Guesses } from './guesses.js';

const here = '203.0.113.7';

test('whoever guesses too often has to wait, for this account and from this place', async () => {
  const guesses = new Guesses();
  for (let i = 0; i < 10; i++) await guesses.count('ana', here);
  await expect(guesses.count('ana', here)).rejects.toMatchObject({
    code: 'too_many',
    details: { retryAfterMs: expect.any(Number) },
  });
  await guesses.count('ben', here);
  await guesses.count('ana', '203.0.113.8'); // nobody elsewhere is locked out by it
});

test('whoever knows his password never has to', async () => {
  const guesses = new Guesses();
  for (let i = 0; i < 100; i++) {
    await guesses.count('ana', here);
    await guesses.forgive('ana', here);
  }
  for (let i = 0; i < 10; i++) await guesses.count('ana', here);
});
