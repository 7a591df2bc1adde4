import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, test } from 'vitest';
import { openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Staff } from '../staff/index.js';
import { lookAfterSockets } from './look-after.js';

test('who takes nothing of what he is told is cut off; who takes it is not', { timeout: 30_000 }, async () => {
  const { db, close } = await openDatabase(testDatabaseUri('look-after'));
  const http = createServer();
  const server = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/visitor`;
  const ended = new AbortController();
  const looking = lookAfterSockets(server, new Staff(db), createLogger('silent'), ended.signal);
  const gone: string[] = [];
  server.of('/visitor').on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    socket.join(name);
    socket.on('disconnect', () => gone.push(name));
  });
  const clients = ['Slow', 'Quick'].map((name) =>
    io(url, { forceNew: true, transports: ['websocket'], reconnection: false, auth: { name } }),
  );
  await expect.poll(() => clients.every((client) => client.connected)).toBe(true);
  takesNothing(clients[0]);
  for (let n = 0; n < 100; n++) server.of('/visitor').to('Slow').emit('entries', 'x'.repeat(200_000));
  server.of('/visitor').to('Quick').emit('entries', 'x'.repeat(900_000));
  await expect.poll(() => gone, { timeout: 10_000 }).toEqual(['Slow']);
  expect(clients[1]?.connected).toBe(true);
  for (const client of clients) client.disconnect();
  ended.abort();
  await looking;
  await server.close();
  await close();
});

/** As if its machine stood still: the link is open, and nothing is read from it. */
function takesNothing(client: ReturnType<typeof io> | undefined): void {
  const transport: unknown = client?.io.engine.transport;
  const socket = inside(inside(transport, 'ws'), '_socket');
  if (socket instanceof Object && 'pause' in socket && typeof socket.pause === 'function') socket.pause();
}

const inside = (value: unknown, name: string): unknown =>
  value instanceof Object ? Reflect.get(value, name) : undefined;
