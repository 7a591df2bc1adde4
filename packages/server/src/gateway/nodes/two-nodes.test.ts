import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type House, type NodeOfHouse, openHouse, textsOf } from '../../testing/house.js';
import { startRedis, type TestRedis } from '../../testing/redis.js';

/** Sooner than clients compare what they have with the database. */
const atOnce = { timeout: 4_000 };
/** Ten seconds are promised; a busy machine gets a little more. */
const byComparing = { timeout: 14_000 };

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe.each(['redis', 'mongo'] as const)('two nodes that hear of each other over %s', (carrier) => {
  let here: House;
  let there: NodeOfHouse;
  beforeAll(async () => {
    here = await openHouse(`nodes-${carrier}`, { manyNodes: true, redisUrl: carrier === 'redis' ? redis.url : null });
    there = await here.anotherNode();
  });
  afterAll(() => here.close());
  beforeEach(async () => {
    const heard = () => here.db.collection('leases').findOne({ until: { $gt: new Date() } });
    await expect.poll(heard).not.toBeNull();
  });

  test('tell each other at once what was written', { timeout: 30_000 }, async () => {
    const { dana, visitor, conversation } = await chat(here, there);
    conversation.reply('What can I do?');
    await expect.poll(() => textsOf(visitor.entries), atOnce).toEqual(['Hello', 'What can I do?']);
    visitor.send('Tulips');
    await expect.poll(() => saidIn(conversation.entries), atOnce).toEqual(['Hello', 'What can I do?', 'Tulips']);
    dana.close();
    visitor.close();
  });

  test('route to whoever comes free on either of them', { timeout: 30_000 }, async () => {
    const ben = await there.signIn('ben');
    const carla = await here.visitor('repairs');
    carla.send('My pump is broken');
    await expect.poll(() => carla.outgoing.length, atOnce).toBe(0);
    await ben.setAvailability('available');
    const mine = async () => (await ben.list({ view: 'mine' })).items.map(({ id }) => id);
    await expect.poll(mine, atOnce).toContain(carla.conversationId);
    await ben.setAvailability('offline');
  });

  test('end the connections of whoever signs out on the other one', { timeout: 30_000 }, async () => {
    const cookie = await here.cookieOf('emil');
    const { createAgentClient } = await import('@helpline/sdk/agent');
    const [first, second] = [here, there].map(({ url }) => createAgentClient({ serverUrl: url, cookie }));
    await Promise.all([first?.resume(), second?.resume()]);
    await expect.poll(() => second?.state).toBe('connected');
    await first?.signOut();
    await expect.poll(() => second?.state, atOnce).toBe('unauthorized');
    second?.close();
  });
});

describe('when Redis is', () => {
  let here: House;
  let there: NodeOfHouse;
  beforeAll(async () => {
    here = await openHouse('nodes-failing', { manyNodes: true, redisUrl: redis.url });
    there = await here.anotherNode();
  });
  afterAll(() => here.close());

  const failures = {
    frozen: [async () => redis.freeze(true), async () => redis.freeze(false)],
    'down, and comes back empty': [() => redis.kill(), () => redis.startAgain()],
  } as const;

  test.each(Object.entries(failures))(
    '%s, nobody waits for it, and everybody hears a little later',
    { timeout: 90_000 },
    async (_, [fail, heal]) => {
      const { dana, visitor, conversation } = await chat(here, there);
      await fail();
      conversation.reply('one');
      await expect.poll(() => conversation.outgoing.length, atOnce).toBe(0);
      await expect.poll(() => textsOf(visitor.entries), byComparing).toEqual(['Hello', 'one']);
      visitor.send('two');
      await expect.poll(() => visitor.outgoing.length, atOnce).toBe(0);
      await expect.poll(() => saidIn(conversation.entries), byComparing).toEqual(['Hello', 'one', 'two']);

      await heal();
      await expect.poll(() => readyz(here), byComparing).toMatchObject({ adapter: 'redis', degraded: [] });
      await expect.poll(() => readyz(there), byComparing).toMatchObject({ adapter: 'redis', degraded: [] });
      conversation.reply('three');
      await expect.poll(() => textsOf(visitor.entries).at(-1), atOnce).toBe('three');
      dana.close();
      visitor.close();
    },
  );
});

/** A visitor who came in on one node, and Dana who has the conversation open on the other. */
async function chat(here: NodeOfHouse, there: NodeOfHouse) {
  const dana = await here.signIn('dana');
  const visitor = await there.visitor();
  visitor.send('Hello');
  await expect.poll(() => visitor.conversationId, atOnce).not.toBeNull();
  const conversation = await dana.open(visitor.conversationId ?? '');
  return { dana, visitor, conversation };
}

const saidIn = (entries: readonly { type: string; payload?: unknown }[]): string[] =>
  textsOf(entries.flatMap(({ type, payload }) => (payload ? [{ type, ...payload }] : [])));

const readyz = async ({ url }: NodeOfHouse): Promise<unknown> => (await fetch(`${url}/readyz`)).json();
