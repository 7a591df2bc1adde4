import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.js';
import { Heads } from './heads.js';
import { JournalStore } from './store.js';
import { ana, append, openJournal, say, upTo } from './test-journal.js';

let house: Awaited<ReturnType<typeof openJournal>>;
beforeEach(async () => {
  house = await openJournal('heads');
});
afterEach(() => house.close());

const heads = (trustedForMs?: number) => new Heads(new JournalStore(house.db), trustedForMs);

test('a node that is alone reads a state once', async () => {
  const id = newId();
  await append(house.journal, id, say(ana, 'one'));
  const alone = heads();
  expect(await alone.current(id)).toMatchObject({ seq: 1 });
  await append(house.journal, id, say(ana, 'two'));
  expect(await alone.current(id)).toMatchObject({ seq: 1 });
  expect(await alone.newest([id])).toMatchObject([{ seq: 1 }]);
});

test('one of many nodes shows what another one wrote, told or not', async () => {
  const id = newId();
  await append(house.journal, id, say(ana, 'one'));
  const patient = heads(60_000);
  expect(await patient.current(id)).toMatchObject({ seq: 1 });
  await append(house.journal, id, say(ana, 'two'));
  expect(await patient.current(id)).toMatchObject({ seq: 1 });
  patient.heardOf(id, 2);
  expect(await patient.current(id)).toMatchObject({ seq: 2 });
  await append(house.journal, id, say(ana, 'three'));
  expect(await patient.newest([id, newId()])).toMatchObject([{ seq: 3 }]);

  const impatient = heads(0);
  await impatient.current(id);
  await append(house.journal, id, say(ana, 'four'));
  expect(await impatient.current(id)).toMatchObject({ seq: 4 });
});

test('many who ask at once share one look', async () => {
  const ids = upTo(20).map(() => newId());
  await Promise.all(ids.map((id) => append(house.journal, id, say(ana, 'Hello'))));
  const store = new JournalStore(house.db);
  const looks = vi.spyOn(store, 'newestSeqs');
  const many = new Heads(store, 0);
  const states = await Promise.all(ids.map((id) => many.current(id)));
  expect(states.map((state) => state?._id)).toEqual(ids);
  expect(looks).toHaveBeenCalledTimes(1);
});
