import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskError } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import { ana, append, ben, numbers, openJournal, say, stored, texts, upTo } from './test-journal.js';

let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  test = await openJournal('repeat');
});
afterAll(() => test.close());

const again = { clientId: 'visitor:s1:m1', body: 'Hello' };

describe('a repeated clientId', () => {
  it('gets the first entry, and nothing new is written', async () => {
    const id = newId();
    const first = await append(test.journal, id, say(ana, 'Hello'), again);
    await append(test.journal, id, say(ana, 'Anybody?'));
    const second = await append(test.journal, id, say(ana, 'Hello'), again);
    expect(second).toMatchObject({ repeated: true, entry: { _id: first.entry._id, seq: 1 }, state: { seq: 2 } });
    expect(texts(await stored(test.db, id))).toEqual(['Hello', 'Anybody?']);
  });

  it('shows once, however many tries are under way on however many nodes', async () => {
    const id = newId();
    const nodes = [test.journal, test.anotherNode(), test.anotherNode()];
    const tries = upTo(30).map((n) => append(nodes[n % 3] ?? test.journal, id, say(ana, 'Hello'), again));
    const results = await Promise.all(tries);
    expect(new Set(results.map(({ entry }) => entry._id)).size).toBe(1);
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(numbers(await stored(test.db, id))).toEqual([1]);
  });

  it('is a conflict with another body', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'), again);
    const other = append(test.journal, id, say(ana, 'Bye'), { ...again, body: 'Bye' });
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    expect(texts(await stored(test.db, id))).toEqual(['Hello']);
  });

  it('succeeds even where the rule would now refuse', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'));
    const onlyFirst = { clientId: 'agent:b:1', body: 'Hi', kind: 'decision' } as const;
    const rule = (state: { seq: number } | null) => {
      if (state?.seq !== 1) throw new DeskError('stale');
      return say(ben, 'Hi')(null);
    };
    await append(test.journal, id, rule, onlyFirst);
    await expect(append(test.journal, id, rule, onlyFirst)).resolves.toMatchObject({ repeated: true });
    await expect(append(test.journal, id, rule, { ...onlyFirst, body: 'Bye' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is found by a node that had not heard of the conversation going on', async () => {
    const id = newId();
    const behind = test.anotherNode();
    await append(behind, id, say(ana, 'Hello'));
    await append(test.journal, id, say(ana, 'Anybody?'), again);
    const repeated = await append(behind, id, say(ana, 'Anybody?'), again);
    expect(repeated).toMatchObject({ repeated: true, entry: { seq: 2 }, state: { seq: 2 } });
  });

  it('of another conversation is another thing', async () => {
    await append(test.journal, newId(), say(ana, 'Hello'), again);
    await expect(append(test.journal, newId(), say(ana, 'Hello'), again)).resolves.toMatchObject({ repeated: false });
  });
});
