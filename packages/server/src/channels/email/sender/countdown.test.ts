import { expect, test } from 'vitest';
import { Countdown } from './countdown.js';

const never = new Promise<never>(() => {});

test('what comes in time is given on', async () => {
  const countdown = new Countdown(60_000);
  expect(await countdown.limit(Promise.resolve('in time'))).toBe('in time');
  countdown.stop();
});

test('what does not come is given up, also what is begun later', async () => {
  const countdown = new Countdown(60_000);
  const waiting = countdown.limit(never);
  countdown.restart(1);
  await expect(waiting).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await expect(countdown.limit(never)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});
