import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again; false when the time is up. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { upToMs, everyMs = 50 }: { upToMs: number; everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + upToMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await sleep(everyMs);
  }
  return true;
}
