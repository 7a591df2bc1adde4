import { connect } from 'node:net';
import { type DoorName, limits, type Output } from '@helpline/protocol';
import { doors } from '@helpline/protocol/schemas';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, askByHttp, askBySocket, letIn, openSocket } from '../testing/ask.js';
import { inputs } from '../testing/door-inputs.js';
import { type House, openHouse, shopOrigin } from '../testing/house.js';

let house: House;
let visitor: Asker;
let emil: Asker;
let sockets: { visitor: Socket; agent: Socket };
let conversationId: string;

beforeAll(async () => {
  house = await openHouse('bad-input');
  emil = { cookie: await house.cookieOf('emil') };
  const opened = await askByHttp(house.url, 'visitor.open', { inbox: 'web_tulips' }, { origin: shopOrigin });
  visitor = { token: (opened.body as Output<'visitor.open'>).token, origin: shopOrigin };
  sockets = {
    visitor: await letIn(openSocket(house.url, 'visitor', visitor)),
    agent: await letIn(openSocket(house.url, 'agent', emil)),
  };
  const begun = await askBySocket(sockets.visitor, 'visitor.start', { clientId: 'c1', text: 'SECRET of Mia' });
  conversationId = (begun.body as Output<'visitor.start'>).conversationId;
});

afterAll(async () => {
  expect(sockets.visitor.connected && sockets.agent.connected).toBe(true); // nobody else was thrown out
  for (const socket of Object.values(sockets)) socket.close();
  await house.close();
  const lines = house.logged.map((line): { level: number } => JSON.parse(line));
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  expect(house.logged.join()).not.toContain('SECRET');
});

const names = Object.keys(doors) as DoorName[];
const socketFor = (door: DoorName): Socket => sockets[door.startsWith('visitor.') ? 'visitor' : 'agent'];
const askerFor = (door: DoorName): Asker => (door.startsWith('visitor.') ? visitor : emil);
const isForAnyone = (door: DoorName): boolean => door === 'agent.signIn' || door === 'visitor.open';

/** What else a door may say to somebody who knocks so often: that these are many wrong passwords, or one dry run at a time. */
const also: { [door in DoorName]?: number[] } = { 'agent.setPassword': [401, 429], 'routing.dryRun': [503] };

/** What no field takes, as JSON so that `__proto__` is a key like any other. */
const hostile = [
  '{"$ne":1}',
  '{"$gt":""}',
  '{"$where":"sleep(1000)"}',
  '{"__proto__":{"role":"admin"}}',
  '[{"$ne":1}]',
  '[["a"]]',
  '{"toString":1,"valueOf":1}',
];

describe.each(names)('%s', (door) => {
  const input = () => inputs[door](conversationId) as Record<string, unknown>;

  test('refuses operators and objects in every field, naming the field', async () => {
    for (const field of Object.keys(doors[door].input.shape))
      for (const json of hostile) {
        const wrong = { ...input(), [field]: JSON.parse(json) };
        const answers = isForAnyone(door) ? [] : [await askBySocket(socketFor(door), door, wrong)];
        if (/^P/.test(doors[door].http) && !doors[door].http.includes(`:${field}`))
          answers.push(await askByHttp(house.url, door, wrong, askerFor(door)));
        for (const { status, body } of answers) {
          expect({ field, json, status, body }).toMatchObject({ status: 400, body: { code: 'bad_request' } });
          expect((body as { errors: { pointer: string }[] }).errors[0]?.pointer).toMatch(`/${field}`);
        }
      }
  });

  test('answers anything at all with a code of the list', async () => {
    const allowed = [200, 400, 404, 409, 422, ...(also[door] ?? [])];
    const odd = [null, undefined, 0, -1, 1e308, true, '', 'x', [], ['x'], {}, '\u0000', '\ud800', 'x'.repeat(70_000)];
    for (const field of [...Object.keys(doors[door].input.shape), 'role', '$set', '__proto__', 'constructor'])
      for (const value of odd) {
        if (door === 'agent.signOut' || isForAnyone(door)) continue;
        const wrong = Object.defineProperty({ ...input() }, field, { value, enumerable: true });
        const { status } = await askBySocket(socketFor(door), door, wrong);
        expect({ field, value, status }).toEqual({ field, value, status: expect.toBeOneOf(allowed) });
      }
    for (const whole of odd.filter((value) => value !== undefined && value !== null && !isEmpty(value))) {
      if (isForAnyone(door)) continue;
      expect({ whole, ...(await askBySocket(socketFor(door), door, whole)) }).toMatchObject({ status: 400 });
    }
  });

  test('takes no field that is not its own', async () => {
    for (const field of [
      'role',
      'workspaceId',
      'assigneeId',
      'authorType',
      'createdAt',
      '$set',
      'constructor',
      '__proto__',
    ]) {
      const json = JSON.stringify(input()).replace(
        /\}$/,
        `${Object.keys(input()).length ? ',' : ''}"${field}":{"x":1}}`,
      );
      const wrong: unknown = JSON.parse(json);
      if (!isForAnyone(door))
        expect({ field, ...(await askBySocket(socketFor(door), door, wrong)) }).toMatchObject({ field, status: 400 });
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'x') || Object.hasOwn(Object.prototype, 'role')).toBe(false);
  });
});

