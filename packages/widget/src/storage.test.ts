import { assert } from 'chai';
import { storage } from './storage.js';

describe('storage', () => {
  afterEach(() => storage.removeItem('k'));

  it('keeps in localStorage', () => {
    storage.setItem('k', 'v');
    assert.equal(localStorage.getItem('k'), 'v');
    storage.removeItem('k');
    assert.isNull(storage.getItem('k'));
  });

  it('remembers for as long as the page lives where localStorage is denied', () => {
    const own = Object.getOwnPropertyDescriptor(window, 'localStorage') ?? {};
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('Denied', 'SecurityError');
      },
    });
    storage.setItem('k', 'v');
    assert.equal(storage.getItem('k'), 'v');
    Object.defineProperty(window, 'localStorage', own);
  });
});
