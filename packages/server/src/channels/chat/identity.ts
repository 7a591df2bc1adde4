import { errors, jwtVerify } from 'jose';
import type { SignedIdentity } from '../../contacts/index.js';
import { DeskError } from '../../platform/errors.js';

const maxAge = '1 day';

/**
 * Reads a token by which the company's server says who the visitor is: HS256 under the inbox's key, for this inbox
 * (`aud`), with `sub`, `exp` and `iat`, at most a day old. Throws `bad_request` that says what is wrong with it.
 */
export async function readIdentity(token: string, key: Uint8Array, audience: string): Promise<SignedIdentity> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['sub', 'exp', 'iat'],
      maxTokenAge: maxAge,
    });
    if (typeof payload.sub !== 'string' || payload.sub.trim() === '')
      throw new errors.JWTClaimValidationFailed('"sub" must be a text that names one customer', payload, 'sub');
    return { externalId: payload.sub, email: asText(payload.email), name: asText(payload.name) };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new DeskError('bad_request', { errors: [{ pointer: '/identityToken', detail: error.message }] });
  }
}

const asText = (claim: unknown): string | null =>
  typeof claim === 'string' && claim.trim() !== '' ? claim.slice(0, 320) : null;
