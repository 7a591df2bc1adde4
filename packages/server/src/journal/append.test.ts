import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskError } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import { ana, append, ben, noteOf, numbers, openJournal, say, stored, texts, upTo } from './test-journal.js';

let now = new Date('2026-03-01T12:00:00Z');
let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  test = await openJournal('append', () => now);
});
afterAll(() => test.close());

describe('numbers', () => {
  it('count every entry, and the public ones once more', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'));
    await append(test.journal, id, noteOf(ben, 'A regular'));
    await append(test.journal, id, say(ben, 'Hello Ana'));
    const entries = await stored(test.db, id);
    expect(entries.map(({ seq, pub }) => [seq, pub])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
  });

  it('follow the order of the calls, however many come at once', async () => {
    const id = newId();
    const words = upTo(50).map(String);
    await Promise.all(words.map((word) => append(test.journal, id, say(ana, word))));
    const entries = await stored(test.db, id);
    expect(numbers(entries)).toEqual(upTo(50));
    expect(texts(entries)).toEqual(words);
  });

  it('go on where a conversation that was thought to begin is there already', async () => {
    const id = newId();
    const hello = await append(test.journal, id, say(ana, 'Hello'), { begins: true });
    expect(hello.entry).toMatchObject({ seq: 1, payload: { opening: { inboxId: 'shoes-chat' } } });
    const other = test.anotherNode(); // which knows nothing of it
    const next = await append(other, id, say(ana, 'Next'), { begins: true });
    expect(next.entry).toMatchObject({ seq: 2, pub: 2, payload: { text: 'Next' } });
    expect(next.entry.payload).not.toHaveProperty('opening');
    const { clientId } = hello.entry;
    const again = await append(test.anotherNode(), id, say(ana, 'Hello'), { begins: true, clientId });
    expect(again).toMatchObject({ repeated: true, entry: { _id: hello.entry._id } });
  });

  it('have no hole where a rule refused', async () => {
    const id = newId();
    const refuse = () => {
      throw new DeskError('stale');
    };
    const results = await Promise.allSettled([
      append(test.journal, id, say(ana, 'Hello')),
      append(test.journal, id, refuse),
      append(test.journal, id, say(ana, 'Anybody?')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(numbers(await stored(test.db, id))).toEqual([1, 2]);
  });
});

describe('time', () => {
  it('never runs backwards within a conversation', async () => {
    const id = newId();
    const first = await append(test.journal, id, say(ana, 'Hello'));
    now = new Date(now.getTime() - 60_000);
    const second = await append(test.journal, id, say(ana, 'Anybody?'));
    expect(second.entry.at).toEqual(first.entry.at);
  });
});

describe('the rule', () => {
  it('sees the state after everything before it', async () => {
    const id = newId();
    const seen: (number | undefined)[] = [];
    const sayAndLook = (text: string) => (state: Parameters<ReturnType<typeof say>>[0]) => {
      seen.push(state?.seq);
      return say(ana, text)(state);
    };
    await Promise.all(['a', 'b', 'c'].map((text) => append(test.journal, id, sayAndLook(text))));
    expect(seen).toEqual([undefined, 1, 2]);
  });

  it('can not begin a conversation with anything but an opening message', async () => {
    const id = newId();
    await expect(append(test.journal, id, { ...noteOf(ben, 'First'), workspaceId: 'shop' })).rejects.toThrow('opening');
    expect(await stored(test.db, id)).toEqual([]);
  });

  it('can not move a conversation to another workspace', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'));
    const { entry } = await append(test.journal, id, { ...noteOf(ben, 'Psst'), workspaceId: 'elsewhere' });
    expect(entry.workspaceId).toBe('shop');
  });

  it('decides nothing after an entry of a newer version, but facts still come in', async () => {
    const id = newId();
    const { entry } = await append(test.journal, id, say(ana, 'Hello'));
    const foreign = { ...entry, _id: newId(), clientId: 'x', seq: 2, pub: 2, v: 99 };
    await test.db.collection<typeof entry>('entries').insertOne(foreign);
    const node = test.anotherNode();
    const decision = append(node, id, say(ben, 'Hello Ana'), { kind: 'decision' });
    await expect(decision).rejects.toMatchObject({ code: 'unprocessable' });
    await append(node, id, say(ana, 'Anybody?'));
    expect(numbers(await stored(test.db, id))).toEqual([1, 2, 3]);
  });
});

describe('limits', () => {
  it('refuse an entry that is too large, and nothing else', async () => {
    const id = newId();
    const results = await Promise.allSettled([
      append(test.journal, id, say(ana, 'Hello')),
      append(test.journal, id, say(ana, 'x'.repeat(256 * 1024))),
      append(test.journal, id, say(ana, 'Sorry')),
    ]);
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'too_large' } });
    expect(texts(await stored(test.db, id))).toEqual(['Hello', 'Sorry']);
  });

  it('answer busy when too many calls wait, and let later ones in again', async () => {
    const node = test.anotherNode();
    const id = newId();
    const blocked = Promise.allSettled(upTo(10_050).map((n) => append(node, id, n === 1 ? say(ana, '1') : refuse)));
    function refuse(): never {
      throw new Error('not this one');
    }
    const results = await blocked;
    const busy = results.filter((result) => result.status === 'rejected' && result.reason.code === 'busy');
    expect(busy).toHaveLength(50);
    await append(node, id, say(ana, '2'));
  });

  it('count no call that could not even be read', async () => {
    const node = test.anotherNode();
    const unreadable = upTo(10_001).map(() => append(node, newId(), say(ana, 'x'), { body: 1n }));
    await Promise.allSettled(unreadable);
    await append(node, newId(), say(ana, 'Hello'));
  });
});

describe('hints', () => {
  it('tell of an entry after it can be read, once, with the connection it came on', async () => {
    const node = test.anotherNode();
    const id = newId();
    const told: unknown[] = [];
    node.onCommitted((entry, state, from) => told.push([entry.seq, state.seq, from]));
    await append(node, id, say(ana, 'Hello'), { clientId: 'c1', from: 'socket-1' });
    await append(node, id, say(ana, 'Hello'), { clientId: 'c1', from: 'socket-1' });
    expect(told).toEqual([[1, 1, 'socket-1']]);
  });

  it('can not make a committed entry look refused', async () => {
    const node = test.anotherNode();
    node.onCommitted(() => {
      throw new Error('a broken listener');
    });
    await expect(append(node, newId(), say(ana, 'Hello'))).resolves.toMatchObject({ repeated: false });
  });
});
