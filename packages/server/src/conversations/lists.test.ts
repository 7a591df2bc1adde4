import type { Conversation, Output } from '@helpline/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Journal } from '../journal/index.js';
import { createLogger } from '../platform/logger.js';
import { type Asker, askByHttp } from '../testing/ask.js';
import { type House, inboxes, openHouse } from '../testing/house.js';
import { assign } from './assign.js';
import { receive } from './receive.js';
import { resolve } from './set-status.js';

let house: House;
let journal: Journal;
let dana: Asker;

beforeAll(async () => {
  house = await openHouse('lists');
  dana = { cookie: await house.cookieOf('dana') };
  const moments = Array.from({ length: 500 }, (_, i) => new Date(1_000_000 + Math.floor(i / 7) * 1_000)); // some at once
  journal = new Journal(house.db, createLogger('silent'), () => moments.shift() ?? new Date());
});

afterAll(() => house.close());

async function conversations(ids: string[], inbox: keyof typeof inboxes = 'tulips'): Promise<void> {
  const { _id: inboxId, workspaceId, brandId, teamId } = inboxes[inbox];
  for (const conversationId of ids)
    await receive(journal, {
      conversationId,
      clientId: 'visitor:mia:1',
      author: { kind: 'visitor', id: 'mia' },
      message: { channel: 'chat', text: `I am ${conversationId}` },
      opening: { workspaceId, brandId, inboxId, teamId, contactId: 'mia', channel: 'chat' },
    });
}

async function page(view: string, cursor?: string | null, asker = dana): Promise<Output<'conversation.list'>> {
  const answer = await askByHttp(house.url, 'conversation.list', { view, ...(cursor ? { cursor } : {}) }, asker);
  return answer.body as Output<'conversation.list'>;
}

async function all(view: string, asker = dana): Promise<Conversation[]> {
  const items: Conversation[] = [];
  let cursor: string | null = null;
  do {
    const one: Output<'conversation.list'> = await page(view, cursor, asker);
    items.push(...one.items);
    cursor = one.next;
  } while (cursor);
  return items;
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}-${100 + i}`);
const idsOf = (items: Conversation[]): string[] => items.map(({ id }) => id);

describe('the lists', () => {
  const tulips = numbered('tulip', 120);

  test('come page by page, complete, each once: the queue by who waits longest, the others newest first', async () => {
    await conversations(tulips);
    await conversations(['with-north'], 'north');
    await conversations(['with-elsewhere'], 'elsewhere');
    await expect.poll(async () => (await page('queue')).counts).toEqual({ mine: 0, queue: 121, open: 121 });
    const queue = await all('queue');
    expect(idsOf(queue)).toEqual([...tulips, 'with-north']);
    const waiting = queue.map(({ waitingSince }) => waitingSince ?? '');
    expect(waiting).toEqual(waiting.toSorted());
    const open = await all('open');
    expect(idsOf(open).toSorted()).toEqual(['with-north', ...tulips].toSorted());
    const last = open.map(({ lastAt }) => lastAt);
    expect(last).toEqual(last.toSorted().reverse());
    expect((await page('open')).items).toHaveLength(50);
  });

  test('show what each conversation is about', async () => {
    expect((await page('queue')).items[0]).toMatchObject({
      id: 'tulip-100',
      brandId: 'tulips',
      status: 'open',
      handler: 'queue',
      assigneeId: null,
      seq: 1,
      preview: { text: 'I am tulip-100', by: 'visitor', channel: 'chat' },
    });
  });

  test('follow what happens, and count by what their reader may see', async () => {
    const actor = { kind: 'agent', id: 'dana', name: 'Dana' } as const;
    const change = (conversationId: string) => ({ conversationId, clientId: 'x', actor });
    for (const id of ['tulip-100', 'tulip-101'])
      await assign(journal, { ...change(id), agentId: 'dana', reason: null });
    await resolve(journal, { ...change('tulip-101'), clientId: 'y' });
    await resolve(journal, change('tulip-102'));
    await expect.poll(async () => (await page('mine')).counts).toEqual({ mine: 1, queue: 118, open: 119 });
    expect(idsOf(await all('mine'))).toEqual(['tulip-100']);
    expect(idsOf(await all('resolved')).toSorted()).toEqual(['tulip-101', 'tulip-102']);
    const chiara = { cookie: await house.cookieOf('chiara') };
    expect((await page('open', null, chiara)).counts).toEqual({ mine: 0, queue: 1, open: 1 });
    expect(idsOf(await all('open', chiara))).toEqual(['with-north']);
    const olga = { cookie: await house.cookieOf('olga') };
    expect(idsOf(await all('open', olga))).toEqual(['with-elsewhere']);
  });
});
