import { type QueuePlace, usualRouting, type VisitorSession } from '@helpline/protocol';
import type { VisitorClient } from '@helpline/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Asker, askByHttp } from '../testing/ask.js';
import { aCustomerWhoAsks } from '../testing/customers.js';
import { type House, type InboxName, inboxes, openHouse } from '../testing/house.js';

let house: House;

beforeEach(async () => {
  house = await openHouse('queue', { manyNodes: true });
});

afterEach(() => house.close());

/** Visitors who write one after the other, each with his own client. */
async function inLine(...said: string[]): Promise<VisitorClient[]> {
  const visitors: VisitorClient[] = [];
  for (const text of said) {
    const visitor = await house.visitor();
    visitor.send(text);
    await expect.poll(() => visitor.conversationId).not.toBeNull();
    visitors.push(visitor);
  }
  return visitors;
}

const positionsOf = (visitors: VisitorClient[]) => visitors.map(({ place }) => place?.position ?? null);

describe('whoever waits', () => {
  test('is told his place, and each step that he comes forward, until somebody has it', async () => {
    const [mia, noa, oli] = await inLine('First', 'Second', 'Third');
    if (!mia || !noa || !oli) throw new Error('nobody waits');
    await expect.poll(() => positionsOf([mia, noa, oli])).toEqual([1, 2, 3]);

    const dana = await house.signIn('dana');
    await (await dana.open(mia.conversationId ?? '')).assign('ana');
    await expect.poll(() => positionsOf([mia, noa, oli])).toEqual([null, 1, 2]);
    await (await dana.open(mia.conversationId ?? '')).assign(null);
    await expect.poll(() => positionsOf([mia, noa, oli])).toEqual([3, 1, 2]);
  });

  test('on another node is told the same', async () => {
    const other = await house.anotherNode();
    const [mia] = await inLine('First');
    const noa = await other.visitor();
    noa.send('Second');
    await expect.poll(() => noa.place?.position).toBe(2);
    const dana = await house.signIn('dana');
    await (await dana.open(mia?.conversationId ?? '')).assign('ana');
    await expect.poll(() => noa.place?.position).toBe(1);
  });

  test('finds his place at once when he opens the page again', async () => {
    const [, second] = await visitorsByHttp(2);
    expect((await sessionOf(second)).conversation?.place).toEqual({ position: 2, waitSeconds: null });
  });

  test('learns nothing but his own place', async () => {
    const [, second] = await visitorsByHttp(2);
    const session = await sessionOf(second);
    expect(Object.keys(session.conversation ?? {}).sort()).toEqual(['head', 'id', 'place', 'seen']);
    expect(Object.keys(session.conversation?.place ?? {}).sort()).toEqual(['position', 'waitSeconds']);
  });

  test('in another line is not counted', async () => {
    await visitorsByHttp(2, 'repairs');
    const [alone] = await visitorsByHttp(1, 'north');
    expect((await sessionOf(alone)).conversation?.place?.position).toBe(1);
  });
});

test('how long it may take is told as soon as enough of them have waited', async () => {
  const ana = await house.signIn('ana');
  const dana = await house.signIn('dana');
  await ana.setAvailability('busy');
  const visitors = await inLine(...Array.from({ length: 8 }, (_, i) => `Question ${i}`));
  await expect.poll(() => positionsOf(visitors)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const last = () => visitors.at(-1)?.place as QueuePlace;
  for (const [i, visitor] of visitors.slice(0, 6).entries()) {
    expect(last().waitSeconds).toBeNull();
    await (await dana.open(visitor.conversationId ?? '')).assign('ana');
    await expect.poll(() => last().position).toBe(7 - i);
  }
  await ana.setAvailability('available'); // with more in hand than she can take: they wait on, and somebody is there
  await expect.poll(() => last().waitSeconds).toBeGreaterThan(0);
});

test('outside of the hours a visitor learns when it opens, and that he may leave a message', async () => {
  const day = (new Date().getUTCDay() + 3) % 7;
  const hours = { timeZone: 'UTC', days: [{ day, from: '09:00', to: '10:00' }] };
  const settings = { ...usualRouting, hours, whenClosed: { kind: 'form' } };
  const set = { of: { kind: 'inbox', id: inboxes.tulips._id }, settings };
  const asked = await askByHttp(house.url, 'routing.set', set, { cookie: await house.cookieOf('emil') });
  expect(asked.status).toBe(200);
  const mia = await house.visitor();
  expect(mia.session?.hours).toMatchObject({ isOpen: false, asksForMessage: true });
  expect(new Date(mia.session?.hours.opensAt ?? '').getUTCDay()).toBe(day);
  const noa = await house.visitor('north');
  expect(noa.session?.hours).toEqual({ isOpen: true, opensAt: null, asksForMessage: false });
});

async function visitorsByHttp(count: number, inbox?: InboxName): Promise<Asker[]> {
  const askers: Asker[] = [];
  while (askers.length < count) askers.push((await aCustomerWhoAsks(house.url, inbox)).asker);
  await expect.poll(async () => (await sessionOf(askers.at(-1))).conversation?.place?.position).toBe(count);
  return askers;
}

async function sessionOf(asker: Asker | undefined): Promise<VisitorSession> {
  return (await askByHttp(house.url, 'visitor.session', {}, asker)).body as VisitorSession;
}
