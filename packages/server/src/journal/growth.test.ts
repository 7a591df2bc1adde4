import { expect, test } from 'vitest';
import { watchQueries } from '../testing/queries.js';
import type { Entry } from './entry.js';
import { type ConversationState, foldAll } from './fold.js';
import { ana, append, ben, noteOf, openJournal, say } from './test-journal.js';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `conversation-${i}`);
const entriesOfEach = 6;

/** Copies of one real conversation under other names, and the states that `fold` makes of them. */
async function grownTo(conversations: number) {
  const desk = await openJournal('growth');
  await append(desk.journal, 'model', say(ana, 'Hello'), { clientId: 'visitor:1:hello' });
  for (let i = 1; i < entriesOfEach; i++) await append(desk.journal, 'model', say(ben, `Answer ${i}`));
  const model = await desk.db.collection<Entry>('entries').find().sort({ seq: 1 }).toArray();
  const copies = ids(conversations).map((conversationId) =>
    model.map((entry) => ({ ...entry, _id: `${conversationId}-${entry.seq}`, conversationId })),
  );
  await desk.db.collection<Entry>('entries').insertMany(copies.flat());
  const states = copies.map((copy) => foldAll(null, copy)).filter((state) => state !== null);
  await desk.db.collection<ConversationState>('conversations').insertMany(states);
  return desk;
}

/** What a node reads that meets a conversation for the first time: appends, repeats, loses a race, syncs. */
async function indexKeysOfWork(conversations: number): Promise<Record<string, number>> {
  const { db, journal, anotherNode, close } = await grownTo(conversations);
  const queries = await watchQueries(db);
  const keys: Record<string, number> = {};
  const [known = '', other = ''] = ids(2);
  const late = anotherNode();
  await late.state(known);
  const steps: Record<string, () => Promise<unknown>> = {
    'the first append': () => append(journal, known, say(ana, 'Are you there?')),
    'one more': () => append(journal, known, noteOf(ben, 'He is in a hurry.')),
    'a repeated one': () => append(journal, other, say(ana, 'Hello'), { clientId: 'visitor:1:hello' }),
    'one that loses a race': () => append(late, known, say(ana, 'Hello?')),
    'sync of all': () => journal.sync(other, 'everything', 0, 100),
    'sync with nothing new': () => journal.sync(other, 'public', entriesOfEach, 100),
  };
  let before = 0;
  for (const [name, step] of Object.entries(steps)) {
    await step();
    const seen = await queries.soFar();
    const total = seen.reduce((sum, query) => sum + query.keys, 0);
    keys[name] = total - before;
    before = total;
  }
  await queries.stop();
  await close();
  return keys;
}

test('an append, a repetition and a sync look at as many index keys among a thousand conversations as among ten', async () => {
  const few = await indexKeysOfWork(10);
  expect(few).toMatchObject({ 'one more': 0 });
  expect(await indexKeysOfWork(1_000)).toEqual(few);
});
