import { createVisitorClient } from '@helpline/sdk';
import { createAgentClient } from '@helpline/sdk/agent';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBySocket, letIn, openSocket } from '../testing/ask.js';
import { connected, type House, inboxes, openHouse, shopOrigin, textsOf } from '../testing/house.js';
import { pausableProxy } from '../testing/pausable-proxy.js';

let house: House;
beforeAll(async () => {
  house = await openHouse('connections', {
    rateExempt: [],
    trustedProxies: ['127.0.0.1'],
    connectionsPerAddress: 8,
    connectionsPerNode: 60,
  });
});
afterAll(() => house.close());

/** A visitor's session, as his browser would keep it. */
async function tokenOf(forwardedFor: string): Promise<string> {
  const response = await fetch(`${house.url}/api/v1/visitor/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: shopOrigin, 'x-forwarded-for': forwardedFor },
    body: JSON.stringify({ inbox: inboxes.tulips.publicKey }),
  });
  return ((await response.json()) as { token: string }).token;
}

const socketOf = (token: string, forwardedFor: string) =>
  openSocket(house.url, 'visitor', { token, origin: shopOrigin, forwardedFor });

describe('connections', () => {
  test('of one visitor may be five at a time', async () => {
    const token = await tokenOf('10.1.0.1');
    const tabs = await Promise.all(Array.from({ length: 5 }, () => letIn(socketOf(token, '10.1.0.1'))));
    const one = socketOf(token, '10.1.0.1');
    await expect(letIn(one)).rejects.toThrow('too_many');
    tabs[0]?.disconnect();
    await expect
      .poll(() =>
        letIn(socketOf(token, '10.1.0.1')).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    for (const tab of tabs) tab.disconnect();
  });

  test('from one address are limited, as our own proxy tells it, and others still come in', async () => {
    const tokens = await Promise.all(Array.from({ length: 9 }, () => tokenOf('10.2.0.1')));
    const sockets = await Promise.all(tokens.slice(0, 8).map((token) => letIn(socketOf(token, '10.2.0.1'))));
    await expect(letIn(socketOf(tokens[8] ?? '', '10.2.0.1'))).rejects.toThrow('too_many');
    sockets.push(await letIn(socketOf(tokens[8] ?? '', '10.2.0.2')));
    for (const socket of sockets) socket.disconnect();
  });

  test('on which everything is refused, and somebody asks on and on, end; he may come again', async () => {
    const token = await tokenOf('10.3.0.1');
    const flooder = await letIn(socketOf(token, '10.3.0.1'));
    const cut = new Promise((resolve) => flooder.once('disconnect', resolve));
    for (let i = 0; i < 1_000; i++) flooder.emit('no.such.door', i);
    await cut;
    const again = await letIn(socketOf(token, '10.3.0.1'));
    expect((await askBySocket(again, 'visitor.session', {})).status).toBe(200);
    again.disconnect();
  });

  test('of a role that changed, or a session that ended, end within two seconds', async () => {
    const ben = await house.signIn('ben');
    const states: string[] = [];
    ben.on('state', (state) => void states.push(state));
    await house.db.collection('agents').updateOne({ email: 'ben@tulips.example' }, { $set: { teamIds: ['sales'] } });
    await expect.poll(() => states, { timeout: 3_000 }).toContain('reconnecting');
    await connected(ben);
    await house.db.collection('staffSessions').deleteMany({ agentId: 'ben' });
    await expect.poll(() => ben.state, { timeout: 6_000 }).toBe('unauthorized');
  });
});

test('a link on which nothing comes back any more is given up and made anew', { timeout: 60_000 }, async () => {
  const proxy = await pausableProxy(house.url);
  const emil = createAgentClient({ serverUrl: proxy.url, cookie: await house.cookieOf('emil') });
  await emil.resume();
  const mia = createVisitorClient({ serverUrl: proxy.url, inbox: inboxes.tulips.publicKey, origin: shopOrigin });
  await mia.connect();
  await Promise.all([connected(emil), connected(mia)]);
  const lost: string[] = [];
  emil.on('state', (state) => void lost.push(`Emil ${state}`));
  mia.on('state', (state) => void lost.push(`Mia ${state}`));
  mia.send('one');
  await expect.poll(() => mia.outgoing.length).toBe(0);
  proxy.holdBack();
  mia.send('two');
  await expect.poll(() => [...lost].sort(), { timeout: 15_000 }).toContain('Emil reconnecting');
  await expect.poll(() => textsOf(mia.entries), { timeout: 15_000 }).toEqual(['one', 'two']);
  expect(lost).toContain('Mia reconnecting');
  emil.close();
  mia.close();
  proxy.close();
});
