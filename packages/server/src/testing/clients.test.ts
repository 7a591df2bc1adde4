import { createVisitorClient } from '@helpline/sdk';
import { createAgentClient } from '@helpline/sdk/agent';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askByHttp } from './ask.js';
import { connected, type House, inboxes, memoryStorage, openHouse, shopOrigin, textsOf } from './house.js';
import { pausableProxy } from './pausable-proxy.js';

let house: House;

beforeAll(async () => {
  house = await openHouse('clients');
});

afterAll(() => house.close());

const texts = (entries: readonly { type: string; payload?: unknown }[]): string[] =>
  textsOf(entries.flatMap(({ type, payload }) => (payload ? [{ type, ...payload }] : [])));

/** A chat between a visitor and Dana, who has it open. */
async function chat(first: string) {
  const dana = await house.signIn('dana');
  const visitor = await house.visitor();
  visitor.send(first);
  await expect.poll(() => visitor.conversationId).not.toBeNull();
  const conversation = await dana.open(visitor.conversationId ?? '');
  return { dana, visitor, conversation };
}

describe('after a restart of the server', () => {
  test('everybody catches up, and what was sent meanwhile arrives once, in order', { timeout: 30_000 }, async () => {
    const chats = await Promise.all(Array.from({ length: 5 }, (_, i) => chat(`Hello ${i}`)));
    const written: string[][] = chats.map((_, i) => [`Hello ${i}`]);
    const sayOneThingEach = (n: number) =>
      chats.forEach(({ visitor, conversation }, i) => {
        visitor.send(`visitor ${n}`);
        conversation.note(`note ${n}`);
        written[i]?.push(`visitor ${n}`);
      });
    for (let n = 0; n < 3; n++) sayOneThingEach(n);
    const restarting = house.restart();
    for (let n = 3; n < 6; n++) sayOneThingEach(n);
    await restarting;
    for (let n = 6; n < 9; n++) sayOneThingEach(n);
    for (const [i, { visitor, conversation }] of chats.entries()) {
      await expect.poll(() => visitor.outgoing.length + conversation.outgoing.length, { timeout: 15_000 }).toBe(0);
      await expect.poll(() => textsOf(visitor.entries), { timeout: 15_000 }).toEqual(written[i]);
      await expect.poll(() => conversation.entries.length, { timeout: 15_000 }).toBe(19);
      expect(visitor.entries.map(({ n }) => n)).toEqual(visitor.entries.map((_, at) => at + 1));
      expect(conversation.entries.map(({ seq }) => seq)).toEqual(conversation.entries.map((_, at) => at + 1));
      const said = texts(conversation.entries);
      expect(said.filter((text) => !text.startsWith('note'))).toEqual(written[i]);
      expect(said.filter((text) => text.startsWith('note'))).toEqual(Array.from({ length: 9 }, (_, n) => `note ${n}`));
    }
  });
});

describe('when the answer is lost', () => {
  test('to a first message, it has still begun one conversation with that message once', async () => {
    const proxy = await pausableProxy(house.url);
    const { publicKey: inbox } = inboxes.tulips;
    const visitor = createVisitorClient({ serverUrl: proxy.url, inbox, origin: shopOrigin });
    await visitor.connect();
    await connected(visitor);
    const written = () => house.db.collection('entries').countDocuments({ 'payload.text': 'Only once' });
    proxy.holdBack();
    visitor.send('Only once');
    await expect.poll(written).toBe(1);
    expect(visitor.entries).toEqual([]);
    proxy.cut();
    await expect.poll(() => textsOf(visitor.entries), { timeout: 5_000 }).toEqual(['Only once']);
    await expect.poll(() => visitor.outgoing).toEqual([]);
    expect(await written()).toBe(1);
    visitor.close();
    proxy.close();
  });

  test('to an agent’s reply, the customer still has it once', async () => {
    const { visitor, conversation } = await chat('Hello');
    const proxy = await pausableProxy(house.url);
    const emil = createAgentClient({ serverUrl: proxy.url, cookie: await house.cookieOf('emil') });
    await emil.resume();
    const opened = await emil.open(conversation.id);
    proxy.holdBack();
    opened.reply('Good morning');
    await expect.poll(() => textsOf(visitor.entries)).toEqual(['Hello', 'Good morning']);
    visitor.send('How are you?');
    await expect.poll(() => conversation.entries.length).toBe(3);
    proxy.cut();
    await expect
      .poll(() => texts(opened.entries), { timeout: 5_000 })
      .toEqual(['Hello', 'Good morning', 'How are you?']);
    await expect.poll(() => opened.outgoing, { timeout: 5_000 }).toEqual([]);
    expect(textsOf(visitor.entries)).toEqual(['Hello', 'Good morning', 'How are you?']);
    emil.close();
    proxy.close();
  });
});

