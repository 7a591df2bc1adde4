import { afterEach, describe, expect, it, vi } from 'vitest';
import { answered } from './database.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('a call to MongoDB', () => {
  it('ends, even if its answer never comes', async () => {
    vi.useFakeTimers();
    const call = expect(answered(new Promise(() => {}))).rejects.toThrow('no answer');
    await vi.advanceTimersByTimeAsync(25_000);
    await call;
  });

  it('gives its answer or its failure, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    await expect(answered(Promise.resolve(42))).resolves.toBe(42);
    await expect(answered(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(vi.getTimerCount()).toBe(0);
  });
});
