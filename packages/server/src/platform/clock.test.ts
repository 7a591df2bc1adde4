import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { sleep } from './clock.js';

describe('sleep', () => {
  it('ends by itself', async () => {
    await sleep(1);
  });

  it('ends as soon as its signal aborts', async () => {
    const waking = new AbortController();
    const sleeping = sleep(3_600_000, waking.signal);
    waking.abort();
    await sleeping;
  });

  it('does not begin after its signal aborted', async () => {
    await sleep(3_600_000, AbortSignal.abort());
  });

  it('lets go of the signal when it is over', async () => {
    const { signal } = new AbortController();
    await sleep(1, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
