import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './database.js';
import { Leases } from './leases.js';
import { createLogger } from './logger.js';
import { startFailingMongo } from './mongo/test-failing-mongo.js';

let mongo: Awaited<ReturnType<typeof startFailingMongo>>;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  mongo = await startFailingMongo();
});
afterEach(async () => {
  await mongo.heal();
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => mongo.stop());

interface Lead {
  node: string;
  token: number;
  from: number;
  until: number;
}

/** A node that leads whenever it can, and writes down when it did. */
async function startNode(node: string, leads: Lead[], work?: () => Promise<void>) {
  const { db, close } = await openDatabase(mongo.uri('leases', node));
  const stopping = new AbortController();
  const ended = new Leases(db, createLogger('silent')).whileHeld('routing', stopping.signal, async (held, token) => {
    const lead = { node, token, from: performance.now(), until: Number.POSITIVE_INFINITY };
    leads.push(lead);
    const over = new Promise((resolve) => held.addEventListener('abort', resolve, { once: true }));
    try {
      await (work ? work() : over);
    } finally {
      lead.until = performance.now();
    }
  });
  const stop = () => {
    stopping.abort();
    return ended;
  };
  closing.push(async () => {
    await stop();
    await db.dropDatabase();
    await close();
  });
  return { stop };
}

const tokens = (leads: Lead[]) => leads.map(({ token }) => token);
const patiently = { timeout: 15_000 };

describe('a lease', () => {
  it('is held by one node at a time, and given over at once when that one stops', async () => {
    const leads: Lead[] = [];
    const nodes = { a: await startNode('a', leads), b: await startNode('b', leads), c: await startNode('c', leads) };
    for (const count of [1, 2, 3]) {
      await vi.waitUntil(() => leads.length === count, patiently);
      const leader = leads.at(-1)?.node;
      if (leader === 'a' || leader === 'b' || leader === 'c') await nodes[leader].stop();
    }
    expect(tokens(leads)).toEqual([1, 2, 3]);
    expect(new Set(leads.map(({ node }) => node)).size).toBe(3);
    for (const [i, lead] of leads.slice(1).entries()) expect(lead.from).toBeGreaterThanOrEqual(leads[i]?.until ?? 0);
  });

  it('stays with its holder while that one lives', async () => {
    const leads: Lead[] = [];
    await startNode('a', leads);
    await vi.waitUntil(() => leads.length === 1, patiently);
    await startNode('b', leads);
    await new Promise((resolve) => setTimeout(resolve, 5_500)); // longer than a lease
    expect(leads.map(({ node, until }) => [node, until])).toEqual([['a', Number.POSITIVE_INFINITY]]);
  });

  it('goes to another node when its holder gets no answer, and never before the holder has ended', async () => {
    const leads: Lead[] = [];
    await startNode('cut-off', leads);
    await vi.waitUntil(() => leads.length === 1, patiently);
    await startNode('b', leads);
    await mongo.fail('leases.leases', {
      failCommands: ['update', 'findAndModify'],
      blockConnection: true,
      blockTimeMS: 7_000,
      appName: 'cut-off',
    });
    await vi.waitUntil(() => leads.length === 2, patiently);
    const [first, second] = leads;
    expect(second).toMatchObject({ node: 'b', token: 2 });
    expect(second?.from).toBeGreaterThanOrEqual(first?.until ?? Number.POSITIVE_INFINITY);
    await mongo.heal();
  });

  it('that somebody else took ends the work', async () => {
    const leads: Lead[] = [];
    await startNode('a', leads);
    await vi.waitUntil(() => leads.length === 1, patiently);
    const { db, close } = await openDatabase(mongo.uri('leases', 'thief'));
    await db.collection<{ _id: string }>('leases').updateOne({ _id: 'routing' }, { $inc: { token: 1 } });
    await close();
    await vi.waitUntil(() => leads[0]?.until !== Number.POSITIVE_INFINITY, patiently);
  });

  it('is given back by work that failed, which is then started again under a newer token', async () => {
    const leads: Lead[] = [];
    await startNode('a', leads, async () => {
      if (leads.length < 3) throw new Error('not now');
      await new Promise((resolve) => setTimeout(resolve, 10));
    });
    await vi.waitUntil(() => leads.length >= 3, { timeout: 3_500 }); // sooner than leases expire
    expect(tokens(leads).slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('ends with a signal that had been aborted before', async () => {
    const leads: Lead[] = [];
    const node = await startNode('a', leads);
    await node.stop();
    expect(leads.every(({ until }) => until < Number.POSITIVE_INFINITY)).toBe(true);
  });
});
