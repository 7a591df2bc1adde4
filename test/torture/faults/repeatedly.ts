import { setTimeout as sleep } from 'node:timers/promises';
import type { Heal } from './fault.js';

/** Does it now and every so often, until it is stopped. */
export async function repeatedly(everyMs: number, act: () => void | Promise<void>): Promise<Heal> {
  let over = false;
  const acting = (async () => {
    while (!over) {
      await act();
      await sleep(everyMs);
    }
  })();
  return async () => {
    over = true;
    await acting;
  };
}