describe('an agent’s client', () => {
  test('shows what others do, and its own writing once', async () => {
    const { visitor, conversation, dana } = await chat('Hello');
    const emil = await house.signIn('emil');
    const same = await emil.open(conversation.id);
    conversation.reply('Good morning');
    conversation.note('A regular');
    expect(conversation.outgoing.map(({ state }) => state)).toEqual(['pending', 'pending']);
    await expect.poll(() => texts(same.entries)).toEqual(['Hello', 'Good morning', 'A regular']);
    await expect.poll(() => conversation.outgoing).toEqual([]);
    expect(texts(conversation.entries)).toEqual(texts(same.entries));
    expect(conversation.entries[1]?.clientId).toBeDefined();
    expect(same.entries[1]?.clientId).toBeUndefined();
    await expect.poll(() => textsOf(visitor.entries)).toEqual(['Hello', 'Good morning']);
    await conversation.resolve();
    await expect.poll(() => same.conversation?.status).toBe('resolved');
    conversation.close();
    expect(await dana.open(conversation.id)).not.toBe(conversation);
  });

  test('refuses a reply that had not seen the newest public message, and has what is new', async () => {
    const { visitor, conversation, dana } = await chat('How much is it?');
    const proxy = await pausableProxy(house.url);
    const behind = createAgentClient({ serverUrl: proxy.url, cookie: await house.cookieOf('dana') });
    await behind.resume();
    const opened = await behind.open(conversation.id);
    await expect.poll(() => texts(opened.entries)).toEqual(['How much is it?']);

    proxy.holdBack();
    visitor.send('I mean the big one');
    await expect.poll(() => conversation.entries.length).toBe(2);
    const late = opened.reply('It is 5 euros');
    proxy.letThrough();
    await expect.poll(() => opened.outgoing.map(({ error }) => error?.code)).toEqual(['stale']);
    await expect.poll(() => texts(opened.entries)).toEqual(['How much is it?', 'I mean the big one']);
    opened.discard(late.clientId);
    opened.reply('Then it is 8 euros');
    await expect.poll(() => textsOf(visitor.entries).slice(1)).toEqual(['I mean the big one', 'Then it is 8 euros']);
    await expect.poll(() => opened.outgoing).toEqual([]); // its confirmation may come after the entry itself
    behind.close();
    dana.close();
    proxy.close();
  });

  test('may send several replies on end, and a note or a status is no reason to refuse one', async () => {
    const { visitor, conversation } = await chat('Hello');
    const emil = await house.signIn('emil');
    await expect.poll(() => conversation.entries.length).toBe(1);
    for (const text of ['one', 'two', 'three']) conversation.reply(text);
    await expect.poll(() => textsOf(visitor.entries)).toEqual(['Hello', 'one', 'two', 'three']);
    const cookie = await house.cookieOf('emil');
    const unseen = { conversationId: conversation.id, clientId: 'n', text: 'Between us' };
    await askByHttp(house.url, 'conversation.note', unseen, { cookie });
    await askByHttp(
      house.url,
      'conversation.assign',
      { conversationId: conversation.id, clientId: 'a', agentId: 'emil' },
      { cookie },
    );
    const input = { conversationId: conversation.id, clientId: 'r', text: 'four', expectedSeq: 4 };
    expect(
      (await askByHttp(house.url, 'conversation.reply', input, { cookie: await house.cookieOf('dana') })).status,
    ).toBe(200);
    expect((await askByHttp(house.url, 'conversation.reply', input, { cookie })).body).toMatchObject({ code: 'stale' });
    emil.close();
  });

  test('that is signed out comes to know it', async () => {
    const ben = await house.signIn('ben');
    await house.db.collection('staffSessions').deleteMany({ agentId: 'ben' });
    await ben.signOut().catch(() => {});
    await house.restart();
    await expect.poll(() => ben.state, { timeout: 10_000 }).toBe('unauthorized');
    expect(await ben.resume()).toBeNull();
  });
});

describe('a visitor’s client', () => {
  test('whose session is no more says so, and begins another one', async () => {
    const storage = memoryStorage();
    const visitor = await house.visitor('tulips', storage);
    visitor.send('Hello');
    await expect.poll(() => visitor.entries.length).toBe(1);
    await house.db.collection('visitorSessions').deleteMany({});
    await house.restart();
    await expect.poll(() => visitor.state, { timeout: 10_000 }).toBe('unauthorized');
    await visitor.connect();
    await expect.poll(() => visitor.state).toBe('connected');
    expect(visitor.entries).toEqual([]);
    visitor.send('Hello again');
    await expect.poll(() => textsOf(visitor.entries)).toEqual(['Hello again']);
  });

  test('that writes too much at once loses nothing: it waits as the server asks', async () => {
    const strict = await openHouse('strict', { rateExempt: [] });
    const visitor = await strict.visitor();
    for (let n = 0; n < 50; n++) visitor.send(`message ${n}`);
    await expect.poll(() => visitor.outgoing.length, { timeout: 5_000 }).toBeLessThan(12);
    expect(visitor.outgoing.map(({ state }) => state)).not.toContain('failed');
    expect([...textsOf(visitor.entries), ...visitor.outgoing.map(({ body }) => body)]).toEqual(
      Array.from({ length: 50 }, (_, n) => `message ${n}`),
    );
    await strict.close();
  });

  test('shows why something was refused, and forgets all at log-out', async () => {
    const storage = memoryStorage();
    const visitor = await house.visitor('tulips', storage);
    visitor.send('x'.repeat(10_001));
    visitor.send('fits');
    await expect.poll(() => textsOf(visitor.entries)).toEqual(['fits']);
    expect(visitor.outgoing.map(({ state, error }) => [state, error?.code])).toEqual([['failed', 'bad_request']]);
    visitor.logout();
    expect([visitor.entries, visitor.conversationId, visitor.known, storage.getItem('helpline:web_tulips')]).toEqual([
      [],
      null,
      false,
      null,
    ]);
    expect(visitor.outgoing).toEqual([]);
  });
});
