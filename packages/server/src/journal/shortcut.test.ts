import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.js';
import { Leases } from '../platform/leases.js';
import type { Entry } from './entry.js';
import type { EntryRef } from './follower.js';
import type { Journal } from './journal.js';
import { Shortcut } from './shortcut.js';
import { ana, append, ben, openJournal, say, silent, stored, upTo } from './test-journal.js';
import { seqsOf } from './test-tail.js';

describe('the short way', () => {
  let test: Awaited<ReturnType<typeof openJournal>>;
  let stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    test = await openJournal('shortcut');
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    stops = [];
    await test.close();
  });

  function lead(journal: Journal, handle?: (refs: EntryRef[]) => Promise<void>) {
    const handled: EntryRef[] = [];
    const keep = async (refs: EntryRef[]) => void handled.push(...refs);
    journal.consume({ name: 'search', wants: () => true, handle: handle ?? keep });
    const stopping = new AbortController();
    const ended = journal.lead(new Leases(test.db, silent), stopping.signal);
    const stop = () => {
      stopping.abort();
      return ended;
    };
    stops.push(stop);
    return { handled, stop };
  }

  const handedOn = (handled: EntryRef[], id: string, seqs: number[]) =>
    vi.waitUntil(() => String(seqsOf(handled, id)) === String(seqs), { timeout: 10_000 });
  const marksOf = async (id: string) => (await stored(test.db, id)).map(({ mark }) => mark !== undefined);
  const hasPosition = (field: 'time' | 'token') => async () =>
    Boolean(await test.db.collection('positions').findOne({ [field]: { $exists: true } }));

  it('brings what the leading node writes, once', async () => {
    const { handled } = lead(test.journal);
    const known = newId();
    await append(test.journal, known, say(ana, 'Hello'));
    await handedOn(handled, known, [1]);
    const id = newId();
    for (const n of upTo(20)) await append(test.journal, id, say(ana, `${n}`));
    await handedOn(handled, id, upTo(20));
    expect(await marksOf(id)).toEqual(upTo(20).map(() => true));
    await append(test.anotherNode(), id, say(ben, 'by the stream'));
    await handedOn(handled, id, upTo(21));
    expect(handled.filter(({ conversationId }) => conversationId === id)).toHaveLength(21);
    expect(handled.every((ref) => !('payload' in ref))).toBe(true);
  });

  it('keeps the order of a conversation that two nodes write to', async () => {
    const { handled } = lead(test.journal);
    const nodes = [test.journal, test.anotherNode()];
    const ids = upTo(10).map(() => newId());
    await Promise.all(
      ids.map(async (id) => {
        await append(test.journal, id, say(ana, 'Hello'));
        for (const n of upTo(20))
          await Promise.all(nodes.map((node, i) => append(node, id, say(i ? ben : ana, `${n}`))));
      }),
    );
    for (const id of ids) await handedOn(handled, id, upTo(41));
  });

  it('moves no position beyond what was not handled: the next leader gets it', async () => {
    const before = newId();
    const first = lead(test.journal, ([ref]) =>
      ref?.conversationId === before ? Promise.resolve() : new Promise(() => {}),
    );
    await vi.waitUntil(hasPosition('time'), { timeout: 10_000 });
    await append(test.journal, before, say(ana, 'Hello'));
    await vi.waitUntil(hasPosition('token'), { timeout: 10_000 });
    const id = newId();
    for (const n of upTo(5)) await append(test.journal, id, say(ana, `${n}`));
    expect(await marksOf(id)).toContain(true);
    void first.stop();
    stops = [];
    const second = lead(test.anotherNode());
    await handedOn(second.handled, id, upTo(5));
    expect(seqsOf(second.handled, before)).toEqual([]);
  });
});

describe('a position of the stream', () => {
  const entry = (seq: number, mark?: string) => ({ conversationId: 'c', seq, mark }) as Entry;

  it('is told only when the marked entries are there that were on their way when it was read', async () => {
    const shortcut = new Shortcut();
    const told: unknown[] = [];
    const mark = shortcut.open(({ seq }) => told.push(seq));
    let written = (_entry: Entry) => {};
    const write = new Promise<Entry>((resolve) => {
      written = resolve;
    });
    const first = entry(1, mark);
    const watched = shortcut.watch(first, write);
    shortcut.handOn(entry(7));
    shortcut.reached(() => told.push('reached'));
    expect(told).toEqual([7]);
    void shortcut.watch(entry(9, mark), new Promise(() => {})); // came later
    written(first);
    await watched;
    expect(told).toEqual([7, 1, 'reached']);
  });

  it('waits no longer for an entry that was never written, and is not told without news', async () => {
    const shortcut = new Shortcut();
    const told: unknown[] = [];
    const mark = shortcut.open(() => {});
    shortcut.reached(() => told.push('nothing new'));
    const refused = shortcut.watch(entry(1, mark), Promise.reject(new Error('too large')));
    shortcut.handOn(entry(7));
    shortcut.reached(() => told.push('reached'));
    await expect(refused).rejects.toThrow('too large');
    expect(told).toEqual(['reached']);
  });

  it('is nothing to a mark of the past', async () => {
    const shortcut = new Shortcut();
    const told: unknown[] = [];
    const old = entry(
      1,
      shortcut.open(() => {}),
    );
    const watched = shortcut.watch(old, Promise.resolve(old));
    shortcut.open(({ seq }) => told.push(seq));
    await watched;
    expect(told).toEqual([]);
  });

  it('lets no entry overtake one of its conversation', () => {
    const shortcut = new Shortcut();
    expect(shortcut.markFor('c', 1)).toBeUndefined();
    const mark = shortcut.open(() => {});
    expect(shortcut.markFor('c', 1)).toBe(mark);
    expect(shortcut.markFor('c', 8)).toBeUndefined();
    shortcut.handOn(entry(7));
    expect(shortcut.markFor('c', 8)).toBe(mark);
  });
});
