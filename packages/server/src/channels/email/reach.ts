import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Secrets } from '../../platform/secrets.js';
import type { MailboxTokens } from './oauth/tokens.js';
import { isPrivate } from './private-network.js';
import type { ServerAccess } from './store.js';

/** How mail servers are reached: with which key their passwords open, by which tokens, and whether they may stand in a private network. */
export interface Reach {
  secrets: Secrets;
  tokens: MailboxTokens;
  allowPrivate: boolean;
}

/** `another` gives a token instead of one that was refused, or null. */
export type Login = { password: string } | { accessToken: string; another?: () => Promise<string | null> };

/** A server as the libraries want it. `servername` is the name its certificate must have, unless it was given by address. */
export type ReachableServer = Login & {
  host: string;
  servername: string | undefined;
  port: number;
  secure: boolean;
  user: string;
};

/** Who may open the password is decided by its place: the mailbox and the protocol. */
export const passwordPlace = (mailboxId: string, protocol: 'imap' | 'smtp'): string => `${mailboxId}:${protocol}`;

/** Looked up anew for every connection, so that a name can't be turned to an inner address after it was checked. Throws `NoToken`. */
export async function reach(
  reach: Reach,
  mailboxId: string,
  protocol: 'imap' | 'smtp',
  { host, port, secure, user, password }: ServerAccess,
): Promise<ReachableServer> {
  const login = password
    ? { password: reach.secrets.open(password, passwordPlace(mailboxId, protocol)).toString() }
    : await loginByToken(reach.tokens, mailboxId);
  return { ...(await placeOf(host, reach.allowPrivate)), port, secure, user, ...login };
}

async function loginByToken(tokens: MailboxTokens, mailboxId: string): Promise<Login> {
  const accessToken = await tokens.current(mailboxId);
  return { accessToken, another: () => tokens.instead(mailboxId, accessToken) };
}

/** Signs in, once more by another token if the first was refused: access may have been taken back before its time. */
export async function signIn<T>(server: ReachableServer, attempt: (server: ReachableServer) => Promise<T>): Promise<T> {
  try {
    return await attempt(server);
  } catch (error) {
    const accessToken = 'another' in server && isRefusedLogin(error) ? await server.another?.() : null;
    if (!accessToken) throw error;
    return attempt({ ...server, accessToken });
  }
}

/** As imapflow and nodemailer tell it. */
export const isRefusedLogin = (error: unknown): boolean =>
  error instanceof Error && ('authenticationFailed' in error || ('code' in error && error.code === 'EAUTH'));

export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/** Where to connect to. Throws `PrivateAddress` if it may not be connected to. */
export async function placeOf(
  host: string,
  allowPrivate: boolean,
): Promise<Pick<ReachableServer, 'host' | 'servername'>> {
  const servername = isIP(host) ? undefined : host;
  return { host: allowPrivate ? host : await publicAddress(host), servername };
}

async function publicAddress(host: string): Promise<string> {
  const found = await lookup(host, { all: true });
  const address = found.find((one) => !isPrivate(one.address))?.address;
  if (!address) throw new PrivateAddress(`${host} stands in a private network`);
  return address;
}
