import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'oauth4webapi';
import { say } from '../texts.js';
import type { Provider } from './providers.js';

/** Why there is no token for a mailbox now, in words. With its code, whoever sends knows that the mailbox is at fault and not the mail. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
  readonly code = 'EOAUTH2';
  /** Trying again will not help until somebody signs in again. */
  readonly isOver: boolean;

  constructor(words: string, isOver: boolean) {
    super(words);
    this.isOver = isOver;
  }
}

/** Pure. What a provider's refusal, or its silence, means for the mailbox. `over` is said where the grant, or the answer to a sign-in, is no good. */
export function refusal(
  error: unknown,
  { name: provider, variables }: Provider,
  over: 'signin.ended' | 'signin.used' = 'signin.ended',
): NoToken {
  const { code, answer } = told(error);
  const values = { provider, variables, answer };
  if (needsAdmin(code, answer)) return new NoToken(say('signin.admin', values).trim(), true);
  if (error instanceof AuthorizationResponseError) return new NoToken(say('signin.cancelled', values).trim(), true);
  if (ends.has(code)) return new NoToken(say(over, values).trim(), true);
  const isOurs = ['invalid_client', 'unauthorized_client'].includes(code);
  return new NoToken(say(isOurs ? 'signin.client' : 'signin.unreachable', values).trim(), false);
}

/** Whoever signed in must do so again: access was taken back, a password has changed, or a second factor is wanted. */
const ends = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required']);

/** Google says it by its code; Microsoft by a number in the words. */
const needsAdmin = (code: string, answer: string): boolean =>
  ['admin_policy_enforced', 'org_internal'].includes(code) || /AADSTS(65001|90094|900941|900971)\b/.test(answer);

function told(error: unknown): { code: string; answer: string } {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)
    return { code: error.error, answer: firstLine(error.error_description ?? '') };
  if (error instanceof WWWAuthenticateChallengeError) return { code: 'invalid_client', answer: '' };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { code: '', answer: firstLine(cause instanceof Error ? cause.message : String(cause)) };
}

/** Microsoft adds a trace of many lines. */
const firstLine = (text: string): string => (text.split(/[\r\n]/)[0] ?? '').slice(0, 200);