const isEmpty = (value: unknown): boolean => typeof value === 'object' && Object.keys(value ?? {}).length === 0;

describe('a message', () => {
  const megabyte = 'x'.repeat(1024 * 1024);

  test('of a megabyte is refused by the socket, naming the field and the limit', async () => {
    const { status, body } = await askBySocket(sockets.visitor, 'visitor.send', {
      conversationId,
      clientId: 'big',
      text: megabyte,
    });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { code: 'bad_request', errors: [{ pointer: '/text' }] },
    });
    expect(JSON.stringify(body)).toContain(String(limits.messageCharacters));
    expect(JSON.stringify(body).length).toBeLessThan(500);
  });

  test('of a megabyte is refused by HTTP as too large', async () => {
    const input = { conversationId, clientId: 'big', text: megabyte };
    expect(await askByHttp(house.url, 'visitor.send', input, visitor)).toMatchObject({
      status: 413,
      body: { code: 'too_large', status: 413 },
    });
  });

  test('is refused when it is empty, or one letter too long, and taken when it just fits', async () => {
    const send = async (text: string) =>
      (await askBySocket(sockets.visitor, 'visitor.send', { conversationId, clientId: crypto.randomUUID(), text }))
        .status;
    for (const text of ['', '   ', '\n\t', `x${'x'.repeat(limits.messageCharacters)}`])
      expect(await send(text)).toBe(400);
    for (const text of ['x'.repeat(limits.messageCharacters), '<script>alert(1)</script>', '\u202e\u0000👩‍👩‍👧 ﷽'])
      expect(await send(text)).toBe(200);
  });

  test('keeps what was written, to the letter', async () => {
    const text = ' <b>"$where"</b> {{x}} \u202e\u0000👩‍👩‍👧 __proto__ ';
    const sent = await askBySocket(sockets.visitor, 'visitor.send', { conversationId, clientId: 'letter', text });
    expect(sent.body).toMatchObject({ entry: { text } });
  });
});

