import { sleep } from './clock.js';
import type { Logger } from './logger.js';

/** Does something again and again until `held` aborts; what fails is told and tried again. */
export async function nowAndThen(
  everyMs: number,
  { held, log, what }: { held: AbortSignal; log: Logger; what: string },
  work: () => Promise<unknown>,
): Promise<void> {
  while (!held.aborted) {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error }, `${what} failed, trying again`);
    }
    await sleep(everyMs, held);
  }
}
