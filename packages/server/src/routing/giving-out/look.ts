import { endOffers } from '../offers/offers.js';
import type { Desk } from './desk.js';
import { drain } from './drain.js';
import { nextMoment } from './moments.js';
import { moveOn } from './move-on.js';

/**
 * Everything routing does in a workspace when something may have changed there. Gives the moment at which it must look
 * again though nothing changes.
 */
export async function look(desk: Desk, held?: AbortSignal): Promise<Date | null> {
  const now = new Date(); // of all: what becomes due meanwhile has its moment after it
  await desk.refresh();
  await endOffers(desk, now);
  await drain(desk, held);
  if (!held?.aborted) await moveOn(desk, now);
  return nextMoment(desk, now);
}
