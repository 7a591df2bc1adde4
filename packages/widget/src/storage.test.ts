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

  it('sees what another tab has kept under the same key', () => {
    storage.setItem('k', 'v');
    localStorage.setItem('k', 'w');
    assert.equal(storage.getItem('k'), 'w');
  });

  it('remembers what localStorage has no room for', () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('Full', 'QuotaExceededError');
    };
    storage.setItem('k', 'v');
    Storage.prototype.setItem = setItem;
    assert.equal(storage.getItem('k'), 'v');
    storage.setItem('k', 'w');
    assert.equal(localStorage.getItem('k'), 'w');
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
