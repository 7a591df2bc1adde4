import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskError } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import type { Append } from './append.js';
import { ana, append, assignmentTo, numbers, openJournal, say, stored, texts, upTo } from './test-journal.js';

let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  test = await openJournal('race');
});
afterAll(() => test.close());

/** Takes the conversation for an agent, if nobody has it. */
const take =
  (agentId: string): Append['rule'] =>
  (state) => {
    if (state?.assigneeId) throw new DeskError('already_done');
    return assignmentTo(agentId);
  };

describe('two nodes on one conversation', () => {
  it('leave no hole and lose nothing', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, '0'));
    const nodes = [test.anotherNode(), test.anotherNode()];
    const words = upTo(40).map(String);
    await Promise.all(words.map((word, i) => append(nodes[i % 2] ?? test.journal, id, say(ana, word))));
    const entries = await stored(test.db, id);
    expect(numbers(entries)).toEqual(upTo(41));
    expect(entries.map(({ pub }) => pub)).toEqual(upTo(41));
    expect(texts(entries).sort()).toEqual(['0', ...words].sort());
  });

  it('keep the order of each of them', async () => {
    const id = newId();
    const nodes = [test.journal, test.anotherNode()];
    await append(test.journal, id, say(ana, 'start'));
    await Promise.all(nodes.flatMap((node, side) => upTo(20).map((n) => append(node, id, say(ana, `${side}:${n}`)))));
    const said = texts(await stored(test.db, id)).map(String);
    for (const side of ['0', '1'])
      expect(said.filter((text) => text.startsWith(`${side}:`))).toEqual(upTo(20).map((n) => `${side}:${n}`));
  });

  it('give it to one agent only: the loser decides again, on what the winner wrote', async () => {
    for (const id of upTo(10).map(() => newId())) {
      const nodes = [test.anotherNode(), test.anotherNode()];
      await append(test.journal, id, say(ana, 'Hello'));
      const takes = nodes.map((node, i) => append(node, id, take(`agent-${i}`), { kind: 'decision' }));
      const results = await Promise.allSettled(takes);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already_done' } });
      expect(numbers(await stored(test.db, id))).toEqual([1, 2]);
    }
  });

  it('refuse nothing because of what is no longer so', async () => {
    const id = newId();
    const behind = test.anotherNode();
    await append(behind, id, say(ana, 'Hello'));
    await append(behind, id, take('ben'), { kind: 'decision' });
    await append(test.journal, id, assignmentTo(null));
    const taken = await append(behind, id, take('cleo'), { kind: 'decision' });
    expect(taken.state).toMatchObject({ assigneeId: 'cleo', seq: 4 });
  });

  it('begin it once', async () => {
    const id = newId();
    const nodes = [test.anotherNode(), test.anotherNode()];
    const results = await Promise.all(nodes.map((node, i) => append(node, id, say(ana, `first? ${i}`))));
    expect(results.map(({ entry }) => entry.seq).sort()).toEqual([1, 2]);
    const [first, second] = await stored(test.db, id);
    expect(first?.payload).toHaveProperty('opening');
    expect(second?.payload).not.toHaveProperty('opening');
  });
});
