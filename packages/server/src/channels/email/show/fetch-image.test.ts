import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isPrivate } from '../private-network.js';
import { fetchImage } from './fetch-image.js';

const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

let server: Server;
let port: number;
let asked: IncomingMessage[] = [];
let pages: Record<string, (response: ServerResponse) => void> = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    const answer = pages[request.url ?? ''];
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  pages = {
    '/a.png': (response) => response.writeHead(200, { 'set-cookie': 'who=ana' }).end(png),
    '/page': (response) => response.writeHead(200, { 'content-type': 'image/png' }).end('<script>alert(1)</script>'),
  };
});

/** The loopback stands for the internet here; everything else is private. */
const onlyHere = (address: string): boolean => address === '127.0.0.1';
const fetch = (path: string, mayReach = onlyHere) => fetchImage(`http://127.0.0.1:${port}${path}`, mayReach);
const redirect = (path: string, location: string, status = 302) => {
  pages[path] = (response) => response.writeHead(status, { location }).end();
};

test('fetches a picture, and says nothing of who asks', async () => {
  expect(await fetchImage(`http://ana:secret@127.0.0.1:${port}/a.png#x`, onlyHere)).toEqual({
    mimeType: 'image/png',
    content: png,
  });
  expect(asked[0]?.headers).toEqual({
    accept: 'image/*',
    'accept-encoding': 'identity',
    'user-agent': 'Helpline',
    host: `127.0.0.1:${port}`,
    connection: 'close',
  });
});

test('follows a redirect, without the cookie it was given', async () => {
  pages['/start'] = (response) => response.writeHead(301, { location: '/a.png', 'set-cookie': 'who=ana' }).end();
  expect((await fetch('/start')).mimeType).toBe('image/png');
  expect(asked[1]?.headers.cookie).toBeUndefined();
});

test.each([
  ['an address of this machine', (at: number) => `http://127.0.0.1:${at}/a.png`],
  ['the same in other figures', (at: number) => `http://2130706433:${at}/a.png`],
  ['the same as IPv6', (at: number) => `http://[::ffff:127.0.0.1]:${at}/a.png`],
  ['a name that means this machine', (at: number) => `http://localhost:${at}/a.png`],
  ['the cloud’s own address', () => 'http://169.254.169.254/latest/meta-data'],
])('does not connect to %s', async (_what, address) => {
  await expect(fetchImage(address(port), (one) => !isPrivate(one))).rejects.toMatchObject({
    message: expect.stringContaining('private network'),
  });
  expect(asked).toEqual([]);
});

test('judges the address anew at every redirect', async () => {
  redirect('/inwards', 'http://127.0.0.2:1/a.png');
  redirect('/by-name', `http://localhost:${port}/a.png`);
  await expect(fetch('/inwards')).rejects.toMatchObject({ message: expect.stringContaining('private network') });
  const onlyThisLiteral = (address: string) => onlyHere(address) && asked.length === 0;
  await expect(fetch('/by-name', onlyThisLiteral)).rejects.toMatchObject({ name: 'ImageRefused' });
});

test.each(['file:///etc/passwd', 'ftp://tea.example/a.png', 'data:image/png;base64,AAAA', 'gopher://tea.example/'])(
  'does not go to %s, neither at once nor by a redirect',
  async (address) => {
    redirect('/away', address);
    await expect(fetchImage(address, onlyHere)).rejects.toMatchObject({ name: 'ImageRefused' });
    await expect(fetch('/away')).rejects.toMatchObject({ name: 'ImageRefused' });
  },
);

test('gives up on a circle', async () => {
  redirect('/round', '/round');
  await expect(fetch('/round')).rejects.toMatchObject({ message: 'It is redirected too often.' });
  expect(asked).toHaveLength(4);
});

test('takes nothing that is no picture, whatever it is called', async () => {
  await expect(fetch('/page')).rejects.toMatchObject({ message: 'It is no picture.' });
  await expect(fetch('/nothing')).rejects.toMatchObject({ message: 'Its server answers 404.' });
});

test('takes nothing that is too large, whether it says so or not', async () => {
  pages['/said'] = (response) => response.writeHead(200, { 'content-length': 10_000_000 }).end(png);
  pages['/unsaid'] = (response) => {
    response.write(png);
    const more = () => response.write(Buffer.alloc(500_000)) && response.destroyed === false && setImmediate(more);
    response.on('drain', more);
    more();
  };
  await expect(fetch('/said')).rejects.toMatchObject({ message: 'It is too large.' });
  await expect(fetch('/unsaid')).rejects.toMatchObject({ message: 'It is too large.' });
});
