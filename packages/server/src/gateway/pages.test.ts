import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { mountPages } from './pages.js';

test("a provider's answer to a sign-in goes on to the console as it came, where no server sees it", async () => {
  const app = express();
  mountPages(app);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = 'code=4%2F0Ab_c&state=x%20y&scope=openid+mail';
  const response = await fetch(`http://127.0.0.1:${port}/oauth/callback?${answer}`, { redirect: 'manual' });
  server.close();
  expect(response.status).toBe(303);
  const [page, carried = ''] = (response.headers.get('location') ?? '').split('/signed-in/');
  expect(page).toBe('/console/#/mailboxes');
  expect(decodeURIComponent(carried)).toBe(answer);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});
