import { decodeJwt } from 'jose';
import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  getValidatedIdTokenClaims,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import type { Provider } from './providers.js';

/** One sign-in that has begun, as only we know it. */
export interface Begun {
  state: string;
  verifier: string;
  redirectUri: string;
}

export interface Tokens {
  accessToken: string;
  expiresAt: Date;
  /** Some providers give a new one each time, and take the old one no more. */
  refreshToken: string | undefined;
}

export interface SignedIn {
  tokens: Tokens;
  /** Who signed in. */
  account: string;
  /** What the mailbox needs and was not allowed. */
  missing: string[];
}

const answersWithinMs = 10_000;
/** Where a provider does not say how long a token is good for. */
const usualSeconds = 3600;

/** The provider's page for whoever is to sign in. */
export async function signInPage(provider: Provider, begun: Begun, address: string): Promise<string> {
  const url = new URL(provider.server.authorization_endpoint ?? '');
  const parameters = {
    ...provider.parameters,
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: begun.redirectUri,
    scope: [...provider.otherScopes, ...provider.mailScopes].join(' '),
    state: begun.state,
    code_challenge: await calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    login_hint: address,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Turns the provider's answer into tokens. Throws what the library throws; see refusal.ts. */
export async function signedIn(provider: Provider, begun: Begun, answer: URLSearchParams): Promise<SignedIn> {
  const { server } = provider;
  const client = clientOf(provider);
  const checked = validateAuthResponse(server, client, answer, begun.state);
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    ClientSecretPost(provider.clientSecret),
    checked,
    begun.redirectUri,
    begun.verifier,
    within(provider),
  );
  const issuer = await issuerOf(server, response);
  const result = await processAuthorizationCodeResponse(issuer, client, response, { requireIdToken: true });
  const claims = getValidatedIdTokenClaims(result);
  const allowed = (result.scope ?? provider.mailScopes.join(' ')).toLowerCase().split(' ');
  return {
    tokens: tokensOf(result),
    account: String(claims?.[provider.accountClaim] ?? claims?.email ?? ''),
    missing: provider.mailScopes.filter((scope) => !allowed.includes(scope.toLowerCase())),
  };
}

export async function refresh(provider: Provider, refreshToken: string): Promise<Tokens> {
  const { server } = provider;
  const secret = ClientSecretPost(provider.clientSecret);
  const client = clientOf(provider);
  const response = await refreshTokenGrantRequest(server, client, secret, refreshToken, within(provider));
  return tokensOf(await processRefreshTokenResponse(await issuerOf(server, response), client, response));
}

const clientOf = ({ clientId }: Provider): Client => ({ client_id: clientId });

/** TLS is left out only for a server on this very machine. */
const within = ({ server }: Provider) => ({
  signal: AbortSignal.timeout(answersWithinMs),
  [allowInsecureRequests]: new URL(server.issuer).hostname === '127.0.0.1',
});

/** An ID token names its tenant; the library compares the issuer with ours. */
async function issuerOf(server: AuthorizationServer, response: Response): Promise<AuthorizationServer> {
  if (!server.issuer.includes('{tid}')) return server;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const idToken = body instanceof Object && 'id_token' in body ? String(body.id_token) : null;
  const tenant = idToken ? decodeJwt(idToken).tid : '';
  return { ...server, issuer: server.issuer.replace('{tid}', String(tenant)) };
}

const tokensOf = ({ access_token, expires_in, refresh_token }: TokenEndpointResponse): Tokens => ({
  accessToken: access_token,
  expiresAt: new Date(Date.now() + (expires_in || usualSeconds) * 1000),
  refreshToken: refresh_token,
});
