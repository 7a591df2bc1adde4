import type { Output, VisitorSession } from '@helpline/protocol';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Asker, askByHttp, askBySocket, letIn, openSocket } from '../../testing/ask.js';
import { type House, identitySecret, memoryStorage, openHouse, shopOrigin, textsOf } from '../../testing/house.js';

let house: House;

beforeAll(async () => {
  house = await openHouse('identify');
});

afterAll(() => house.close());

const mia = { sub: 'customer-1', email: 'Mia@example.com', name: 'Mia' };
const noah = { sub: 'customer-2', email: 'noah@example.com', name: 'Noah' };

interface Signing {
  key?: string;
  alg?: string;
  audience?: string;
  issued?: string;
  expires?: string | null;
}

function signed(claims: JWTPayload, { key = identitySecret, alg = 'HS256', audience, issued, expires }: Signing = {}) {
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg })
    .setAudience(audience ?? 'web_tulips')
    .setIssuedAt(issued ?? '0 seconds');
  if (expires !== null) token.setExpirationTime(expires ?? '10 minutes');
  return token.sign(Buffer.from(key));
}

async function newVisitor(inbox = 'web_tulips'): Promise<Asker> {
  const answer = await askByHttp(house.url, 'visitor.open', { inbox }, { origin: shopOrigin });
  return { token: (answer.body as Output<'visitor.open'>).token, origin: shopOrigin };
}

const identify = (visitor: Asker, identityToken: unknown): Promise<Answer> =>
  askByHttp(house.url, 'visitor.identify', { identityToken }, visitor);

async function start(visitor: Asker, text: string, clientId: string = crypto.randomUUID()): Promise<string> {
  const answer = await askByHttp(house.url, 'visitor.start', { clientId, text }, visitor);
  expect(answer.status).toBe(200);
  return (answer.body as Output<'visitor.start'>).conversationId;
}

/** Sync says not_found for a conversation that is not the visitor's. */
const mayRead = async (visitor: Asker, conversationId: string): Promise<boolean> =>
  (await askByHttp(house.url, 'visitor.sync', { conversationId, after: 0 }, visitor)).status === 200;

const conversationOf = ({ body }: Answer): string | undefined => (body as VisitorSession).conversation?.id;

