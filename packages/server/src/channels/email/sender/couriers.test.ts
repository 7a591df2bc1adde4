import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sleep } from '../../../platform/clock.js';
import type { Mailbox } from '../store.js';
import { RoughSmtp } from '../testing/rough-smtp.js';
import { Couriers } from './couriers.js';
import type { Outcome } from './outcome.js';

const waiting = { timeout: 10_000 };
let smtp: RoughSmtp;
let couriers: Couriers;

beforeAll(async () => {
  smtp = await RoughSmtp.start();
});
beforeEach(() => {
  smtp.forget();
  couriers = new Couriers({ connections: 1, pauseMs: 200 });
});
afterAll(() => smtp?.stop());

test('mails go one after the other over one connection', async () => {
  expect(await sendAll('one', 'two', 'three')).toEqual(['sent', 'sent', 'sent']);
  expect(await sendAll('four')).toEqual(['sent']);
  expect(smtp.mails.map(textOf)).toEqual(['one', 'two', 'three', 'four']);
  expect(smtp.connections).toBe(1);
});

test('so they do where the server takes commands together', async () => {
  smtp.extensions.push('PIPELINING');
  smtp.whims.push({ at: 'RCPT', does: '550 5.1.1 No such user', to: 'ben@customers.example' });
  expect(await Promise.all([send('one'), send('two', 'ben@customers.example'), send('three')])).toMatchObject([
    { state: 'sent' },
    { state: 'failed', detail: '550 5.1.1 No such user' },
    { state: 'sent' },
  ]);
  expect(smtp.connections).toBe(1);
});

test('a connection that ended between two mails is replaced, and nobody hears of it', async () => {
  await sendAll('one');
  smtp.hangUp();
  expect(await sendAll('two')).toEqual(['sent']);
  await sendAll('three');
  smtp.whims.push({ at: 'MAIL', does: 'hang up' });
  expect(await sendAll('four')).toEqual(['sent']);
  expect(smtp.mails.map(textOf)).toEqual(['one', 'two', 'three', 'four']);
  expect(smtp.connections).toBe(3);
});

test.each([[], ['PIPELINING']])(
  'a server that has enough after two mails gets the others by new connections',
  async (...extensions) => {
    smtp.extensions.push(...extensions);
    smtp.mailsAConnection = 2;
    const texts = ['one', 'two', 'three', 'four', 'five'];
    expect(await sendAll(...texts)).toEqual(texts.map(() => 'sent'));
    expect(smtp.mails.map(textOf)).toEqual(texts);
    expect(smtp.connections).toBe(3);
  },
);

test('a new connection that the server ends with 421 counts as a try', async () => {
  smtp.whims.push({ at: 'MAIL', does: '421 4.3.2 Shutting down' });
  expect(await send('one')).toMatchObject({ state: 'retry', detail: expect.stringContaining('421') });
});

test('what one mail is refused for is not held against the next', async () => {
  await sendAll('one');
  smtp.whims.push({ at: 'RCPT', does: '452 4.2.2 Mailbox full' }, { at: 'end', does: '554 5.7.1 Spam' });
  expect(await sendAll('two', 'three', 'four')).toEqual(['retry', 'failed', 'sent']);
  expect(smtp.connections).toBe(1);
});

test('a server that can not forget a refused mail gets a new connection', async () => {
  smtp.whims.push({ at: 'RCPT', does: '550 5.1.1 No such user' }, { at: 'RSET', does: '502 5.5.1 What?' });
  expect(await sendAll('one', 'two')).toEqual(['failed', 'sent']);
  expect(smtp.connections).toBe(2);
});

test('only of the mail whose last word is lost nobody knows, and it goes out once', async () => {
  await sendAll('one');
  smtp.whims.push({ at: 'end', does: 'hang up' });
  expect(await sendAll('two', 'three')).toEqual(['unknown', 'sent']);
  expect(smtp.mails.map(textOf)).toEqual(['one', 'two', 'three']);
});

