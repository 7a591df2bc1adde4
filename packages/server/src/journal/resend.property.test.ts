import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.js';
import type { Entry } from './entry.js';
import { ana, append, ben, noteOf, numbers, openJournal, say, stored, upTo } from './test-journal.js';

let open: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  open = await openJournal('resend');
});
afterAll(() => open.close());

/** Each message is sent one to three times, in any order, each time to one of two nodes. */
const sendings = fc
  .array(fc.array(fc.nat(1), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((all) => all.flatMap((nodes, key) => nodes.map((node) => ({ key, node }))))
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

test('whatever is sent again, in any order and to any node, is there once, and each time the answer is the same', async () => {
  await fc.assert(
    fc.asyncProperty(sendings, fc.boolean(), async (all, atOnce) => {
      const id = newId();
      const nodes = [open.journal, open.anotherNode()];
      const send = ({ key, node }: { key: number; node: number }) =>
        append(nodes[node] ?? open.journal, id, say(ana, `message ${key}`), { clientId: `k${key}`, body: key });
      const answers: Awaited<ReturnType<typeof send>>[] = [];
      if (atOnce) answers.push(...(await Promise.all(all.map(send))));
      else for (const one of all) answers.push(await send(one));

      const entries = await stored(open.db, id);
      const keys = new Set(all.map(({ key }) => `k${key}`));
      expect(numbers(entries)).toEqual(upTo(keys.size));
      expect(new Set(entries.map(({ clientId }) => clientId))).toEqual(keys);
      for (const [i, { entry }] of answers.entries())
        expect(entry._id).toBe(entries.find(({ clientId }) => clientId === `k${all[i]?.key}`)?._id);
      expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(keys.size);
      await expect(
        append(open.journal, id, say(ana, 'another'), { clientId: entries[0]?.clientId ?? '', body: 'another' }),
      ).rejects.toMatchObject({ code: 'conflict' });
    }),
    { numRuns: 20 },
  );
});

/** Where a reader breaks off and goes on: how much he asks for each time, of which node. */
const reading = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(1)), { minLength: 1, maxLength: 30 });

test.each(['everything', 'public'] as const)(
  'read in any pieces, from any node, %s is what it is in one',
  async (audience) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 15 }), fc.nat(15), reading, async (kinds, late, pieces) => {
        const id = newId();
        const nodes = [open.journal, open.anotherNode()];
        const write = (isPublic: boolean) =>
          append(open.journal, id, isPublic ? say(ben, 'said') : noteOf(ben, 'noted'));
        await append(open.journal, id, say(ana, 'Hello'));
        for (const isPublic of kinds.slice(0, late)) await write(isPublic);
        const held: Entry[] = [];
        const position = () => (audience === 'public' ? held.at(-1)?.pub : held.at(-1)?.seq) ?? 0;
        const read = async (limit: number, node: number) => {
          const { entries, more } = await (nodes[node] ?? open.journal).sync(id, audience, position(), limit);
          held.push(...entries);
          return more;
        };
        for (const [limit, node] of pieces.slice(0, 3)) await read(limit, node);
        for (const isPublic of kinds.slice(late)) await write(isPublic);
        for (let i = 3; await read(...(pieces[i % pieces.length] ?? [6, 0])); i++);
        expect(held).toEqual((await open.journal.sync(id, audience, 0, 100)).entries);
      }),
      { numRuns: 15 },
    );
  },
);
