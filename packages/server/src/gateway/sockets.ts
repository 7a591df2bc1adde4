import type { Server as HttpServer } from 'node:http';
import { type Ack, linkCheck } from '@helpline/protocol';
import { Server, type Socket } from 'socket.io';
import type { Chat } from '../channels/chat/index.js';
import { agentRoom, sessionRoom } from '../platform/announcer.js';
import type { AgentCaller, Call, Row, VisitorCaller } from '../platform/doors.js';
import { DeskError, notFound } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import { visibleRooms } from '../platform/visibility.js';
import type { Staff } from '../staff/index.js';
import { Admission, type ConnectionLimits } from './admission.js';
import { agentOf, type From, fromOf, type Trusts } from './callers.js';
import { Patience } from './patience.js';
import { problemOf } from './problems.js';

interface Parts {
  rows: Row[];
  callDoor: (row: Row, raw: unknown, call: Call) => Promise<unknown>;
  chat: Chat;
  staff: Staff;
  trusts: Trusts;
  connections: ConnectionLimits;
  /** Between two pings of a live connection. */
  pingMs: number;
  log: Logger;
  metrics: Metrics;
}

/** Frames above it end the connection; what is smaller and still too long gets an answer that says so. */
const frameBytesAtMost = 1_200_000;
const refusedStayMs = 2_000;

/** How long a pong may take: a slow link is no dead link. */
const pongAtLeastMs = 8_000;
const pongAtMostMs = 20_000;

/** Opens a namespace for each audience: `/visitor` by the session's token, `/agent` by the session's cookie. */
export function openSockets(server: HttpServer, parts: Parts): Server {
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: frameBytesAtMost,
    perMessageDeflate: false,
    pingInterval: parts.pingMs,
    pingTimeout: Math.max(pongAtLeastMs, Math.min(pongAtMostMs, parts.pingMs)),
  });
  const admission = new Admission(parts.connections);
  welcome(io, 'visitor', parts, admission, visitorOf);
  welcome(io, 'agent', parts, admission, async (socket, from) => {
    if (from.origin !== null && !from.sameOrigin) throw new DeskError('origin_not_allowed');
    return agentOf(socket.request, from, parts.staff);
  });
  return io;
}

type Known = VisitorCaller | AgentCaller;
type Identify = (socket: Socket, from: From, chat: Chat) => Promise<Known | null>;

const visitorOf: Identify = async (socket, from, chat) => {
  const { token } = socket.handshake.auth as { token?: unknown };
  return typeof token === 'string' ? chat.callerByToken(token.slice(0, 128), from) : null;
};

function welcome(io: Server, audience: Known['kind'], parts: Parts, admission: Admission, identify: Identify): void {
  const rows = new Map(parts.rows.filter(bySocketToo).map((row) => [row.name as string, row]));
  const namespace = io.of(`/${audience}`);
  namespace.use(async (socket, next) => {
    try {
      const from = fromOf(socket.request, parts.trusts);
      admission.checkAddress(io, audience, from.ip);
      const caller = await identify(socket, from, parts.chat);
      if (!caller) throw new DeskError('unauthenticated');
      admission.checkCaller(namespace, caller, from.ip);
      Object.assign(socket.data, { caller, from });
      next();
    } catch (error) {
      next(refusal(error, parts));
      setTimeout(() => socket.conn.close(), refusedStayMs); // by then it knows why
    }
  });
  namespace.on('connection', (socket) => {
    const { caller, from } = socket.data as { caller: Known; from: From };
    admission.admit(socket, audience, from.ip);
    socket.join(sessionRoom(caller.sessionId));
    if (caller.kind === 'agent') socket.join([agentRoom(caller.agentId), ...visibleRooms(caller.visibility)]);
    const call = callOn(socket, caller, from);
    const isExempt = parts.connections.exempt.includes(from.ip);
    const patience = new Patience();
    socket.onAny(async (name: string, ...values: unknown[]) => {
      if (name === linkCheck) return acknowledgerOf(values)(null);
      const isAnswered = await answer(parts, rows.get(name), { ...call, ids: { requestId: newId() } }, values);
      if (!isAnswered && !isExempt && patience.isOverAfterRefusal()) socket.conn.close(true);
    });
  });
}

/** Whoever has a socket is known already: what begins a session goes by HTTP only. */
const bySocketToo = (row: Row): boolean => row.audience !== 'anyone';

/** Whether the call was not refused. */
async function answer(parts: Parts, row: Row | undefined, call: Call, values: unknown[]): Promise<boolean> {
  const acknowledge = acknowledgerOf(values);
  try {
    if (!row) throw notFound();
    acknowledge({
      ok: true,
      data: await parts.callDoor(row, typeof values[0] === 'function' ? undefined : values[0], call),
    });
    return true;
  } catch (error) {
    acknowledge({ ok: false, error: problemOf(error, '', call.ids, parts) });
    return false;
  }
}

function acknowledgerOf(values: unknown[]): (ack: Ack<unknown> | null) => void {
  const last = values.at(-1);
  return typeof last === 'function' ? (ack) => last(ack) : () => {};
}

function callOn(socket: Socket, caller: Known, from: From): Omit<Call, 'ids'> {
  return {
    ...from,
    caller,
    connection: { id: socket.id, join: (room) => void socket.join(room), leave: (room) => void socket.leave(room) },
    setCookie() {}, // who signs out loses this very connection
  };
}

/** The client gets the problem as the connect error's data. */
function refusal(error: unknown, parts: Parts): Error {
  const problem = problemOf(error, '', { requestId: newId() }, parts);
  return Object.assign(new Error(problem.code), { data: problem });
}
