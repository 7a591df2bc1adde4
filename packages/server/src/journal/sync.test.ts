import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.js';
import type { Entry } from './entry.js';
import { ana, append, ben, noteOf, numbers, openJournal, say, texts, upTo } from './test-journal.js';

let test: Awaited<ReturnType<typeof openJournal>>;
const id = newId();
beforeAll(async () => {
  test = await openJournal('sync');
  for (const n of upTo(30))
    await append(test.journal, id, n % 3 === 1 ? say(n % 2 ? ana : ben, `${n}`) : noteOf(ben, `secret ${n}`));
});
afterAll(() => test.close());

/** Reads on from a position, page after page, to the end. */
async function readOn(audience: 'everything' | 'public', after: number, limit: number): Promise<Entry[]> {
  const page = await test.journal.sync(id, audience, after, limit);
  expect(page.entries.length).toBeLessThanOrEqual(limit);
  expect(page.head).toBe(audience === 'public' ? 10 : 30);
  const last = page.entries.at(-1);
  if (!page.more || !last) return page.entries;
  return [...page.entries, ...(await readOn(audience, audience === 'public' ? last.pub : last.seq, limit))];
}

describe('sync', () => {
  it('gives agents every entry once and in order, wherever the pages are cut', async () => {
    for (const limit of [1, 7, 29, 30, 31])
      for (const after of [0, 1, 13, 29, 30])
        expect(numbers(await readOn('everything', after, limit))).toEqual(upTo(30).slice(after));
  });

  it('gives visitors every public entry once and in order, wherever the pages are cut', async () => {
    for (const limit of [1, 3, 9, 10, 11])
      for (const after of [0, 1, 5, 9, 10])
        expect((await readOn('public', after, limit)).map(({ pub }) => pub)).toEqual(upTo(10).slice(after));
  });

  it('shows visitors no note, and no number that counts one', async () => {
    const page = await test.journal.sync(id, 'public', 0, 100);
    expect(page.entries.every(({ audience }) => audience === 'public')).toBe(true);
    expect(texts(page.entries).filter((text) => String(text).includes('secret'))).toEqual([]);
    expect(page).toMatchObject({ head: 10, more: false });
  });

  it('says when there is nothing new, nothing at all, or less than was asked after', async () => {
    expect(await test.journal.sync(id, 'everything', 30, 10)).toEqual({ entries: [], head: 30, more: false });
    expect(await test.journal.sync(id, 'public', 99, 10)).toEqual({ entries: [], head: 10, more: false });
    expect(await test.journal.sync(newId(), 'public', 0, 10)).toEqual({ entries: [], head: 0, more: false });
  });

  it('tells on every node what was appended on another', async () => {
    const other = newId();
    const behind = test.anotherNode();
    await append(behind, other, say(ana, 'Hello'));
    await append(test.journal, other, say(ana, 'Anybody?'));
    await append(test.journal, other, noteOf(ben, 'On my way'));
    expect(await behind.sync(other, 'everything', 3, 10)).toMatchObject({ head: 3, more: false });
    expect(await behind.sync(other, 'everything', 0, 1)).toMatchObject({ head: 3, more: true });
    expect(await behind.sync(other, 'public', 2, 1)).toMatchObject({ head: 2, more: false });
  });
});
