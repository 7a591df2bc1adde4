import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.js';
import { type ConversationState, foldAll, foldVersion } from './fold.js';
import type { EntryRef } from './follower.js';
import { Heads } from './heads.js';
import { projector, renewOutdated } from './projector.js';
import { JournalStore } from './store.js';
import { ana, append, assignmentTo, ben, openJournal, say, silent, stored, upTo } from './test-journal.js';

let test: Awaited<ReturnType<typeof openJournal>>;
let store: JournalStore;
beforeAll(async () => {
  test = await openJournal('projector');
  store = new JournalStore(test.db);
});
afterAll(() => test.close());

const kept = (id: string) => test.db.collection<ConversationState>('conversations').findOne({ _id: id });

async function conversationOf(...words: string[]): Promise<{ id: string; refs: EntryRef[] }> {
  const id = newId();
  for (const word of words) await append(test.journal, id, say(ana, word));
  return { id, refs: await stored(test.db, id) };
}

describe('the projector', () => {
  it('keeps what the entries make, and tells of it', async () => {
    const told: ConversationState[] = [];
    const consumer = projector(store, new Heads(store), (states) => told.push(...states));
    const { id, refs } = await conversationOf('Hello', 'Anybody?');
    await consumer.handle(refs);
    const fresh = foldAll(null, await stored(test.db, id));
    expect(await kept(id)).toEqual(fresh);
    expect(told).toEqual([fresh]);
  });

  it('writes what another node appended, though it had cached an older state', async () => {
    const heads = new Heads(store);
    const consumer = projector(store, heads, () => {});
    const { id, refs } = await conversationOf('Hello');
    await consumer.handle(refs);
    await append(test.journal, id, assignmentTo('ben'));
    await consumer.handle((await stored(test.db, id)).slice(1));
    expect(await kept(id)).toMatchObject({ seq: 2, assigneeId: 'ben' });
  });

  it('never puts an older state over a newer one, whichever comes first', async () => {
    const { id } = await conversationOf('Hello');
    const states = [await test.journal.state(id)];
    for (const agent of ['ben', 'cleo']) states.push((await append(test.journal, id, assignmentTo(agent))).state);
    const [first, second, third] = states;
    if (!first || !second || !third) throw new Error('no states');
    await Promise.all([third, first, second, third, first].map((state) => store.keep([state])));
    await store.keep([first]);
    expect(await kept(id)).toEqual(third);
  });

  it('writes the others of a batch when one of them was newer already', async () => {
    const conversations = await Promise.all(upTo(3).map(() => conversationOf('Hello', 'Anybody?')));
    const states = await Promise.all(conversations.map(({ id }) => test.journal.state(id)));
    const [first, second, third] = states.filter((state) => state !== null);
    if (!first || !second || !third) throw new Error('no states');
    await store.keep([second]);
    await store.keep([first, { ...second, seq: 1 }, third]);
    for (const state of [first, second, third]) expect(await kept(state._id)).toEqual(state);
  });

  it('fails when a state could not be kept, though another was newer', async () => {
    const { id } = await conversationOf('Hello');
    const state = await test.journal.state(id);
    if (!state) throw new Error('no state');
    await store.keep([state]);
    const refused = { ...state, _id: newId(), status: 'sunk' };
    await test.db.command({ collMod: 'conversations', validator: { status: { $ne: 'sunk' } } });
    const keeping = store.keep([{ ...state, seq: 0 }, refused as unknown as ConversationState]);
    await expect(keeping).rejects.toThrow();
  });
});

describe('a state of an older fold', () => {
  it('is not built upon: the journal folds its entries anew', async () => {
    const { id } = await conversationOf('Hello', 'Anybody?');
    const fresh = await test.journal.state(id);
    if (!fresh) throw new Error('no state');
    await store.keep([{ ...fresh, assigneeId: 'a mistake' }]);
    expect(await test.anotherNode().state(id)).toMatchObject({ assigneeId: 'a mistake' });
    const conversations = test.db.collection<ConversationState>('conversations');
    await conversations.updateOne({ _id: id }, { $set: { foldVersion: foldVersion - 1 } });
    expect(await test.anotherNode().state(id)).toEqual(fresh);
  });

  it('is made anew by the next leader, without a new entry', async () => {
    const ids = (await Promise.all(upTo(120).map(() => conversationOf('Hello')))).map(({ id }) => id);
    const states = (await Promise.all(ids.map((id) => test.journal.state(id)))).filter((state) => state !== null);
    await store.keep(states.map((state) => ({ ...state, foldVersion: foldVersion - 1, status: 'closed' })));
    await renewOutdated(store, new Heads(store), silent, new AbortController().signal);
    const all = await test.db
      .collection<ConversationState>('conversations')
      .find({ _id: { $in: ids } })
      .toArray();
    expect(all.map(({ status }) => status)).toEqual(ids.map(() => 'open'));
    expect(all.every((state) => state.foldVersion === foldVersion)).toBe(true);
  });
});

describe('the cache of states', () => {
  it('holds the 20,000 used last and no more', async () => {
    const heads = new Heads(store);
    const { id } = await conversationOf('Hello');
    const state = await heads.get(id);
    if (!state) throw new Error('no state');
    for (const n of upTo(19_999)) heads.set({ ...state, _id: `c${n}`, seq: 7 });
    await heads.get(id);
    heads.set({ ...state, _id: 'one more', seq: 7 });
    expect(await heads.get('c1')).toBeNull();
    expect(await heads.get('c2')).toMatchObject({ seq: 7 });
    await append(test.journal, id, say(ben, 'Hi'));
    expect(await heads.get(id)).toMatchObject({ seq: 1 });
    expect(await heads.reaching(id, 2)).toMatchObject({ seq: 2 });
  });
});
