import type { Ack, DoorName } from '@helpline/protocol';
import { doors } from '@helpline/protocol/schemas';
import { io, type Socket } from 'socket.io-client';

/** Who asks, and from which page. */
export interface Asker {
  cookie?: string;
  token?: string;
  origin?: string;
  /** What a proxy on the way says of the address. */
  forwardedFor?: string;
}

export interface Answer {
  status: number;
  /** What a door gave, or the problem; a problem without what differs by nature from call to call. */
  body: unknown;
}

/** Calls a door by HTTP the way a stranger would: whatever is given goes into the path, the query or the body. */
export async function askByHttp(
  url: string,
  door: DoorName,
  input: Record<string, unknown>,
  { cookie, token, origin }: Asker = {},
): Promise<Answer> {
  const [method = '', path = ''] = doors[door].http.split(' ');
  const rest = { ...input };
  const filled = path.replace(/:(\w+)/g, (_all, name: string) => {
    const value = encodeURIComponent(String(rest[name]));
    delete rest[name];
    return value;
  });
  const inQuery = method === 'GET' || method === 'DELETE';
  const query = inQuery
    ? new URLSearchParams(Object.entries(rest).map(([key, value]): [string, string] => [key, String(value)]))
    : '';
  const response = await fetch(`${url}/api/v1${filled}?${query}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-helpline': '1',
      ...(cookie ? { cookie } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(origin ? { origin } : {}),
    },
    ...(inQuery ? {} : { body: JSON.stringify(rest) }),
  });
  return { status: response.status, body: comparable(await response.json().catch(() => null)) };
}

/** A bare socket into one of the namespaces, without any of the SDK's manners. */
export function openSocket(
  url: string,
  namespace: 'visitor' | 'agent',
  { cookie, token, origin, forwardedFor }: Asker,
): Socket {
  return io(`${url}/${namespace}`, {
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    auth: { token: token ?? '' },
    extraHeaders: {
      ...(cookie ? { cookie } : {}),
      ...(origin ? { origin } : {}),
      ...(forwardedFor ? { 'x-forwarded-for': forwardedFor } : {}),
    },
  });
}

/** The socket once it is let in; rejects with the problem's code. */
export function letIn(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error: Error & { data?: { code: string } }) =>
      reject(new Error(error.data?.code ?? error.message)),
    );
  });
}

/** Calls a door over a socket; the status is the one HTTP would have given. */
export async function askBySocket(socket: Socket, event: string, ...values: unknown[]): Promise<Answer> {
  const ack: Ack<unknown> = await socket.timeout(5_000).emitWithAck(event, ...values);
  return ack.ok ? { status: 200, body: ack.data } : { status: ack.error.status, body: comparable(ack.error) };
}

function comparable(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('requestId' in body)) return body;
  const { requestId: _requestId, ...rest } = body;
  return rest;
}
