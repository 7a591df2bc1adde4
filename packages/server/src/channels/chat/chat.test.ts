import type { Output, VisitorSession } from '@helpline/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf } from '../../platform/ids.js';
import { type Asker, askByHttp, askBySocket, letIn, openSocket } from '../../testing/ask.js';
import { type House, inboxes, memoryStorage, openHouse, shopOrigin, textsOf } from '../../testing/house.js';

let house: House;

beforeAll(async () => {
  house = await openHouse('chat');
});

afterAll(() => house.close());

async function newVisitor(inbox: keyof typeof inboxes = 'tulips'): Promise<Asker & { token: string }> {
  const { publicKey } = inboxes[inbox];
  const answer = await askByHttp(house.url, 'visitor.open', { inbox: publicKey }, { origin: shopOrigin });
  return { token: (answer.body as Output<'visitor.open'>).token, origin: shopOrigin };
}

async function sessionOf(visitor: Asker): Promise<VisitorSession> {
  return (await askByHttp(house.url, 'visitor.session', {}, visitor)).body as VisitorSession;
}

async function start(visitor: Asker, clientId: string, text: string): Promise<Output<'visitor.start'>> {
  const answer = await askByHttp(house.url, 'visitor.start', { clientId, text }, visitor);
  expect(answer.status).toBe(200);
  return answer.body as Output<'visitor.start'>;
}

