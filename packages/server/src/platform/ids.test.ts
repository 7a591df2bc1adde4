import { describe, expect, it } from 'vitest';
import { derivedId, hashOf, newId, newSecret } from './ids.js';

describe('an id', () => {
  it('is new every time', () => {
    expect(new Set(Array.from({ length: 1_000 }, newId)).size).toBe(1_000);
  });

  it('derived from the same parts is the same, and a UUID of version 5', () => {
    const id = derivedId('inbox', 'session', 'm1');
    expect(derivedId('inbox', 'session', 'm1')).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('derived from other parts is another, wherever they are cut', () => {
    const ids = [
      derivedId('a', 'b', 'c'),
      derivedId('ab', 'c'),
      derivedId('a', 'bc'),
      derivedId('abc'),
      derivedId('a","b', 'c'),
      derivedId('c', 'b', 'a'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a secret', () => {
  it('has 256 bits and travels in a URL as it is', () => {
    expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(newSecret()).not.toBe(newSecret());
  });

  it('is kept as what tells nothing of it', () => {
    expect(hashOf('open sesame')).toBe(hashOf('open sesame'));
    expect(hashOf('open sesame')).not.toBe(hashOf('open sesame!'));
    expect(hashOf('open sesame')).not.toContain('sesame');
  });
});
