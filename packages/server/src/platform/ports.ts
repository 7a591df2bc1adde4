import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Given out before, and perhaps not opened yet: the system would give them again. */
const given = new Set<number>();

/** The wanted port of loopback if it is free, else any free one. */
export async function findFreePort(wanted = 0): Promise<number> {
  const port = await probe(wanted);
  if (port === null) return findFreePort();
  if (wanted === 0 && given.has(port)) return findFreePort();
  given.add(port);
  return port;
}

/** Null if the wanted port is somebody's. */
function probe(wanted: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && wanted !== 0) resolve(null);
      else reject(error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** True as soon as somebody listens on the port; false when the time is up or the condition is gone. */
export async function waitForPort(port: number, limits: { upTo: number; while: () => boolean }): Promise<boolean> {
  const deadline = Date.now() + limits.upTo;
  while (Date.now() < deadline && limits.while()) {
    if (await listens(port)) return true;
    await sleep(50);
  }
  return false;
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