describe('a chat', () => {
  test('goes to and fro, with typing and seen', async () => {
    const mia = await house.visitor();
    const ana = await house.signIn('ana');
    await ana.setAvailability('available');
    mia.send('Do you have white tulips?');
    await expect.poll(async () => (await ana.list({ view: 'mine' })).items.length).toBe(1);
    const [listed] = (await ana.list({ view: 'mine' })).items;
    const conversation = await ana.open(listed?.id ?? '');
    const typing: string[] = [];
    mia.on('typing', ({ name }) => typing.push(name));
    conversation.on('typing', ({ from }) => typing.push(from));

    conversation.typing();
    conversation.reply('Yes, from March on.');
    await expect.poll(() => textsOf(mia.entries)).toEqual(['Do you have white tulips?', 'Yes, from March on.']);
    expect(mia.entries.map(({ from }) => from)).toEqual([
      { kind: 'you', name: '' },
      { kind: 'agent', name: 'Ana' },
    ]);
    expect(mia.unread).toBe(1);
    mia.typing();
    mia.seen();
    await expect.poll(() => typing.toSorted()).toEqual(['Ana', 'customer']);
    await expect.poll(() => conversation.seenByCustomer).toBe(conversation.entries.at(-1)?.seq);
    expect(mia.unread).toBe(0);
    await ana.setAvailability('offline');
  });

  test('is there again after a reload, with what was seen', async () => {
    const storage = memoryStorage();
    const before = await house.visitor('tulips', storage);
    before.send('First');
    before.send('Second');
    await expect.poll(() => textsOf(before.entries)).toEqual(['First', 'Second']);
    before.seen();
    before.close();
    const after = await house.visitor('tulips', storage);
    await expect.poll(() => textsOf(after.entries)).toEqual(['First', 'Second']);
    await expect
      .poll(async () => (await sessionOf({ token: tokenIn(storage), origin: shopOrigin })).conversation?.seen)
      .toBe(2);
  });

  test('begun by two tabs at once is one conversation', async () => {
    const storage = memoryStorage();
    const tabs = await Promise.all([house.visitor('tulips', storage), house.visitor('tulips', storage)]);
    for (const [i, tab] of tabs.entries()) tab.send(`From tab ${i}`);
    for (const tab of tabs)
      await expect.poll(() => textsOf(tab.entries).toSorted()).toEqual(['From tab 0', 'From tab 1']);
    expect(tabs[0]?.conversationId).toBe(tabs[1]?.conversationId);
    expect(tabs[0]?.entries.map(({ n }) => n)).toEqual([1, 2]);
    tabs[0]?.send('And more');
    await expect.poll(() => textsOf(tabs[1]?.entries ?? []).at(-1)).toBe('And more');
  });

  test('begun again and again under one clientId is one message in one conversation', async () => {
    const visitor = await newVisitor();
    const tries = await Promise.all(Array.from({ length: 8 }, () => start(visitor, 'first', 'Hello')));
    const later = await start(visitor, 'first', 'Hello');
    expect(new Set([...tries, later].map(({ conversationId }) => conversationId)).size).toBe(1);
    expect((await sessionOf(visitor)).conversation?.head).toBe(1);
    const other = await askByHttp(house.url, 'visitor.start', { clientId: 'first', text: 'Something else' }, visitor);
    expect(other).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test('begun by many different tries at once is one conversation with all their messages', async () => {
    const visitor = await newVisitor();
    const begun = await Promise.all(Array.from({ length: 8 }, (_, i) => start(visitor, `try-${i}`, `Hello ${i}`)));
    expect(new Set(begun.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(begun.map(({ entry }) => entry.n).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('begun in a try that broke off after it was chosen is begun by the next one', async () => {
    const visitor = await newVisitor();
    const chosen = { $set: { conversationId: 'chosen-but-never-begun' } };
    await house.db.collection<{ _id: string }>('visitorSessions').updateOne({ _id: hashOf(visitor.token) }, chosen);
    expect((await sessionOf(visitor)).conversation).toBeNull();
    expect((await start(visitor, 'c1', 'Hello')).conversationId).toBe('chosen-but-never-begun');
  });

  test('tells a visitor his own numbers only', async () => {
    const visitor = await newVisitor();
    const { conversationId } = await start(visitor, 'c1', 'Hello');
    const ben = { cookie: await house.cookieOf('ben') };
    for (let i = 0; i < 3; i++)
      await askByHttp(house.url, 'conversation.note', { conversationId, clientId: `n${i}`, text: 'Hm.' }, ben);
    await askByHttp(house.url, 'visitor.send', { conversationId, clientId: 'c2', text: 'Anybody?' }, visitor);
    const sync = (after: number, limit?: number) =>
      askByHttp(house.url, 'visitor.sync', { conversationId, after, ...(limit ? { limit } : {}) }, visitor);
    expect((await sync(0)).body).toMatchObject({ head: 2, more: false, entries: [{ n: 1 }, { n: 2 }] });
    expect((await sync(0, 1)).body).toMatchObject({ head: 2, more: true, entries: [{ n: 1 }] });
    expect((await sync(1)).body).toMatchObject({ head: 2, more: false, entries: [{ n: 2 }] });
    expect((await sync(2)).body).toEqual({ head: 2, more: false, entries: [] });
    expect((await sync(99)).body).toMatchObject({ entries: [], more: false });
    await askByHttp(house.url, 'visitor.seen', { conversationId, n: 99 }, visitor);
    expect((await sessionOf(visitor)).conversation).toMatchObject({ head: 2, seen: 0 });
  });
});

describe('what reaches a visitor', () => {
  test('is never internal: no note, no number, no id of anybody', async () => {
    const visitor = await newVisitor();
    const socket = openSocket(house.url, 'visitor', visitor);
    const frames: string[] = [];
    socket.io.on('open', () => socket.io.engine.on('packet', ({ data }) => void frames.push(String(data))));
    await letIn(socket);
    const begun = await askBySocket(socket, 'visitor.start', { clientId: 'c1', text: 'Hello' });
    const { conversationId } = begun.body as Output<'visitor.start'>;
    const tab = await letIn(openSocket(house.url, 'visitor', visitor));
    tab.onAny((...event) => frames.push(JSON.stringify(event)));
    await askBySocket(tab, 'visitor.sync', { conversationId, after: 0 });
    await expect.poll(() => frames.join()).toContain('"queue"');

    const ben = await letIn(openSocket(house.url, 'agent', { cookie: await house.cookieOf('ben') }));
    let n = 0;
    const act = (door: string, more: object) =>
      askBySocket(ben, `conversation.${door}`, { conversationId, clientId: `b${n++}`, ...more });
    await act('note', { text: 'SECRET-NOTE he is a VIP' });
    await act('assign', { agentId: 'ana' });
    await act('reply', { text: 'Good morning', expectedSeq: 99 });
    await act('resolve', {});
    await act('reopen', {});
    await act('assign', { agentId: null });
    await askBySocket(ben, 'conversation.typing', { conversationId });
    await act('reply', { text: 'Goodbye', expectedSeq: 99 });
    await expect.poll(() => frames.filter((frame) => frame.includes('Goodbye')).length).toBe(2);
    for (const door of ['visitor.session', 'visitor.sync', 'visitor.send', 'visitor.typing', 'visitor.seen'] as const)
      await askBySocket(socket, door, {
        ...(door === 'visitor.session' ? {} : { conversationId }),
        ...(door === 'visitor.sync' ? { after: 0 } : {}),
        ...(door === 'visitor.send' ? { clientId: 'c2', text: 'Bye' } : {}),
        ...(door === 'visitor.seen' ? { n: 3 } : {}),
      });

    const heard = frames.join('\n');
    const fields = [...heard.matchAll(/"(\w+)":/g)].map(([, field]) => field);
    expect([...new Set(fields)].toSorted()).toEqual(
      [
        ...['sid', 'ok', 'data', 'conversationId', 'entry', 'entries', 'n', 'at', 'from', 'kind', 'name', 'clientId'],
        ...['type', 'text', 'channel', 'attachments', 'to', 'inbox', 'brand', 'visitor', 'address', 'proof'],
        ...['conversation', 'id', 'head', 'seen', 'more', 'hours', 'isOpen', 'opensAt', 'asksForMessage'],
        ...['place', 'position', 'waitSeconds'],
      ].toSorted(),
    );
    for (const word of [
      'SECRET',
      'VIP',
      'internal',
      '"ben"',
      '"ana"',
      '"b2"',
      'agent:',
      'visitor:',
      'tulips-chat',
      'tulip-house',
    ])
      expect({ word, heard: heard.includes(word) }).toEqual({ word, heard: false });
    const announced = frames.flatMap((frame) => (frame.startsWith('["entries"') ? JSON.parse(frame)[1].entries : []));
    expect(announced.map(({ n }: { n: number }) => n)).toEqual([2, 3, 4, 5, 6]); // not one more for what is internal
    for (const one of [socket, tab, ben]) one.close();
  });
});

describe('the session’s token', () => {
  test('can’t be guessed, and only its hash is kept', async () => {
    const tokens = await Promise.all(Array.from({ length: 5 }, async () => (await newVisitor()).token));
    expect(new Set(tokens).size).toBe(5);
    for (const token of tokens) expect(Buffer.from(token, 'base64url').length).toBe(32);
    for (const { name } of await house.db.listCollections().toArray()) {
      const stored = JSON.stringify(await house.db.collection(name).find().toArray());
      for (const token of tokens) expect({ name, stored: stored.includes(token) }).toEqual({ name, stored: false });
    }
  });

  test('opens nothing when it is cut, changed or made up', async () => {
    const { token } = await newVisitor();
    const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const wrong of [token.slice(0, -1), changed, token.toUpperCase(), `${token}x`, 'x', '']) {
      const asker = { token: wrong, origin: shopOrigin };
      expect((await askByHttp(house.url, 'visitor.session', {}, asker)).status).toBe(401);
      await expect(letIn(openSocket(house.url, 'visitor', asker))).rejects.toThrow('unauthenticated');
    }
  });

  test('is good for its own inbox only', async () => {
    const visitor = await newVisitor();
    await start(visitor, 'c1', 'Hello');
    const answer = await askByHttp(house.url, 'visitor.open', { inbox: 'web_north', token: visitor.token }, visitor);
    const { token, session } = answer.body as Output<'visitor.open'>;
    expect(token).not.toBe(visitor.token);
    expect(session.conversation).toBeNull();
  });
});

describe('the page’s origin', () => {
  const evil = ['https://evil.example', 'null', 'https://tulips.example.evil.example', 'https://eviltulips.example']
    .concat(['http://tulips.example', 'https://tulips.example:8443', 'https://tulips.example/', '*', ''])
    .map((origin) => ({ origin }));

  test.each([...evil, {}])('%o is refused', async (page) => {
    const { token } = await newVisitor();
    const refused = { status: 403, body: expect.objectContaining({ code: 'origin_not_allowed' }) };
    const { publicKey } = inboxes.tulips;
    expect(await askByHttp(house.url, 'visitor.open', { inbox: publicKey }, page)).toEqual(refused);
    expect(await askByHttp(house.url, 'visitor.session', {}, { token, ...page })).toEqual(refused);
    await expect(letIn(openSocket(house.url, 'visitor', { token, ...page }))).rejects.toThrow('origin_not_allowed');
  });

  test.each([shopOrigin, 'same'])('%s is welcome', async (given) => {
    const origin = given === 'same' ? house.url : given;
    const { token } = await newVisitor();
    expect((await askByHttp(house.url, 'visitor.session', {}, { token, origin })).status).toBe(200);
    (await letIn(openSocket(house.url, 'visitor', { token, origin }))).close();
  });

  test('may read what visitors’ doors answer, and no other door’s answer; never with cookies', async () => {
    const preflight = async (path: string) =>
      (await fetch(house.url + path, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })).headers;
    const visitors = await preflight('/api/v1/visitor/sessions');
    expect(visitors.get('access-control-allow-origin')).toBe('https://evil.example');
    expect(visitors.get('access-control-allow-credentials')).toBeNull();
    for (const path of ['/api/v1/sessions', '/api/v1/conversations', '/api/v1/me', '/api/v1/visitorx', '/files/x'])
      expect((await preflight(path)).get('access-control-allow-origin')).toBeNull();
  });
});

const tokenIn = (storage: ReturnType<typeof memoryStorage>): string => storage.getItem('helpline:web_tulips') ?? '';

describe('a message left while nobody is there', () => {
  test('is a conversation like any other, and the agent sees where it may be answered', async () => {
    const mia = await house.visitor();
    await mia.leaveMessage({ clientId: 'c1', text: 'Do you deliver?', address: 'Mia@home.example', name: 'Mia' });
    await mia.leaveMessage({ clientId: 'c1', text: 'Do you deliver?', address: 'Mia@home.example', name: 'Mia' });
    expect(textsOf(mia.entries)).toEqual(['Do you deliver?']);
    const dana = await house.signIn('dana');
    const { conversation } = await dana.open(mia.conversationId ?? '');
    expect(conversation?.contact).toMatchObject({ name: 'Mia', address: 'mia@home.example', proof: 'cookie' });
  });

  test('needs an address to which mail can go', async () => {
    const visitor = await newVisitor();
    const asked = { clientId: 'c1', text: 'Do you deliver?', name: '' };
    const answer = await askByHttp(house.url, 'visitor.leaveMessage', { ...asked, address: 'nowhere' }, visitor);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/address' }] } });
  });
});
