import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askByHttp } from '../testing/ask.js';
import { type House, openHouse, textsOf } from '../testing/house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse('health', { metricsPort: 0 });
});
afterAll(() => house.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${house.url}${path}`, { headers });

/** What is served on the port for figures: each series with its value. */
async function figures(): Promise<Map<string, number>> {
  const response = await fetch(`http://127.0.0.1:${house.app.metricsPort}/metrics`);
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

/** Ana writes to the shop; Dana answers, notes something and opens a mailbox with a wrong server. */
async function busyDay([message = '', reply = '', note = '', secret = '', address = '']: string[]) {
  const [ana, dana] = [await house.visitor(), await house.signIn('dana')];
  ana.send(message);
  await expect.poll(() => ana.conversationId).not.toBeNull();
  const opened = await dana.open(ana.conversationId ?? '');
  opened.reply(reply);
  opened.note(note);
  await expect.poll(() => textsOf(ana.entries)).toEqual([message, reply]);
  await askByHttp(house.url, 'agent.signIn', { email: address, password: secret });
  const server = { host: '127.0.0.1', port: 1, secure: false, user: address, password: secret };
  const settings = { brandId: 'tulips', address, displayName: note, imap: server, smtp: server };
  const refused = await askByHttp(house.url, 'mailbox.connect', settings, { cookie: await house.cookieOf('emil') });
  expect(refused.status).toBe(422);
  return ana.conversationId;
}

test('whoever looks after the process learns that it lives, and that it can write', async () => {
  expect(await (await get('/livez')).json()).toEqual({ alive: true });
  const ready = await get('/readyz');
  expect(await ready.json()).toMatchObject({ ready: true, draining: false, database: 'writable', degraded: [] });
  expect(ready.status).toBe(200);
});

test('every answer names its request, by the id that it came with or by a new one, and so does a problem', async () => {
  const given = await get('/api/v1/nowhere', { 'x-request-id': 'proxy-4711' });
  expect(given.headers.get('x-request-id')).toBe('proxy-4711');
  expect(await given.json()).toMatchObject({ code: 'not_found', requestId: 'proxy-4711' });
  const forged = await get('/livez', { 'x-request-id': 'with "quotes" in it' });
  expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('the log tells of a busy day by ids: not a word of what was said, by whom, or with which password', async () => {
  const canaries = ['CANARY-message', 'CANARY-reply', 'CANARY-note', 'CANARY-secret', 'canary@mail.example'];
  const conversationId = await busyDay(canaries);
  const lines = house.logged.map((line) => JSON.parse(line));
  const replied = lines.find(({ door, code }) => door === 'conversation.reply' && code === 'ok');
  expect(replied).toMatchObject({ conversationId, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(lines).toContainEqual(expect.objectContaining({ door: 'mailbox.connect', code: 'mailbox_unreachable' }));
  for (const canary of canaries) expect(house.logged.join('')).not.toContain(canary);
});

test('the figures count what happened, and hold no id', async () => {
  const before = await figures();
  const conversationId = await busyDay(['One', 'Two', 'Three', 'a wrong password', 'eve@mail.example']);
  const after = await figures();
  const grown = (series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0);
  expect(grown('helpline_appends_total{outcome="committed"}')).toBeGreaterThanOrEqual(3);
  expect(grown('helpline_append_seconds_count')).toBeGreaterThanOrEqual(3);
  expect(grown('helpline_problems_total{code="mailbox_unreachable"}')).toBe(1);
  expect(after.get('helpline_sockets{audience="visitor"}')).toBe(2);
  expect(after.get('helpline_appends_waiting')).toBe(0);
  expect(after.get('helpline_deliveries{state="unknown"}')).toBe(0);
  expect([...after.keys()].filter((series) => series.startsWith('nodejs_eventloop_lag'))).not.toEqual([]);
  expect([...after.keys()].join()).not.toContain(conversationId);
  await expect.poll(async () => (await figures()).get('helpline_queue_length')).toBe(2);
  await expect.poll(async () => (await figures()).get('helpline_leases_held{lease="leader"}')).toBe(1);
  await expect.poll(async () => (await figures()).get('helpline_tail_lag_seconds{consumer="projector"}')).toBe(0);
});

test('docs/operations.md speaks of figures that there are', async () => {
  const text = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
  const told = new Set(text.match(/\b(helpline|nodejs|process)_[a-z0-9]+_[a-z0-9_]+/g));
  const served = [...(await figures()).keys()].map((series) => series.replace(/\{.*/, ''));
  const ends = ['', '_bucket', '_count'];
  const missing = [...told].filter((name) => !ends.some((end) => served.includes(`${name}${end}`)));
  expect(missing).toEqual([]);
  expect(told.size).toBeGreaterThan(10);
});
