import type { Heal } from './fault.js';

/** Does it again and again until it is healed; the last time is waited for. */
export function untilHealed(strike: () => Promise<void>, afterwards: Heal = async () => {}): Heal {
  let over = false;
  const striking = (async () => {
    while (!over) await strike();
  })();
  striking.catch(() => {}); // told to whoever heals
  return async () => {
    over = true;
    await striking;
    await afterwards();
  };
}
