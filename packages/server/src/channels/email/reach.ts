import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Secrets } from '../../platform/secrets.js';
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

const privateNetworks = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  privateNetworks.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateNetworks.addSubnet(net, prefix, 'ipv6');

const isPrivate = (address: string): boolean => privateNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
