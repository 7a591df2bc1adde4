import type { ErrorCode } from '@helpline/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HelplineError } from './errors.js';
import { Outbox } from './outbox.js';
import { type KeyValue, shelfIn } from './shelf.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const failing = (code: ErrorCode, retryAfterMs?: number) =>
  new HelplineError({ code, status: 0, title: code, retryAfterMs });

/** What arrives; `outcomes` are used up one a try, then everything succeeds. */
function wire(outcomes: (HelplineError | 'lost answer')[] = [], storage?: KeyValue) {
  const arrived: { body: string; clientId: string }[] = [];
  const outbox = new Outbox<string>(
    async (body, clientId) => {
      const outcome = outcomes.shift();
      if (outcome === undefined || outcome === 'lost answer') arrived.push({ body, clientId });
      if (outcome) throw outcome === 'lost answer' ? failing('timeout') : outcome;
    },
    () => {},
    storage && shelfIn(storage, 'outgoing'),
  );
  return { outbox, arrived, states: () => outbox.items.map(({ body, state }) => `${body} ${state}`) };
}

describe('an outbox', () => {
  test('shows at once what is sent, and lets go of it when it arrived', async () => {
    const { outbox, arrived, states } = wire();
    outbox.add('one');
    outbox.add('two');
    expect(states()).toEqual(['one pending', 'two pending']);
    await vi.runAllTimersAsync();
    expect(arrived.map(({ body }) => body)).toEqual(['one', 'two']);
    expect(states()).toEqual([]);
  });

  test('repeats a try of unknown outcome under the same clientId, and nothing overtakes it', async () => {
    const { outbox, arrived } = wire(['lost answer', failing('busy', 700), failing('internal')]);
    for (const text of ['one', 'two', 'three']) outbox.add(text);
    await vi.runAllTimersAsync();
    expect(arrived.map(({ body }) => body)).toEqual(['one', 'one', 'two', 'three']);
    expect(arrived[0]?.clientId).toBe(arrived[1]?.clientId);
    expect(new Set(arrived.map(({ clientId }) => clientId)).size).toBe(3);
  });

  test('waits as long as the server asks for', async () => {
    const { outbox, arrived } = wire([failing('too_many', 60_000)]);
    outbox.add('one');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(arrived).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(arrived.map(({ body }) => body)).toEqual(['one']);
  });

  test('tries at once when a link is there again', async () => {
    const { outbox, arrived } = wire([failing('timeout')]);
    outbox.add('one');
    await vi.advanceTimersByTimeAsync(0);
    await outbox.run();
    expect(arrived.map(({ body }) => body)).toEqual(['one']);
    await vi.runAllTimersAsync();
    expect(arrived).toHaveLength(1);
  });

  test('keeps what was refused, with the reason, and sends the rest', async () => {
    const { outbox, arrived, states } = wire([failing('stale')]);
    const refused = outbox.add('one');
    outbox.add('two');
    await vi.runAllTimersAsync();
    expect(arrived.map(({ body }) => body)).toEqual(['two']);
    expect(states()).toEqual(['one failed']);
    expect(outbox.items[0]?.error?.code).toBe('stale');
    outbox.retry(refused.clientId);
    expect(states()).toEqual(['one pending']);
    await vi.runAllTimersAsync();
    expect(arrived.map(({ body }) => body)).toEqual(['two', 'one']);
    expect(states()).toEqual([]);
  });

  test('drops only what failed', async () => {
    const { outbox, states } = wire([failing('forbidden')]);
    const refused = outbox.add('one');
    await vi.runAllTimersAsync();
    const waiting = outbox.add('two');
    outbox.discard(waiting.clientId);
    outbox.discard(refused.clientId);
    expect(states()).toEqual(['two pending']);
  });
});

function memory(): KeyValue & { text(): string | null } {
  let kept: string | null = null;
  return {
    getItem: () => kept,
    setItem: (_key, value) => {
      kept = value;
    },
    removeItem: () => {
      kept = null;
    },
    text: () => kept,
  };
}

const forever = () => Array.from({ length: 99 }, () => failing('timeout', 60_000));

describe('an outbox with a shelf', () => {
  test('goes on after the page went away, under the same clientIds and in the same order', async () => {
    const storage = memory();
    const before = wire(forever(), storage);
    const ids = ['one', 'two'].map((text) => before.outbox.add(text).clientId);
    const { outbox, arrived, states } = wire([], storage);
    expect(states()).toEqual(['one pending', 'two pending']);
    outbox.add('three');
    await vi.advanceTimersByTimeAsync(0);
    expect(arrived.map(({ body }) => body)).toEqual(['one', 'two', 'three']);
    expect(arrived.map(({ clientId }) => clientId).slice(0, 2)).toEqual(ids);
    expect(storage.text()).toBeNull();
  });

  test('leaves what another tab has on its way', async () => {
    const storage = memory();
    const waiting = wire(forever(), storage);
    const quick = wire([], storage);
    waiting.outbox.add('one');
    quick.outbox.add('two');
    await vi.advanceTimersByTimeAsync(0);
    expect(wire([], storage).states()).toEqual(['one pending']);
  });

  test('does not keep what was refused, unless it is tried again', async () => {
    const storage = memory();
    const { outbox } = wire([failing('forbidden')], storage);
    const refused = outbox.add('one');
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.text()).toBeNull();
    outbox.retry(refused.clientId);
    expect(storage.text()).toContain('one');
  });

  test('keeps nothing for somebody else', () => {
    const storage = memory();
    const { outbox } = wire(forever(), storage);
    outbox.add('one');
    outbox.clear();
    expect(storage.text()).toBeNull();
  });

  test.each(['', '{', '7', 'null', '[null, 7, {}, {"clientId": "a"}]'])('begins empty where %j lies there', (text) => {
    const storage = memory();
    storage.setItem('outgoing', text);
    expect(wire([], storage).states()).toEqual([]);
  });
});
