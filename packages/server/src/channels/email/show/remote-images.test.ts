import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Blobs } from '../../../platform/blobs.js';
import { Ground } from '../testing/email-desk.js';
import { RemoteImages } from './remote-images.js';

const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

let ground: Ground;
let server: Server;
let url: string;
let fetched = 0;
let images: RemoteImages;

beforeAll(async () => {
  ground = await Ground.lay('remote-images');
  server = createServer((_request, response) => {
    fetched += 1;
    response.end(png);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const parts = { blobs: new Blobs(ground.db, ground.secrets), hmacKey: ground.hmacKey };
  images = new RemoteImages({ ...parts, mayReach: (address) => address === '127.0.0.1' });
});
afterAll(async () => {
  server?.close();
  await ground?.close();
});
beforeEach(() => {
  fetched = 0;
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${crypto.randomUUID()}`;
});

const soon = () => Date.now() + 60_000;
const tokenOf = (address: string) => /^remote\/([^?]+)\?/.exec(address)?.[1] ?? '';
const open = (address: string) =>
  images.open(tokenOf(address), new URL(address, 'http://desk.example').searchParams.get('url') ?? '');

test('fetches a picture once, and keeps it', async () => {
  const [first, second] = await Promise.all([
    open(images.address('tea', url, soon())),
    open(images.address('tea', url, soon())),
  ]);
  expect(first).toEqual({ mimeType: 'image/png', content: png });
  expect(second).toEqual(first);
  expect(await open(images.address('tea', url, soon()))).toEqual(first);
  expect(fetched).toBe(1);
});

test('another company does not see what this one has fetched', async () => {
  await open(images.address('tea', url, soon()));
  await open(images.address('coffee', url, soon()));
  expect(fetched).toBe(2);
});

test('fetches for nobody without leave: another address, a changed or an old token', async () => {
  const token = tokenOf(images.address('tea', url, soon()));
  expect(await images.open(token, `${url}x`)).toBeNull();
  expect(await images.open(token.replace('tea', 'coffee'), url)).toBeNull();
  expect(await images.open('', url)).toBeNull();
  expect(await open(images.address('tea', url, Date.now() - 1))).toBeNull();
  expect(fetched).toBe(0);
});

test('what can not be had is no picture', async () => {
  expect(await open(images.address('tea', 'http://127.0.0.2:1/a.png', soon()))).toBeNull();
  expect(await open(images.address('tea', 'not an address', soon()))).toBeNull();
});
