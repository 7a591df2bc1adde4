import type { Server, Socket } from 'socket.io';
import { sleep } from '../platform/clock.js';
import type { AgentCaller } from '../platform/doors.js';
import type { Logger } from '../platform/logger.js';
import type { Staff } from '../staff/index.js';

const everyMs = 1_000;
const bufferedBytesAtMost = 1_000_000;

/** Ends, once a second, the connections that may not go on: too slow to listen, or no longer of whom they were. */
export async function lookAfterSockets(io: Server, staff: Staff, log: Logger, signal: AbortSignal): Promise<void> {
  const wereBehind = new WeakSet<Socket>();
  let looking: Promise<void> | null = null;
  while (!signal.aborted) {
    await sleep(everyMs, signal);
    for (const namespace of ['/visitor', '/agent']) cutSlow([...io.of(namespace).sockets.values()], wereBehind, log);
    looking ??= cutOutdated([...io.of('/agent').sockets.values()], staff)
      .catch((error: unknown) => log.warn({ err: error }, 'sessions could not be looked at, trying again'))
      .finally(() => {
        looking = null; // a database that does not answer holds up nothing else here
      });
  }
  await looking;
}

/**
 * What waits for a client that does not take it would fill the memory. Who is behind at two looks running is cut; he
 * comes back and asks for what he missed.
 */
function cutSlow(sockets: Socket[], wereBehind: WeakSet<Socket>, log: Logger): void {
  for (const socket of sockets) {
    const bytes = waitingFor(socket);
    if (bytes <= bufferedBytesAtMost) wereBehind.delete(socket);
    else if (!wereBehind.has(socket)) wereBehind.add(socket);
    else {
      log.info({ bytes }, 'a connection was too slow and is ended');
      frameSocketOf(socket)?.terminate();
    }
  }
}

/** Bytes that wait here: of packets, and of frames that are written already. */
function waitingFor(socket: Socket): number {
  const packets: { data?: unknown }[] = Reflect.get(socket.conn, 'writeBuffer') ?? [];
  const inPackets = packets.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0);
  return inPackets + (frameSocketOf(socket)?.bufferedAmount ?? 0);
}

/** The WebSocket below, which is not public, and alone tells how much waits in it. */
const frameSocketOf = ({ conn }: Socket): { bufferedAmount: number; terminate(): void } | undefined =>
  Reflect.get(conn.transport, 'socket');

/** Whose session ended, or whose rights changed, comes in again as who he is now. */
async function cutOutdated(sockets: Socket[], staff: Staff): Promise<void> {
  if (sockets.length === 0) return;
  const now = await staff.callersBySession(sockets.map((socket) => (socket.data.caller as AgentCaller).sessionId));
  for (const socket of sockets) {
    const then = socket.data.caller as AgentCaller;
    if (rightsOf(then) !== rightsOf(now.get(then.sessionId))) socket.disconnect(true);
  }
}

const rightsOf = (caller: AgentCaller | undefined): string => JSON.stringify([caller?.role, caller?.visibility]);
