import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mountPages } from './pages.js';
import { mountUnsubscribing } from './unsubscribing.js';

const ana = '"ana"&co@customers.example';
const gone: string[] = [];
let server: Server;
let base: string;

beforeAll(async () => {
  const app = express();
  mountPages(app);
  const addressOf = (token: string) => (token === 'good' ? ana : null);
  mountUnsubscribing(app, {
    addressOf,
    async confirm(token) {
      const address = addressOf(token);
      if (address) gone.push(address);
      return address;
    },
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/unsubscribe`;
});
beforeEach(() => gone.splice(0));
afterAll(() => server.close());

test('looking at the link asks, and changes nothing', async () => {
  const response = await fetch(`${base}/good`, { headers: { 'accept-language': 'de-AT' } });
  const page = await response.text();
  expect(page).toContain('Soll an &quot;ana&quot;&amp;co@customers.example nichts mehr gesendet werden?');
  expect(page).toContain('<form method="post">');
  expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(gone).toEqual([]);
});

test('one click is enough, from a mail program (RFC 8058) or by the button', async () => {
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  const response = await fetch(`${base}/good`, { method: 'POST', body });
  expect([response.status, gone]).toEqual([200, [ana]]);
  expect(await response.text()).toContain('Nothing more will be sent');
  await fetch(`${base}/good`, { method: 'POST' });
  expect(gone).toEqual([ana, ana]);
});

test('a link that is not ours leads nowhere', async () => {
  expect((await fetch(`${base}/bad`)).ok).toBe(false);
  expect((await fetch(`${base}/bad`, { method: 'POST' })).ok).toBe(false);
  expect(gone).toEqual([]);
});