test('a mail whose claim is lost is not sent, and the others are', async () => {
  const lost = send('lost', 'ana@customers.example', async () => false);
  expect([await lost, ...(await sendAll('two'))]).toEqual([{ state: 'lost' }, 'sent']);
  expect(smtp.mails.map(textOf)).toEqual(['two']);
});

test('more connections are used where mails have to wait, and fewer where the server wants fewer', async () => {
  couriers = new Couriers({ connections: 3 });
  const texts = Array.from({ length: 12 }, (_, i) => `mail ${i}`);
  const slowly = () => Promise.all(texts.map((text) => send(text, undefined, () => sleep(250).then(() => true))));
  expect((await slowly()).map(({ state }) => state)).toEqual(texts.map(() => 'sent'));
  expect(smtp.connections).toBe(3);
  smtp.forget();
  smtp.connectionsAtOnce = 1;
  couriers = new Couriers({ connections: 3 });
  expect((await slowly()).map(({ state }) => state)).toEqual(texts.map(() => 'sent'));
  expect(smtp.mails.map(textOf).sort()).toEqual(texts.sort());
});

test('where nobody answers one mail has tried, and the others wait for a while', async () => {
  smtp.whims.push({ at: 'greeting', does: 'hang up' });
  expect(await sendAll('one', 'two', 'three')).toEqual(['retry', 'put_back', 'put_back']);
  expect([...couriers.full.keys()]).toEqual(['support']);
  expect(await sendAll('four')).toEqual(['put_back']);
  expect(smtp.connections).toBe(1);
  await expect.poll(() => couriers.full.size, waiting).toBe(0);
  expect(await sendAll('five')).toEqual(['sent']);
});

test('another password needs another connection', async () => {
  await sendAll('one');
  expect(await send('two', undefined, undefined, 'rooibos')).toMatchObject({ state: 'sent' });
  expect(smtp.connections).toBe(2);
});

test('the next mail may begin while the one before is on its way', async () => {
  await sendAll('zero');
  const order: string[] = [];
  const asking = (text: string) => async () => {
    order.push(`${text} asks`);
    return true;
  };
  const first = send('one', undefined, asking('one')).then(() => order.push('one sent'));
  await Promise.all([first, send('two', undefined, asking('two'))]);
  expect(order.indexOf('two asks')).toBeLessThan(order.indexOf('one sent'));
});

test('what waits at the end is put back, what is on its way arrives', async () => {
  smtp.whims.push({ at: 'end', does: 'say nothing' });
  const outcomes = ['one', 'two', 'three'].map((text) => send(text));
  await expect.poll(() => smtp.mails.length, waiting).toBe(1);
  couriers.stop();
  expect(await Promise.all(outcomes.slice(1))).toEqual([{ state: 'put_back' }, { state: 'put_back' }]);
  expect(await send('four')).toEqual({ state: 'put_back' });
  for (const socket of smtp.open) socket.write('250 2.0.0 Taken\r\n');
  expect(await outcomes[0]).toMatchObject({ state: 'sent' });
  await expect.poll(() => smtp.open.size, waiting).toBe(0);
});

const sendAll = async (...texts: string[]): Promise<string[]> =>
  (await Promise.all(texts.map((text) => send(text)))).map(({ state }) => state);

function send(
  text: string,
  to = 'ana@customers.example',
  mayBegin = async () => true,
  password = 'oolong',
): Promise<Outcome> {
  const access = {
    host: '127.0.0.1',
    servername: undefined,
    port: smtp.port,
    secure: false,
    user: 'support',
    password,
  };
  const raw = Buffer.from(`Subject: Tea\r\n\r\n${text}\r\n`);
  return couriers.send(mailboxWith(password), async () => access, {
    from: 'support@tea.example',
    to: [to],
    raw,
    mayBegin,
  });
}

function mailboxWith(password: string): Pick<Mailbox, '_id' | 'smtp'> {
  const sealed = { nonce: Buffer.alloc(0), tag: Buffer.alloc(0), data: Buffer.from(password) };
  return { _id: 'support', smtp: { host: '127.0.0.1', port: smtp.port, secure: false, user: '', password: sealed } };
}

const textOf = (mail: string): string => mail.slice(mail.indexOf('\r\n\r\n') + 4);
