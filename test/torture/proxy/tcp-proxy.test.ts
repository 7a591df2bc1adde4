import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from './tcp-proxy.js';

/** One end of a connection, and everything that happened there. */
function end(socket: Socket) {
  const seen = { bytes: '', pieces: 0, ended: false, closed: false, error: '' };
  socket.on('data', (bytes) => {
    seen.bytes += bytes;
    seen.pieces += 1;
  });
  socket.on('end', () => {
    seen.ended = true;
  });
  socket.on('close', () => {
    seen.closed = true;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.error = error.code ?? error.message;
  });
  return { socket, seen };
}

type End = ReturnType<typeof end>;

let server: Server;
let proxy: TcpProxy;
let served: End[];

beforeEach(async () => {
  served = [];
  server = createServer((socket) => served.push(end(socket)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startProxy({ port: (server.address() as AddressInfo).port });
});

afterEach(async () => {
  await proxy.close();
  for (const { socket } of served) socket.destroy();
  server.close();
});

async function call(): Promise<{ ana: End; desk: End }> {
  const before = served.length;
  const ana = end(connect(proxy.port, '127.0.0.1'));
  await expect.poll(() => served.length).toBe(before + 1);
  return { ana, desk: served[before] as End };
}

const seconds = (since: number) => (performance.now() - since) / 1_000;

describe('the fault proxy', () => {
  test('passes both ways, and an end', async () => {
    const { ana, desk } = await call();
    ana.socket.write('hello');
    desk.socket.write('good morning');
    await expect.poll(() => [desk.seen.bytes, ana.seen.bytes]).toEqual(['hello', 'good morning']);
    ana.socket.end('bye');
    await expect.poll(() => [desk.seen.bytes, desk.seen.ended]).toEqual(['hellobye', true]);
    await expect.poll(() => proxy.connections.length).toBe(0);
  });

  test('passes megabytes to a slow reader without keeping them', async () => {
    const { ana, desk } = await call();
    ana.socket.pause();
    const much = Buffer.alloc(20_000_000, 'x');
    desk.socket.write(much);
    await expect.poll(() => desk.socket.bytesWritten > 0 && desk.socket.writableLength > 0).toBe(true);
    ana.socket.resume();
    await expect.poll(() => ana.seen.bytes.length).toBe(much.length);
  });

  test('delays one direction, in order', async () => {
    const { ana, desk } = await call();
    proxy.delay(150, 100, 'up');
    const start = performance.now();
    for (const word of ['one ', 'two ', 'three']) ana.socket.write(word);
    desk.socket.write('at once');
    await expect.poll(() => ana.seen.bytes).toBe('at once');
    expect(desk.seen.bytes).toBe('');
    await expect.poll(() => desk.seen.bytes).toBe('one two three');
    expect(seconds(start)).toBeGreaterThan(0.14);
  });

  test('loses one direction only, and tells neither side', async () => {
    const { ana, desk } = await call();
    proxy.drop('down');
    desk.socket.write('an answer');
    ana.socket.write('a question');
    await expect.poll(() => desk.seen.bytes).toBe('a question');
    expect(ana.seen).toMatchObject({ bytes: '', ended: false, closed: false });
    proxy.heal();
    await expect.poll(() => ana.seen.bytes).toBe('an answer');
  });

  test('does not tell that a side has gone while the link is dead', async () => {
    const { ana, desk } = await call();
    proxy.halfOpen();
    ana.socket.destroy();
    const { ana: ben, desk: bensDesk } = await call();
    ben.socket.write('I am new');
    await expect.poll(() => bensDesk.seen.bytes).toBe('I am new');
    expect(desk.seen).toMatchObject({ ended: false, closed: false });
    proxy.heal();
    await expect.poll(() => desk.seen.closed).toBe(true);
  });

  test('cuts bytes to single ones', async () => {
    const { ana, desk } = await call();
    proxy.slice(1);
    desk.socket.write('slowly but surely');
    await expect.poll(() => ana.seen.bytes).toBe('slowly but surely');
    expect(ana.seen.pieces).toBeGreaterThan(5);
  });

  test('resets in the middle of what is sent', async () => {
    const { ana, desk } = await call();
    proxy.resetMidFrame('down');
    desk.socket.write('0123456789');
    await expect.poll(() => [ana.seen.closed, desk.seen.closed]).toEqual([true, true]);
    expect(ana.seen).toMatchObject({ bytes: '01234', error: 'ECONNRESET' });
    expect(desk.seen.error).toBe('ECONNRESET');
  });

  test('resets and cuts every connection', async () => {
    const first = await call();
    proxy.reset();
    await expect.poll(() => [first.ana.seen.error, first.desk.seen.error]).toEqual(['ECONNRESET', 'ECONNRESET']);
    const second = await call();
    proxy.cut();
    await expect.poll(() => [second.ana.seen.closed, second.desk.seen.closed]).toEqual([true, true]);
    expect([second.ana.seen.error, second.desk.seen.error]).toEqual(['', '']);
  });

  test('lets who connects wait, or turns him away', async () => {
    proxy.stallNewConnections();
    const ana = end(connect(proxy.port, '127.0.0.1'));
    ana.socket.write('hello?');
    await expect.poll(() => ana.socket.connecting).toBe(false);
    expect(served).toEqual([]);
    proxy.heal();
    await expect.poll(() => served[0]?.seen.bytes).toBe('hello?');
    proxy.refuseNewConnections();
    const ben = end(connect(proxy.port, '127.0.0.1'));
    await expect.poll(() => ben.seen.error).toBe('ECONNRESET');
  });

  test('tells who connects when the server is down', async () => {
    server.close();
    for (const { socket } of served) socket.destroy();
    const ana = end(connect(proxy.port, '127.0.0.1'));
    await expect.poll(() => ana.seen.closed).toBe(true);
  });
});
