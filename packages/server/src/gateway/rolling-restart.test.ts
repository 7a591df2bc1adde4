import { createVisitorClient, type VisitorClient } from '@helpline/sdk';
import { createAgentClient } from '@helpline/sdk/agent';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { balance } from '../testing/balancer.js';
import { connected, type House, inboxes, type NodeOfHouse, openHouse, shopOrigin, textsOf } from '../testing/house.js';
import { startRedis, type TestRedis } from '../testing/redis.js';

let redis: TestRedis;
let here: House;
let there: NodeOfHouse;
let balancer: Awaited<ReturnType<typeof balance>>;
beforeAll(async () => {
  redis = await startRedis();
  here = await openHouse('rolling-restart', { manyNodes: true, redisUrl: redis.url });
  there = await here.anotherNode();
  balancer = await balance([here.url, there.url]);
});
afterAll(async () => {
  balancer?.close();
  await here?.close();
  await redis?.stop();
});

const calm = { timeout: 20_000 };

test('nodes restarted one after the other under load lose nothing, and each is gone within ten seconds', {
  timeout: 120_000,
}, async () => {
  const visitors = await Promise.all(Array.from({ length: 20 }, newVisitor));
  const emil = createAgentClient({ serverUrl: balancer.url, cookie: await here.cookieOf('emil') });
  await emil.resume();
  await connected(emil);

  const talking = new AbortController();
  const said = visitors.map((visitor) => talk(visitor, talking.signal));
  await expect.poll(() => everyEntry(visitors), calm).toBeGreaterThan(20);
  for (const node of [here, there]) {
    const before = everyEntry(visitors);
    const began = performance.now();
    await node.app.stop();
    expect(performance.now() - began).toBeLessThan(10_000);
    await expect.poll(() => everyEntry(visitors), calm).toBeGreaterThan(before + 20); // the other one goes on
    await node.startAgain();
  }
  talking.abort();

  for (const [i, visitor] of visitors.entries()) {
    await expect.poll(() => visitor.outgoing.length, calm).toBe(0);
    await expect.poll(() => textsOf(visitor.entries), calm).toEqual(await said[i]);
    const conversation = await emil.open(visitor.conversationId ?? '');
    await expect.poll(() => conversation.entries.map(({ seq }) => seq)).toEqual(visitor.entries.map((_, at) => at + 1));
  }
  for (const visitor of visitors) visitor.close();
  emil.close();
});

async function newVisitor(): Promise<VisitorClient> {
  const { publicKey: inbox } = inboxes.tulips;
  const visitor = createVisitorClient({ serverUrl: balancer.url, inbox, origin: shopOrigin });
  await visitor.connect();
  await connected(visitor);
  return visitor;
}

/** Writes one line after the other, each as soon as the one before is confirmed. Gives what he said. */
async function talk(visitor: VisitorClient, signal: AbortSignal): Promise<string[]> {
  const said: string[] = [];
  while (!signal.aborted) {
    said.push(`line ${said.length}`);
    visitor.send(said.at(-1) ?? '');
    await new Promise<void>((resolve) => {
      const stop = visitor.on('changed', () => {
        if (visitor.outgoing.length > 0) return;
        stop();
        setTimeout(resolve, 100);
      });
    });
  }
  return said;
}

const everyEntry = (visitors: VisitorClient[]): number =>
  visitors.reduce((sum, visitor) => sum + visitor.entries.length, 0);