describe('a signed identity', () => {
  test('makes the visitor known, with a proven address', async () => {
    const visitor = await newVisitor();
    const conversationId = await start(visitor, 'Where is my order?');
    expect(await identify(visitor, await signed(mia))).toMatchObject({
      status: 200,
      body: {
        visitor: { name: 'Mia', address: 'mia@example.com', proof: 'jwt' },
        conversation: { id: conversationId },
      },
    });
    const seen = await askByHttp(
      house.url,
      'conversation.get',
      { conversationId },
      { cookie: await house.cookieOf('ana') },
    );
    expect(seen.body).toMatchObject({ contact: { name: 'Mia', address: 'mia@example.com', proof: 'jwt' } });
  });

  const tricks: [string, () => Promise<unknown>][] = [
    ['another key', () => signed(mia, { key: 'not-the-secret-of-this-inbox-at-all' })],
    ['the key of another inbox', () => signed(mia, { key: 'another-identity-secret-for-the-north' })],
    ['another inbox’s name', () => signed(mia, { audience: 'web_north' })],
    ['another algorithm', () => signed(mia, { alg: 'HS512', key: identitySecret.repeat(2) })],
    [
      'no signature',
      async () => new UnsecuredJWT(mia).setAudience('web_tulips').setIssuedAt().setExpirationTime('1h').encode(),
    ],
    ['no end', () => signed(mia, { expires: null })],
    ['its end in the past', () => signed(mia, { issued: '2 hours ago', expires: '1 hour ago' })],
    ['an issue long ago', () => signed(mia, { issued: '2 days ago', expires: '1 hour' })],
    ['nobody named', () => signed({ email: mia.email })],
    ['an empty name', () => signed({ ...mia, sub: '' })],
    ['a number for a name', () => signed({ ...mia, sub: 0 as unknown as string })],
    ['its last letter cut off', async () => (await signed(mia)).slice(0, -1)],
    ['another body', async () => tampered(await signed(noah))],
    ['no text', async () => ({ $ne: 1 })],
    ['nothing in it', async () => ''],
    ['5,000 letters', async () => 'x'.repeat(5_000)],
  ];

  test.each(tricks)('with %s is refused, and changes nothing', async (_trick, token) => {
    const visitor = await newVisitor();
    expect(await identify(visitor, await token())).toMatchObject({
      status: 400,
      body: { code: 'bad_request', errors: [{ pointer: '/identityToken' }] },
    });
    const session = (await askByHttp(house.url, 'visitor.session', {}, visitor)).body as VisitorSession;
    expect(session.visitor).toEqual({ name: '', address: null, proof: 'cookie' });
  });

  test('is refused where the inbox has no key', async () => {
    const visitor = await newVisitor('web_repairs');
    expect((await identify(visitor, await signed(mia, { audience: 'web_repairs' }))).status).toBe(422);
  });

  test('opens the last chat on another device, and does so for nobody else', async () => {
    const customer = { ...mia, sub: 'customer-3', email: 'lea@example.com' };
    const phone = await newVisitor();
    await identify(phone, await signed(customer));
    const conversationId = await start(phone, 'From my phone');
    await expect
      .poll(async () => conversationOf(await identify(await newVisitor(), await signed(customer))))
      .toBe(conversationId);

    const stranger = await newVisitor();
    expect(conversationOf(await identify(stranger, await signed(noah)))).toBeUndefined();
    expect(await mayRead(stranger, conversationId)).toBe(false);
    const sameAddress = await newVisitor();
    const { email } = customer;
    expect(
      conversationOf(await identify(sameAddress, await signed({ ...noah, sub: 'customer-4', email }))),
    ).toBeUndefined();
    expect(await mayRead(sameAddress, conversationId)).toBe(false);
  });

  test('stays the same customer when his address changes', async () => {
    const before = { sub: 'customer-5', email: 'old@example.com' };
    const phone = await newVisitor();
    await identify(phone, await signed(before));
    const conversationId = await start(phone, 'Hello');
    await expect
      .poll(async () =>
        conversationOf(await identify(await newVisitor(), await signed({ ...before, email: 'new@example.com' }))),
      )
      .toBe(conversationId);
  });

  test('given many times at once makes one contact', async () => {
    const customer = { sub: 'customer-6', email: 'six@example.com' };
    const visitors = await Promise.all(Array.from({ length: 6 }, () => newVisitor()));
    const answers = await Promise.all(visitors.map(async (visitor) => identify(visitor, await signed(customer))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const contacts = await house.db.collection('contacts').find({ 'identities.value': 'customer-6' }).toArray();
    expect(contacts.map(({ identities }) => identities)).toEqual([
      [
        { kind: 'external', value: 'customer-6', proof: 'jwt' },
        { kind: 'email', value: 'six@example.com', proof: 'jwt' },
      ],
    ]);
  });
});

describe('somebody else at the same browser', () => {
  test('begins anew, and hears nothing more of what was there', async () => {
    const visitor = await newVisitor();
    await identify(visitor, await signed({ sub: 'customer-9' }));
    const [tab, otherTab] = await Promise.all([1, 2].map(() => letIn(openSocket(house.url, 'visitor', visitor))));
    if (!tab || !otherTab) throw new Error('no tabs');
    const heard: string[] = [];
    for (const one of [tab, otherTab]) one.onAny((...event) => heard.push(JSON.stringify(event)));
    const begun = await askBySocket(tab, 'visitor.start', { clientId: 'first', text: 'I am customer 9' });
    const { conversationId } = begun.body as Output<'visitor.start'>;
    await askBySocket(otherTab, 'visitor.sync', { conversationId, after: 0 });

    const answer = await askBySocket(tab, 'visitor.identify', { identityToken: await signed({ sub: 'customer-10' }) });
    expect(conversationOf(answer)).not.toBe(conversationId);
    await expect.poll(() => otherTab.connected).toBe(false);
    for (const door of ['visitor.sync', 'visitor.send', 'visitor.seen'] as const)
      expect((await askBySocket(tab, door, { conversationId, ...whatever[door] })).status).toBe(404);

    const ana = { cookie: await house.cookieOf('ana') };
    const secret = { conversationId, clientId: 'r1', text: 'SECRET for customer 9', expectedSeq: 99 };
    expect((await askByHttp(house.url, 'conversation.reply', secret, ana)).status).toBe(200);
    expect(await start(visitor, 'I am customer 10', 'first')).not.toBe(conversationId);
    expect((await askBySocket(tab, 'visitor.session', {})).status).toBe(200);
    expect(heard.join()).not.toContain('SECRET');
    tab.close();
  });

  test('sees in the client nothing of what was there, in no tab', async () => {
    const storage = memoryStorage();
    const [tab, otherTab] = [await house.visitor('tulips', storage), await house.visitor('tulips', storage)];
    await tab.identify(await signed({ sub: 'customer-7' }));
    tab.send('I am customer 7');
    for (const one of [tab, otherTab]) await expect.poll(() => textsOf(one.entries)).toEqual(['I am customer 7']);
    await tab.identify(await signed({ sub: 'customer-8' }));
    expect(tab.entries).toEqual([]);
    await expect.poll(() => otherTab.entries, { timeout: 5_000 }).toEqual([]);
    tab.send('I am customer 8');
    for (const one of [tab, otherTab]) await expect.poll(() => textsOf(one.entries)).toEqual(['I am customer 8']);
    await tab.identify(await signed({ sub: 'customer-7' }));
    for (const one of [tab, otherTab])
      await expect.poll(() => textsOf(one.entries), { timeout: 5_000 }).toEqual(['I am customer 7']);
  });
});

const whatever = {
  'visitor.sync': { after: 0 },
  'visitor.send': { clientId: 'c9', text: 'Hello' },
  'visitor.seen': { n: 1 },
};

function tampered(token: string): string {
  const [head, , signature] = token.split('.');
  return [head, Buffer.from(JSON.stringify(mia)).toString('base64url'), signature].join('.');
}
