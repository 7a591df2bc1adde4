import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Emitter } from './emitter.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a listener hears until it unsubscribes', () => {
  const emitter = new Emitter<{ said: string }>();
  const heard: string[] = [];
  const stop = emitter.on('said', (text) => heard.push(text));
  emitter.emit('said', 'one');
  stop();
  emitter.emit('said', 'two');
  expect(heard).toEqual(['one']);
});

test('a listener that fails disturbs neither the others nor whoever tells, and its error is not lost', () => {
  const emitter = new Emitter<{ said: string }>();
  const heard: string[] = [];
  emitter.on('said', () => {
    throw new Error('a fault of the page');
  });
  emitter.on('said', (text) => heard.push(text));
  emitter.emit('said', 'one');
  expect(heard).toEqual(['one']);
  expect(() => vi.runAllTimers()).toThrow('a fault of the page');
});
