import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Provider } from '../oauth/providers.js';

interface Grant {
  account: string;
  scope: string;
  accessToken: string;
  refreshToken: string;
  /** Tokens of before: who brings one of them has stolen it, or lost a race. */
  used: Set<string>;
}

interface Code {
  account: string;
  challenge: string;
  redirectUri: string;
}

type Answer = { status: number; body: object };

const client = { clientId: 'helpline', clientSecret: 'jasmine' };
const mailScope = 'mail';

/**
 * A mail provider's place to sign in, as strict as any: codes are good once, refresh tokens are replaced by each use,
 * and a used one ends the whole grant.
 */
export class OAuthServer {
  /** Who is signed in there in the browser, and what he allows. */
  account = '';
  allows = `openid ${mailScope}`;
  /** Whose account that is, where its accounts belong to tenants: they issue the ID tokens. */
  tenant: string | null = null;
  /** How its page answers instead, or null. */
  refuses: Record<string, string> | null = null;
  /** How often a new token was asked for, and what the next askers get instead. */
  refreshes = 0;
  readonly whims: (Answer | 'hang up')[] = [];
  /** How long it thinks about each refresh. */
  thinksMs = 0;
  lifeSeconds = 3600;
  readonly #codes = new Map<string, Code>();
  readonly #grants = new Set<Grant>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static start(): Promise<OAuthServer> {
    const oauth = new OAuthServer();
    return new Promise((resolve) => oauth.#server.listen(0, '127.0.0.1', () => resolve(oauth)));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  get introspectionUrl(): string {
    return `${this.url}/introspect`;
  }

  provider(places: Pick<Provider, 'imap' | 'smtp'>, more: Partial<Provider> = {}): Provider {
    return {
      ...client,
      ...places,
      id: 'gmail',
      name: 'Teapost',
      variables: 'TEAPOST_CLIENT_ID, TEAPOST_CLIENT_SECRET',
      server: {
        issuer: this.url,
        authorization_endpoint: `${this.url}/authorize`,
        token_endpoint: `${this.url}/token`,
      },
      mailScopes: [mailScope],
      otherScopes: ['openid'],
      accountClaim: 'email',
      parameters: {},
      hasSharedMailboxes: false,
      ...more,
    };
  }

  /** What a browser brings back from its page: the query that was added to our address. */
  async visit(page: string): Promise<string> {
    const response = await fetch(page, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '').search.slice(1);
  }

  /** The account's owner takes back what he allowed. */
  revoke(account: string): void {
    for (const grant of this.#grants) if (grant.account === account) this.#grants.delete(grant);
  }

  /** Access tokens are worth nothing any more, long before their time. */
  forgetAccessTokens(): void {
    for (const grant of this.#grants) grant.accessToken = randomUUID();
  }

  /** Whose token it is; null where it is nobody's. */
  owner(accessToken: string): string | null {
    return [...this.#grants].find((grant) => grant.accessToken === accessToken)?.account ?? null;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    if (pathname === '/authorize') {
      response.writeHead(302, { location: this.#authorize(searchParams) }).end();
      return;
    }
    const form = new URLSearchParams(await bodyOf(request));
    const answer = pathname === '/token' ? await this.#token(form) : this.#introspect(form);
    if (answer === 'hang up') request.socket.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  #authorize(asked: URLSearchParams): string {
    const back = new URL(asked.get('redirect_uri') ?? '');
    const code = randomUUID();
    const given = this.refuses ?? { code };
    if (asked.get('code_challenge_method') === 'S256')
      this.#codes.set(code, {
        account: this.account,
        challenge: asked.get('code_challenge') ?? '',
        redirectUri: back.href,
      });
    for (const [name, value] of Object.entries({ ...given, state: asked.get('state') ?? '' }))
      back.searchParams.set(name, value);
    return back.href;
  }

  async #token(form: URLSearchParams): Promise<Answer | 'hang up'> {
    if (form.get('client_id') !== client.clientId || form.get('client_secret') !== client.clientSecret)
      return refused('invalid_client', 401);
    return form.get('grant_type') === 'refresh_token' ? this.#refresh(form) : this.#redeem(form);
  }

  #redeem(form: URLSearchParams): Answer {
    const given = form.get('code') ?? '';
    const code = this.#codes.get(given);
    this.#codes.delete(given);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri'))
      return refused('invalid_grant');
    const grant = {
      account: code.account,
      scope: this.allows,
      accessToken: randomUUID(),
      refreshToken: randomUUID(),
      used: new Set<string>(),
    };
    this.#grants.add(grant);
    return { status: 200, body: { ...this.#tokens(grant), id_token: this.#idToken(grant) } };
  }

  async #refresh(form: URLSearchParams): Promise<Answer | 'hang up'> {
    this.refreshes += 1;
    await new Promise((resolve) => setTimeout(resolve, this.thinksMs));
    const whim = this.whims.shift();
    if (whim) return whim;
    const token = form.get('refresh_token') ?? '';
    for (const grant of this.#grants) if (grant.used.has(token)) this.#grants.delete(grant);
    const grant = [...this.#grants].find(({ refreshToken }) => refreshToken === token);
    if (!grant) return refused('invalid_grant');
    grant.used.add(token);
    grant.accessToken = randomUUID();
    grant.refreshToken = randomUUID();
    return { status: 200, body: this.#tokens(grant) };
  }

  #tokens({ accessToken, refreshToken, scope }: Grant) {
    return {
      token_type: 'Bearer',
      access_token: accessToken,
      refresh_token: refreshToken,
      scope,
      expires_in: this.lifeSeconds,
    };
  }

  #idToken({ account }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const { tenant, url } = this;
    const issuer = tenant ? { iss: `${url}/${tenant}`, tid: tenant } : { iss: url };
    const who = { sub: account, email: account, preferred_username: account };
    const claims = { ...issuer, ...who, aud: client.clientId, iat: now, exp: now + 300 };
    return [{ alg: 'RS256' }, claims, 'signature']
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
  }

  /** As Dovecot asks it (RFC 7662). */
  #introspect(form: URLSearchParams): Answer {
    const email = this.owner(form.get('token') ?? '');
    return { status: 200, body: email ? { active: true, email, scope: mailScope } : { active: false } };
  }
}

const refused = (error: string, status = 400): Answer => ({
  status,
  body: { error, error_description: `The answer is ${error}.\r\nTrace: 17` },
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
