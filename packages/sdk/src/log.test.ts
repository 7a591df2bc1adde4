import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Log } from './log.js';

interface Line {
  n: number;
}

const upTo = (n: number): Line[] => Array.from({ length: n }, (_, i) => ({ n: i + 1 }));
const numbersOf = (log: Log<Line>): number[] => log.entries.map(({ n }) => n);

/** A conversation on the server, of which a sync gives a page at a time. */
function server(page = 200) {
  const lines: Line[] = [];
  let asked = 0;
  return {
    lines,
    get asked() {
      return asked;
    },
    write: (n: number) => lines.push(...upTo(lines.length + n).slice(lines.length)),
    async fetchAfter(after: number) {
      asked++;
      const entries = lines.slice(after, after + page);
      return { entries, head: lines.length, more: after + entries.length < lines.length };
    },
  };
}

describe('a log', () => {
  test('takes what comes in turn, once, without asking', async () => {
    const desk = server();
    const log = new Log<Line>(
      ({ n }) => n,
      desk.fetchAfter,
      () => {},
    );
    await log.hear([{ n: 1 }]);
    await log.hear([{ n: 1 }, { n: 2 }]);
    await log.hear([{ n: 2 }]);
    expect(numbersOf(log)).toEqual([1, 2]);
    expect(desk.asked).toBe(0);
  });

  test('takes what comes after a gap for a hint, and fetches page by page', async () => {
    const desk = server(3);
    desk.write(10);
    let changes = 0;
    const log = new Log<Line>(
      ({ n }) => n,
      desk.fetchAfter,
      () => changes++,
    );
    await log.hear([{ n: 10 }]);
    expect(numbersOf(log)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(desk.asked).toBe(4);
    expect(changes).toBe(4);
  });

  test('whose fetch fails says so, and fetches the next time', async () => {
    const desk = server();
    desk.write(2);
    let broken = true;
    const fetchAfter = (n: number) => (broken ? Promise.reject(new Error('no link')) : desk.fetchAfter(n));
    const log = new Log<Line>(
      ({ n }) => n,
      fetchAfter,
      () => {},
    );
    await expect(log.sync()).rejects.toThrow('no link');
    broken = false;
    await log.sync();
    expect(numbersOf(log)).toEqual([1, 2]);
  });

  test('has, when a sync ends, all that was there when it was asked for', async () => {
    const desk = server();
    const log = new Log<Line>(
      ({ n }) => n,
      desk.fetchAfter,
      () => {},
    );
    const syncs: Promise<void>[] = [];
    for (let i = 0; i < 30; i++) {
      desk.write(1);
      const due = desk.lines.length;
      syncs.push(log.sync().then(() => expect(log.head).toBeGreaterThanOrEqual(due)));
      for (let ticks = 0; ticks < i % 10; ticks++) await Promise.resolve();
    }
    await Promise.all(syncs);
  });
});

test('however hints and syncs cross, every log ends with all entries in order', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('write' as const), n: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('hear' as const), from: fc.nat(20), n: fc.nat(5) }),
    fc.record({ do: fc.constant('sync' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(step, { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      async (s, steps, page) => {
        const desk = server(page);
        const log = new Log<Line>(
          ({ n }) => n,
          s.scheduleFunction(desk.fetchAfter),
          () => {
            expect(numbersOf(log)).toEqual(upTo(log.head).map(({ n }) => n));
          },
        );
        const work: Promise<void>[] = [];
        for (const one of steps) {
          if (one.do === 'write') desk.write(one.n);
          if (one.do === 'hear') work.push(log.hear(desk.lines.slice(one.from, one.from + one.n).reverse()));
          if (one.do === 'sync') work.push(log.sync());
          if (s.count() > 1) await s.waitOne();
        }
        await s.waitIdle();
        await Promise.all(work);
        const last = log.sync();
        await s.waitIdle();
        await last;
        expect(numbersOf(log)).toEqual(desk.lines.map(({ n }) => n));
      },
    ),
    { numRuns: 200 },
  );
});

test('cut anywhere, a log ends as if it had never been cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(30), fc.array(fc.nat(30)), fc.integer({ min: 1, max: 7 }), async (length, cuts, page) => {
      const desk = server(page);
      let link = true;
      const fetchAfter = (n: number) => (link ? desk.fetchAfter(n) : Promise.reject(new Error('no link')));
      const log = new Log<Line>(
        ({ n }) => n,
        fetchAfter,
        () => {},
      );
      for (let n = 1; n <= length; n++) {
        desk.write(1);
        link = !cuts.includes(n);
        if (link) await log.hear([{ n }]);
        else await log.sync().catch(() => {});
      }
      link = true;
      await log.sync();
      expect(numbersOf(log)).toEqual(upTo(length).map(({ n }) => n));
    }),
    { numRuns: 200 },
  );
});
