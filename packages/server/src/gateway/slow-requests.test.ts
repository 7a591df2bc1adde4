import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverFor } from './slow-requests.js';
import { mountUploads } from './uploads.js';

const app = express();
const server = serverFor(app, { usualMs: 150, fileMs: 60_000 });
const open = new Set<Socket>();
let port: number;

beforeAll(async () => {
  const receive = async (_token: string, body: AsyncIterable<Uint8Array>) => {
    let size = 0;
    for await (const { length } of body) size += length;
    return { fileId: 'f', filename: 'tea.txt', mimeType: 'text/plain', size };
  };
  mountUploads(app, { receive });
  app.post('/said', express.json(), (request, response) => void response.json(request.body));
  app.use((_request, response) => void response.status(404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  for (const socket of open) socket.destroy();
  server.close();
});

/** Sends a head and then a byte now and then, or the rest; gives what came back once the server has hung up. */
function drip(head: string): { sendRest: () => void; hungUp: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  open.add(socket);
  let left = 1000;
  const send = (bytes: number) => {
    left -= bytes;
    socket.write(' '.repeat(bytes));
  };
  const dripping = setInterval(() => send(1), 20);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.on('error', () => {});
  socket.write(`${head}\r\nhost: desk\r\ncontent-type: application/json\r\ncontent-length: ${left}\r\n\r\n`);
  const hungUp = new Promise<string>((resolve) =>
    socket.once('close', () => {
      clearInterval(dripping);
      resolve(answer);
    }),
  );
  const sendRest = () => {
    clearInterval(dripping);
    send(left);
  };
  return { sendRest, hungUp };
}

test.each([
  ['a call', 'POST /said HTTP/1.1', ''],
  ['what nobody answers', 'POST /nowhere HTTP/1.1', 'HTTP/1.1 404'],
  ['what only looks like a file', 'POST /uploads/token HTTP/1.1', 'HTTP/1.1 404'],
])('%s that drips in is cut off', async (_, head, answered) => {
  expect(await drip(head).hungUp).toMatch(new RegExp(`^${answered}`));
});

test('a file may take long', async () => {
  const file = drip('PUT /uploads/token HTTP/1.1');
  await drip('POST /said HTTP/1.1').hungUp; // for which the time was over
  file.sendRest();
  expect(await file.hungUp).toContain('"size":1000');
});

test('who has said everything is not cut off, however long he stays', async () => {
  const socket = connect(port, '127.0.0.1');
  open.add(socket);
  const say = () =>
    socket.write('POST /said HTTP/1.1\r\nhost: desk\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}');
  say();
  await once(socket, 'data');
  await drip('POST /said HTTP/1.1').hungUp;
  say();
  expect(String((await once(socket, 'data'))[0])).toContain('200 OK');
});
