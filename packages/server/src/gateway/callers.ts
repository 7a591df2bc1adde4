import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import proxyAddr from 'proxy-addr';
import type { Chat } from '../channels/chat/index.js';
import type { Caller } from '../platform/doors.js';
import { DeskError } from '../platform/errors.js';
import { type Staff, sessionDays } from '../staff/index.js';

const cookieName = 'helpline_session';

export interface From {
  ip: string;
  origin: string | null;
  sameOrigin: boolean;
}

/** Whether a reverse proxy at this address is believed in whose name it asks. */
export type Trusts = ReturnType<typeof proxyAddr.compile>;

/** Throws for what is neither an address nor a network. */
export const trustsOf = (proxies: readonly string[]): Trusts => proxyAddr.compile([...proxies]);

/** Where a request comes from. What a proxy would say of it is believed of our own proxies only: anybody can send it. */
export function fromOf(request: IncomingMessage, trusts: Trusts): From {
  const origin = request.headers.origin ?? null;
  return {
    ip: networkOf(addressOf(request, trusts)),
    origin,
    sameOrigin: origin !== null && hostOf(origin) === request.headers.host,
  };
}

/** Without an address the client has gone already. */
const addressOf = (request: IncomingMessage, trusts: Trusts): string =>
  request.socket.remoteAddress ? proxyAddr(request, trusts) : '';

/**
 * Who calls: a visitor by his bearer token, somebody of the staff by the session cookie, or nobody known. A cookie
 * counts only from our own pages: browsers send it along from anywhere.
 */
export async function callerOf(request: IncomingMessage, from: From, chat: Chat, staff: Staff): Promise<Caller> {
  const bearer = /^Bearer ([\w-]{1,128})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) {
    const visitor = await chat.callerByToken(bearer, from);
    if (!visitor) throw new DeskError('unauthenticated');
    return visitor;
  }
  return (await agentOf(request, from, staff)) ?? { kind: 'anyone' };
}

export async function agentOf(request: IncomingMessage, from: From, staff: Staff) {
  const token = new RegExp(`(?:^|; )${cookieName}=([\\w-]{1,128})`).exec(request.headers.cookie ?? '')?.[1];
  if (!token || (from.origin !== null && !from.sameOrigin)) return null;
  return staff.callerByToken(token);
}

export const cookieOf = (token: string | null, secure: boolean): string =>
  [
    `${cookieName}=${token ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${token ? sessionDays * 24 * 60 * 60 : 0}`,
    ...(secure ? ['Secure'] : []),
  ].join('; ');

function hostOf(origin: string): string | null {
  return /^https?:/.test(origin) && URL.canParse(origin) ? new URL(origin).host : null;
}

/** By what an address is counted: IPv4 as it is, of IPv6 the 64 bits that one household or server has for itself. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
  return `${all.slice(0, 4).join(':')}::/64`;
}
