import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.js';
import { Leases } from '../platform/leases.js';
import type { ConversationState } from './fold.js';
import type { EntryRef } from './follower.js';
import type { Journal } from './journal.js';
import { ana, append, assignmentTo, openJournal, say, silent, stored, upTo } from './test-journal.js';
import { seqsOf } from './test-tail.js';

let test: Awaited<ReturnType<typeof openJournal>>;
let stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  test = await openJournal('lead');
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
  await test.close();
});

function lead(journal: Journal): () => Promise<void> {
  const stopping = new AbortController();
  const ended = journal.lead(new Leases(test.db, silent), stopping.signal);
  const stop = () => {
    stopping.abort();
    return ended;
  };
  stops.push(stop);
  return stop;
}

const conversations = () => test.db.collection<ConversationState>('conversations');

describe('the leading node', () => {
  it('brings the conversations up with the journal, and tells of them', async () => {
    const told = new Map<string, number>();
    test.journal.onProjected((states) => {
      for (const state of states) told.set(state._id, state.seq);
    });
    lead(test.journal);
    const ids = upTo(30).map(() => newId());
    const elsewhere = test.anotherNode();
    await Promise.all(
      ids.map(async (id, i) => {
        await append(test.journal, id, say(ana, 'Hello'));
        await append(i % 2 ? elsewhere : test.journal, id, assignmentTo('ben'));
      }),
    );
    await vi.waitUntil(() => ids.every((id) => told.get(id) === 2), { timeout: 10_000 });
    const fresh = await Promise.all(ids.map((id) => test.anotherNode().state(id)));
    for (const state of fresh) expect(await conversations().findOne({ _id: state?._id })).toEqual(state);
  });

  it('hands every consumer over where it was, and no entry is missed between two leaders', async () => {
    const handled: Record<string, EntryRef[]> = { first: [], second: [] };
    const nodes = { first: test.journal, second: test.anotherNode() };
    for (const [node, journal] of Object.entries(nodes))
      journal.consume({
        name: 'search',
        wants: () => true,
        async handle(refs) {
          handled[node]?.push(...refs);
        },
      });
    const id = newId();
    const stopFirst = lead(nodes.first);
    await append(nodes.first, id, say(ana, '1'));
    await vi.waitUntil(() => handled.first?.length === 1, { timeout: 10_000 });
    lead(nodes.second);
    const ended = stopFirst();
    for (const n of upTo(20)) await append(nodes.second, id, say(ana, `${n}`));
    await ended;
    const all = () => seqsOf([...(handled.first ?? []), ...(handled.second ?? [])], id);
    await vi.waitUntil(() => all().length === 21, { timeout: 10_000 });
    expect(all()).toEqual((await stored(test.db, id)).map(({ seq }) => seq));
  });

  it('goes on telling when one who listens fails', async () => {
    const told: number[] = [];
    test.journal.onProjected(() => {
      throw new Error('a broken listener');
    });
    test.journal.onProjected((states) => told.push(...states.map(({ seq }) => seq)));
    lead(test.journal);
    await append(test.journal, newId(), say(ana, 'Hello'));
    await vi.waitUntil(() => told.length > 0, { timeout: 10_000 });
  });
});
