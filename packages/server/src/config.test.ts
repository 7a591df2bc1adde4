import { describe, expect, test } from 'vitest';
import { readConfig } from './config.js';

describe('the environment', () => {
  test('may be empty', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      secretKey: null,
      rateExempt: [],
    });
  });

  test('with a variable set to nothing is as without it', () => {
    const unset = Object.fromEntries(
      ['PORT', 'PUBLIC_URL', 'MONGODB_URI', 'HELPLINE_LEFT_AFTER'].map((name) => [name, ' ']),
    );
    expect(readConfig({ ...unset, HELPLINE_SECRET_KEY: '' })).toEqual(readConfig({}));
  });

  test('is read as it is meant', () => {
    const key = 'ab'.repeat(32);
    expect(
      readConfig({
        PORT: '0',
        HELPLINE_SECRET_KEY: key,
        HELPLINE_LEFT_AFTER: '1.5',
        HELPLINE_RATE_EXEMPT: ' 10.0.0.1, ,::1 ',
        HELPLINE_TRUSTED_PROXIES: '10.0.0.0/8',
        REDIS_URL: 'redis://127.0.0.1:6379',
        HELPLINE_PING: '1',
        HELPLINE_LEASE: '2',
        METRICS_PORT: '9100',
      }),
    ).toMatchObject({
      port: 0,
      secretKey: Buffer.from(key, 'hex'),
      leftAfterMs: 1_500,
      rateExempt: ['10.0.0.1', '::1'],
      trustedProxies: ['10.0.0.0/8'],
      redisUrl: 'redis://127.0.0.1:6379',
      pingMs: 1_000,
      leaseMs: 2_000,
      metricsPort: 9100,
    });
  });

  test('with mistakes is refused with a line for each, and no secret in it', () => {
    const wrong = {
      PORT: '70000',
      PUBLIC_URL: 'help',
      HELPLINE_SECRET_KEY: 'not-so-SECRET',
      LOG_LEVEL: 'loud',
      REDIS_URL: 'http://x',
    };
    const read = () => readConfig(wrong);
    for (const name of Object.keys(wrong)) expect(read).toThrow(new RegExp(`^${name}: `, 'm'));
    expect(read).not.toThrow(/not-so-SECRET/);
  });

  test('has all that a sign-in at a provider needs, or says what is missing', () => {
    const google = { HELPLINE_GOOGLE_CLIENT_ID: 'helpline', HELPLINE_GOOGLE_CLIENT_SECRET: 'jasmine' };
    expect(readConfig({ ...google, PUBLIC_URL: 'https://desk.example/' })).toMatchObject({
      publicUrl: 'https://desk.example',
      signIns: { google: { clientId: 'helpline', clientSecret: 'jasmine' }, microsoft: null },
    });
    expect(() => readConfig(google)).toThrow('PUBLIC_URL: is needed for the sign-in to mailboxes');
    expect(() => readConfig({ HELPLINE_MICROSOFT_CLIENT_ID: 'helpline' })).toThrow('HELPLINE_MICROSOFT_CLIENT_SECRET');
  });
});