describe('an HTTP call', () => {
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    path = '/api/v1/sessions',
  ) => fetch(house.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  test.each([
    ['no JSON', () => post('{"email":'), 400],
    ['a bare text', () => post('"text"'), 400],
    ['null', () => post('null'), 400],
    ['an array', () => post('[1,2]'), 400],
    ['bytes', () => post(new Uint8Array([0, 255, 254, 1])), 400],
    ['a form', () => post('email=a&password=b', { 'content-type': 'application/x-www-form-urlencoded' }), 400],
    ['a strange charset', () => post('{}', { 'content-type': 'application/json; charset=klingon' }), 400],
    ['a strange encoding', () => post('{}', { 'content-encoding': 'klingon' }), 400],
    ['gzip that is none', () => post('{}', { 'content-encoding': 'gzip' }), 400],
    ['100,000 brackets', () => post('['.repeat(100_000) + ']'.repeat(100_000)), 400],
    ['objects in objects', () => post(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`), 400],
    ['a path that can’t be read', () => fetch(`${house.url}/api/v1/conversations/%E0%A4%A`), 400],
    ['a zero byte in the path', () => fetch(`${house.url}/console/%00`), 404],
    ['a path upwards', () => fetch(`${house.url}/console/..%2f..%2fpackage.json`), 404],
    [
      'a token of another kind',
      () => fetch(`${house.url}/api/v1/me`, { headers: { authorization: 'Basic eDp5' } }),
      401,
    ],
    [
      'a token of nobody',
      () => fetch(`${house.url}/api/v1/visitor/session`, { headers: { authorization: 'Bearer x' } }),
      401,
    ],
    [
      'a language of nobody',
      () => fetch(`${house.url}/api/v1/me`, { headers: { 'accept-language': '"$ne",;q=__proto__' } }),
      401,
    ],
  ] as const)('with %s gets a problem', async (_what, call, status) => {
    const response = await call();
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    const problem = await response.json();
    expect(problem).toMatchObject({ status, code: expect.any(String), title: expect.any(String) });
    expect(response.status).toBe(status);
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts|Error:|at /);
  });

  test('with the same parameter twice is refused', async () => {
    const response = await fetch(`${house.url}/api/v1/conversations?view=mine&view=queue`, {
      headers: { cookie: emil.cookie ?? '' },
    });
    expect(response.status).toBe(400);
    const operator = await fetch(`${house.url}/api/v1/conversations?view[$ne]=x`, {
      headers: { cookie: emil.cookie ?? '' },
    });
    expect(operator.status).toBe(400);
  });

  test.each([
    'x',
    'W10',
    'bnVsbA',
    Buffer.from('[{"$ne":1},{"$ne":1}]').toString('base64url'),
    Buffer.from('["never","x"]').toString('base64url'),
  ])('with the made-up cursor %s is refused', async (cursor) => {
    const answer = await askByHttp(house.url, 'conversation.list', { view: 'open', cursor }, emil);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/cursor' }] } });
  });

  test('that never ends does not keep the house from closing', async () => {
    const other = await openHouse('slow');
    const { port } = new URL(other.url);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    await other.close();
    await closed;
  });
});

describe('a socket that sends', () => {
  const garbage: (string | Uint8Array<ArrayBuffer>)[] = [
    'garbage',
    '',
    '4',
    '42',
    '9999',
    '40/nowhere,',
    '40/__proto__,{}',
    '40/visitor,{"token":',
    '40/visitor,{"token":{"$ne":1}}',
    '40/visitor,null',
    '40/agent,{"token":"x"}',
    '42/visitor,["visitor.session"]',
    '42["visitor.session",{}]',
    '451-["x",{"_placeholder":true,"num":0}]',
    '45999999999-["x"]',
    '461-[{"_placeholder":true,"num":"__proto__"}]',
    '43/visitor,1[]',
    '44/visitor,{"message":"x"}',
    `42["${'e'.repeat(500_000)}"]`,
    new Uint8Array([0, 1, 2, 255]),
    new Uint8Array(100_000),
    'x'.repeat(1_500_000),
  ];

  test.each(garbage.map((frame) => [frame.slice(0, 40).toString(), frame] as const))(
    '%o harms nobody',
    async (_name, frame) => {
      const raw = new WebSocket(`${house.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
      await new Promise((resolve) => raw.addEventListener('message', resolve, { once: true }));
      raw.send(frame);
      raw.send(`40/visitor,${JSON.stringify({ token: visitor.token })}`);
      raw.send(frame);
      expect((await askBySocket(sockets.visitor, 'visitor.session', {})).status).toBe(200);
      raw.close();
    },
  );

  test.each([
    '42/visitor,[]',
    '42/visitor,[null]',
    '42/visitor,[{"a":1}]',
    '42/visitor,[5,{}]',
    '42/visitor,{"a":1}',
    '42/visitor,1["visitor.session"',
    '42/visitor,["disconnect"]',
    '42/visitor,["connect_error",{}]',
    '43/visitor,77["x"]',
    '452-/visitor,["visitor.send",{"_placeholder":true,"num":0},{"_placeholder":true,"num":99}]',
  ])('%s once it is let in harms nobody', async (frame) => {
    const socket = await letIn(openSocket(house.url, 'visitor', visitor));
    socket.io.engine.write(frame.slice(1));
    expect((await askBySocket(sockets.visitor, 'visitor.session', {})).status).toBe(200);
    socket.close();
  });

  test('events that are none gets a clear answer', async () => {
    for (const name of ['nothing', 'toString', '__proto__', 'e'.repeat(100_000), 'visitor.Send', 'visitor.send '])
      expect(await askBySocket(sockets.visitor, name, {})).toEqual({
        status: 404,
        body: { code: 'not_found', status: 404, title: expect.any(String) },
      });
    expect((await askBySocket(sockets.visitor, 'visitor.session', Buffer.from('binary'))).status).toBe(400);
    expect((await askBySocket(sockets.visitor, 'visitor.session', {}, 'more', 'than', 'one')).status).toBe(200);
    expect((await askBySocket(sockets.visitor, 'visitor.session')).status).toBe(200);
  });
});
