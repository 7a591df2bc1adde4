import { setImmediate } from 'node:timers/promises';

const atATimeMs = 20;

/** Works step by step, and lets everybody else have his turn before anybody notices: what is asked meanwhile is answered. */
export async function unhurried(
  steps: Iterator<void>,
  rested: () => void,
  now = () => performance.now(),
): Promise<void> {
  let since = now();
  while (!steps.next().done) {
    if (now() - since < atATimeMs) continue;
    rested();
    await setImmediate();
    since = now();
  }
}
