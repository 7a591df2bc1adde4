import { setTimeout as sleep } from 'node:timers/promises';
import type { Heal } from '../fault.js';
import { untilHealed } from '../until-healed.js';

/** Does it now and every so often, until it is healed. */
export const repeatedly = (everyMs: number, act: () => void | Promise<void>): Heal =>
  untilHealed(async () => {
    await act();
    await sleep(everyMs);
  });
