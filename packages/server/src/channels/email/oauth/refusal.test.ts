import { AuthorizationResponseError, ResponseBodyError } from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import { providersOf } from './providers.js';
import { refusal } from './refusal.js';

const keys = { clientId: 'helpline', clientSecret: 'jasmine' };
const [google, microsoft] = providersOf({ google: keys, microsoft: { ...keys, tenant: 'common' } });

/** What the token endpoint says no with. */
const refused = (error: string, error_description?: string) =>
  new ResponseBodyError('refused', {
    cause: { error, ...(error_description ? { error_description } : {}) },
    response: new Response(null, { status: 400 }),
  });

const sentBack = (query: string) => new AuthorizationResponseError('refused', { cause: new URLSearchParams(query) });

describe('a refusal of a provider', () => {
  test('that only another sign-in helps against ends the grant, in the words of its first line', () => {
    if (!google || !microsoft) throw new Error('Both are registered.');
    const expired = 'AADSTS700082: The refresh token has expired due to inactivity.\r\nTrace ID: 17\r\nTimestamp: now';
    expect(refusal(refused('invalid_grant', expired), microsoft)).toMatchObject({
      isOver: true,
      message:
        'Microsoft lets Helpline into this mailbox no more. Please sign in again. AADSTS700082: The refresh token has expired due to inactivity.',
    });
    expect(refusal(refused('invalid_grant', 'Token has been expired or revoked.'), google).isOver).toBe(true);
    expect(refusal(refused('interaction_required', 'AADSTS50076: A second factor.'), microsoft).isOver).toBe(true);
  });

  test('that is no fault of the grant leaves it as it is', () => {
    if (!google) throw new Error('It is registered.');
    expect(refusal(refused('temporarily_unavailable'), google)).toMatchObject({
      isOver: false,
      message: 'The sign-in service of Google can not be asked for a new key; it is tried again.',
    });
    const unreachable = new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
    expect(refusal(unreachable, google)).toMatchObject({
      isOver: false,
      message: expect.stringContaining('ENOTFOUND'),
    });
    expect(refusal(refused('invalid_client'), google)).toMatchObject({
      isOver: false,
      message: expect.stringContaining('HELPLINE_GOOGLE_CLIENT_ID'),
    });
  });

  test('says where an administrator is wanted', () => {
    if (!google || !microsoft) throw new Error('Both are registered.');
    const wanted = 'An administrator of your organisation must allow Helpline at';
    expect(refusal(sentBack('error=admin_policy_enforced'), google).message).toContain(`${wanted} Google`);
    const consent = 'error=access_denied&error_description=AADSTS65001%3A+The+user+or+administrator+has+not+consented';
    expect(refusal(sentBack(consent), microsoft).message).toContain(`${wanted} Microsoft`);
    expect(refusal(sentBack('error=access_denied'), google).message).toBe(
      'The sign-in at Google was cancelled, or access to the mail was not allowed.',
    );
  });
});
