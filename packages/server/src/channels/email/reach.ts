import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Secrets } from '../../platform/secrets.js';
import { isPrivate } from './private-network.js';
import type { ServerAccess } from './store.js';

/** How mail servers are reached: with which key their passwords open, and whether they may stand in a private network. */
export interface Reach {
  secrets: Secrets;
  allowPrivate: boolean;
}

/** A server as the libraries want it. `servername` is the name its certificate must have, unless it was given by address. */
export interface ReachableServer {
  host: string;
  servername: string | undefined;
  port: number;
  secure: boolean;
  user: string;
  password: string;
}

/** Who may open the password is decided by its place: the mailbox and the protocol. */
export const passwordPlace = (mailboxId: string, protocol: 'imap' | 'smtp'): string => `${mailboxId}:${protocol}`;

/** Looked up anew for every connection, so that a name can't be turned to an inner address after it was checked. */
export async function reach(
  { secrets, allowPrivate }: Reach,
  mailboxId: string,
  protocol: 'imap' | 'smtp',
  { host, port, secure, user, password }: ServerAccess,
): Promise<ReachableServer> {
  const opened = secrets.open(password, passwordPlace(mailboxId, protocol)).toString();
  return { ...(await placeOf(host, allowPrivate)), port, secure, user, password: opened };
}

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
