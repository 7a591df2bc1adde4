import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendingOf } from '../sending-settings.js';
import type { Mailbox } from '../store.js';
import { Ground } from '../testing/email-desk.js';
import { Pace } from './pace.js';

let ground: Ground;
let support: Mailbox;

beforeAll(async () => {
  ground = await Ground.lay('pace');
  support = await ground.addMailbox(25);
});
beforeEach(() => ground.store.paces.deleteMany({}));
afterAll(() => ground?.close());

test('a mailbox without a limit may always send, and nobody is asked', async () => {
  expect(await ask(new Pace(ground.store), support, 5)).toEqual([0, 0, 0, 0, 0]);
  expect(await ground.store.paces.countDocuments()).toBe(0);
});

test('with ten a minute one may go, and the others wait six seconds each', async () => {
  const waits = await ask(new Pace(ground.store), limited(10), 4);
  expect(waits[0]).toBe(0);
  for (const [i, wait] of waits.entries()) expect(Math.abs(wait - 6 * i)).toBeLessThanOrEqual(2);
});

test('two nodes share one pace', async () => {
  const [one, other] = [new Pace(ground.store), new Pace(ground.store)];
  const waits = [await ask(one, limited(1), 1), await ask(other, limited(1), 1), await ask(one, limited(1), 1)].flat();
  expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
});

test('a large limit lets those of a second go at once', async () => {
  const waits = await ask(new Pace(ground.store), limited(6_000), 100);
  expect(waits).toEqual(waits.map(() => 0));
  expect((await ask(new Pace(ground.store), limited(6_000), 100)).filter((wait) => wait > 0)).not.toEqual([]);
});

test('a provider that is known to take only so many gets no more', async () => {
  const atMicrosoft = { ...support, smtp: { ...support.smtp, host: 'smtp.office365.com' } };
  expect((await ask(new Pace(ground.store), atMicrosoft, 3)).filter((wait) => wait === 0)).toHaveLength(1);
});

const limited = (mailsAMinute: number): Mailbox => ({ ...support, sending: { ...sendingOf(support), mailsAMinute } });

/** How many seconds each of so many mails has to wait. */
async function ask(pace: Pace, mailbox: Mailbox, mails: number): Promise<number[]> {
  const times = await Promise.all(Array.from({ length: mails }, () => pace.next(mailbox)));
  return times.map((time) => (time ? Math.max(1, Math.round((time.getTime() - Date.now()) / 1000)) : 0));
}
