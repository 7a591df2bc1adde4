import type { Server } from 'socket.io';
import { sleep } from '../platform/clock.js';
import type { AgentCaller } from '../platform/doors.js';
import type { Logger } from '../platform/logger.js';
import type { Staff } from '../staff/index.js';

const everyMs = 1_000;

/** Keeps it told in the database which agents are connected to this node, until `signal` aborts. */
export async function tellWhoIsConnected(io: Server, staff: Staff, log: Logger, signal: AbortSignal): Promise<void> {
  const sockets = io.of('/agent').sockets;
  const tell = (telling: Promise<void>): Promise<void> =>
    telling.catch((error: unknown) => log.warn({ err: error }, 'who is connected could not be told, trying again'));
  while (!signal.aborted) {
    await tell(staff.connections.areHere([...sockets.values()].map(({ data }) => data.caller as AgentCaller)));
    await sleep(everyMs, signal);
  }
  await tell(staff.connections.nobodyIsHere());
}
