import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askByHttp, askBySocket, letIn, openSocket } from '../testing/ask.js';
import { type House, openHouse, password } from '../testing/house.js';

let house: House;

beforeAll(async () => {
  house = await openHouse('staff');
});

afterAll(() => house.close());

const signIn = (email: string, given: string) => askByHttp(house.url, 'agent.signIn', { email, password: given });
const me = (cookie: string) => askByHttp(house.url, 'agent.me', {}, { cookie });

describe('signing in', () => {
  test('gives a session that a page’s scripts can’t read', async () => {
    const response = await fetch(`${house.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ' Ana@Tulips.example '.trim(), password }),
    });
    const body = await response.text();
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(cookie).toMatch(/^helpline_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/);
    expect(JSON.parse(body)).toEqual({
      id: 'ana',
      atOnce: null,
      isTrainee: false,
      isActive: true,
      skills: [],
      teamIds: ['sales'],
      name: 'Ana',
      role: 'agent',
      email: 'ana@tulips.example',
      workspaceId: 'tulip-house',
      hasOneTimePassword: false,
      availability: 'offline',
      stint: { since: expect.any(String), by: { kind: 'self' }, reason: null, until: null },
      capacity: { chat: 2, email: 2 },
      used: { chat: 0, email: 0 },
    });
    const token = /helpline_session=([\w-]+)/.exec(cookie)?.[1] ?? '';
    expect(body).not.toContain(token);
    expect(JSON.stringify(await house.db.collection('staffSessions').find().toArray())).not.toContain(token);
    expect(JSON.stringify(await house.db.collection('agents').find().toArray())).not.toContain(password);
  });

  test('fails alike for a wrong password and for somebody unknown', async () => {
    const wrong = await signIn('ana@tulips.example', 'not her password');
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } });
    expect(await signIn('nobody@tulips.example', 'not her password')).toEqual(wrong);
  });

  test('is marked for HTTPS only where the house is reached so', async () => {
    const secure = await openHouse('secure', { publicUrl: 'https://help.tulips.example' });
    const response = await fetch(`${secure.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ana@tulips.example', password }),
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
    await secure.close();
  });
});

describe('guessing passwords', () => {
  test('ends soon, whether by HTTP or by whatever socket', async () => {
    const strict = await openHouse('strict', { rateExempt: [] });
    const tries: number[] = [];
    for (let i = 0; i < 12; i++) {
      const input = { email: 'ana@tulips.example', password: `guess ${i}` };
      tries.push((await askByHttp(strict.url, 'agent.signIn', input)).status);
    }
    expect(tries).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const limited = await askByHttp(strict.url, 'agent.signIn', { email: 'ana@tulips.example', password });
    expect(limited.body).toMatchObject({ code: 'too_many', retryAfterMs: expect.any(Number) });
    const asVisitor = { token: (await openSession(strict)).token, origin: strict.url };
    expect(
      (await askByHttp(strict.url, 'agent.signIn', { email: 'ana@tulips.example', password }, asVisitor)).status,
    ).toBe(429);
    const socket = await letIn(openSocket(strict.url, 'visitor', asVisitor));
    expect((await askBySocket(socket, 'agent.signIn', { email: 'ana@tulips.example', password })).status).toBe(404);
    socket.close();
    for (const place of ['203.0.113.7', '2001:db8::1']) {
      const spoofed = await fetch(`${strict.url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': place, forwarded: `for=${place}` },
        body: JSON.stringify({ email: 'ANA@tulips.example', password }),
      });
      expect(spoofed.status).toBe(429);
      expect(Number(spoofed.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await askByHttp(strict.url, 'agent.signIn', { email: 'ben@tulips.example', password })).status).toBe(200);
    await strict.close();
  });
});

describe('signing out', () => {
  test('ends the session and its live connections, not those of another device', async () => {
    const [here, there] = [await house.cookieOf('ben'), await house.cookieOf('ben')];
    const [tab, phone] = await Promise.all(
      [here, there].map((cookie) => letIn(openSocket(house.url, 'agent', { cookie }))),
    );
    expect((await askByHttp(house.url, 'agent.signOut', {}, { cookie: here })).status).toBe(200);
    await expect.poll(() => tab?.connected).toBe(false);
    expect((await me(here)).status).toBe(401);
    await expect(letIn(openSocket(house.url, 'agent', { cookie: here }))).rejects.toThrow('unauthenticated');
    expect(phone?.connected).toBe(true);
    expect((await me(there)).status).toBe(200);
    phone?.close();
  });

  test('over a socket ends that very connection', async () => {
    const cookie = await house.cookieOf('ben');
    const socket = await letIn(openSocket(house.url, 'agent', { cookie }));
    socket.emit('agent.signOut', {});
    await expect.poll(() => socket.connected).toBe(false);
    expect((await me(cookie)).status).toBe(401);
  });
});

describe('the session’s cookie', () => {
  test('counts from our own pages only', async () => {
    const cookie = await house.cookieOf('ana');
    expect((await askByHttp(house.url, 'agent.me', {}, { cookie, origin: house.url })).status).toBe(200);
    for (const origin of [
      'https://evil.example',
      'null',
      'https://tulips.example',
      `${house.url}.evil.example`,
      'file://',
    ]) {
      expect((await askByHttp(house.url, 'agent.me', {}, { cookie, origin })).status).toBe(401);
      await expect(letIn(openSocket(house.url, 'agent', { cookie, origin }))).rejects.toThrow('origin_not_allowed');
    }
  });

  test('changes nothing by a form of another site: a write needs our header or our page', async () => {
    const cookie = await house.cookieOf('ana');
    const send = (headers: Record<string, string>) =>
      fetch(`${house.url}/api/v1/me/availability`, {
        method: 'PUT',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ availability: 'busy' }),
      });
    expect((await send({})).status).toBe(403);
    expect((await send({ 'x-helpline': '1' })).status).toBe(200);
    expect((await send({ origin: house.url })).status).toBe(200);
    const form = { 'x-helpline': '1', 'content-type': 'text/plain' };
    expect((await send(form)).status).toBe(400);
  });

  test('that is made up, cut or of nobody any more opens nothing', async () => {
    const cookie = await house.cookieOf('ana');
    for (const wrong of [
      cookie.slice(0, -1),
      `${cookie}x`,
      'helpline_session=',
      'helpline_session=$ne',
      cookie.toUpperCase(),
    ])
      expect((await me(wrong)).status).toBe(401);
    await house.db.collection('staffSessions').updateMany({}, { $set: { expiresAt: new Date(0) } });
    expect((await me(cookie)).status).toBe(401);
  });
});

async function openSession(at: House): Promise<{ token: string }> {
  const answer = await askByHttp(at.url, 'visitor.open', { inbox: 'web_tulips' }, { origin: at.url });
  return answer.body as { token: string };
}
