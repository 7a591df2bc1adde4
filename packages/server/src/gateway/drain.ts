import type { Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'socket.io';
import { sleep } from '../platform/clock.js';
import type { Running } from './running.js';

const patienceMs = 5_000;
/** Clients are sent away one after the other, so that the other nodes do not meet them all at once. */
const spread = { perClientMs: 1, atMostMs: 2_000 };

/** Takes nobody new, answers what is being asked, and sends everybody to another node. */
export async function drain(server: HttpServer, io: Server, running: Running): Promise<void> {
  const deadline = performance.now() + patienceMs;
  server.close();
  const clients = ['/visitor', '/agent'].flatMap((namespace) => [...io.of(namespace).sockets.values()]);
  const stepMs = Math.min(spread.perClientMs, spread.atMostMs / Math.max(1, clients.length));
  await Promise.all([
    ...clients.map((client, i) => sendAway(client, i * stepMs, running, deadline)),
    running.ended(null, deadline),
  ]);
  const closed = io.close();
  server.closeAllConnections(); // or a request that never ends would keep the house open
  await closed;
}

/** By a break of the link and no goodbye, so that every client comes back by itself. */
async function sendAway(client: Socket, afterMs: number, running: Running, deadline: number): Promise<void> {
  await sleep(afterMs);
  await running.ended(client.id, deadline);
  client.conn.close();
}
