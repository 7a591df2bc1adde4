import { describe, expect, test } from 'vitest';
// The explorer is the server's; no source of the SDK may know the server, so this file is not part of the SDK's build.
import { explore, findsNothing, isLong, type Model, type Step } from '../../server/src/testing/explore.js';
import { Log, type Page } from './log.js';

/*
 * The real log of a client. Announcements may come late, twice, in any order or never; a page of a sync is made at one
 * time and arrives at another, or the link breaks before; the client syncs after every reconnect and with every heartbeat.
 */

interface Held {
  readonly entries: readonly number[];
  hear(entries: readonly number[]): Promise<void>;
  sync(): Promise<void>;
}

type MakeLog = (fetchAfter: (n: number) => Promise<Page<number>>) => Held;

type Action = { do: 'write' | 'sync' | 'answer' | 'arrive' | 'break' } | { do: 'hear'; entries: number[] };

/** What has happened; the rest is seen by doing it again. */
interface World {
  path: Action[];
  view: View;
}

interface View {
  held: readonly number[];
  written: number;
  /** The sync under way: after which number, and its page once the server has made it. */
  asked: { after: number; page: Page<number> | null } | null;
  /** Up to where each sync that was called for must bring the log. */
  due: number[];
  /** Whether it was told of more since it asked. */
  toldMeanwhile: boolean;
  breaks: number;
  finding: string | null;
}

interface Scope {
  entries: number;
  page: number;
  breaks: number;
}

const short: Scope = { entries: 2, page: 1, breaks: 1 };
const long: Scope = { entries: 5, page: 2, breaks: 2 };

const realLog: MakeLog = (fetchAfter) =>
  new Log(
    (n: number) => n,
    fetchAfter,
    () => {},
  );

function client(makeLog: MakeLog, { entries, page, breaks }: Scope = short): Model<World> {
  const replay = (path: Action[]) => replayed(makeLog, path, page);
  return {
    start: { path: [], view: { ...blank } },
    steps: async ({ path, view }) => {
      const steps: Step<World>[] = [];
      for (const { action, maybe } of possible(view, entries, breaks)) {
        const longer = [...path, action];
        const what = `${action.do}${'entries' in action ? ` ${action.entries}` : ''}`;
        steps.push({ what, to: { path: longer, view: await replay(longer) }, ...(maybe && { maybe }) });
      }
      return steps;
    },
    wrong: ({ view }) => view.finding ?? wrong(view.held),
    settled: ({ view: { held, written, asked } }) => held.length === written && !asked,
    key: ({ view }) => JSON.stringify(view),
  };
}

const blank: View = { held: [], written: 0, asked: null, due: [], toldMeanwhile: false, breaks: 0, finding: null };

function possible({ written, asked, breaks, due }: View, entries: number, breaksAtMost: number) {
  const actions: { action: Action; maybe?: true }[] = [];
  if (written < entries) actions.push({ action: { do: 'write' }, maybe: true });
  for (let n = 1; n <= written; n++) {
    actions.push({ action: { do: 'hear', entries: [n] }, maybe: true });
    if (n < written) actions.push({ action: { do: 'hear', entries: [n, n + 1] }, maybe: true });
  }
  if (due.length < 2) actions.push({ action: { do: 'sync' } });
  if (asked && !asked.page) actions.push({ action: { do: 'answer' } });
  if (asked?.page) actions.push({ action: { do: 'arrive' } });
  if (asked && breaks < breaksAtMost) actions.push({ action: { do: 'break' }, maybe: true });
  return actions;
}

/** Does all of it with a new log, and looks at what came of it. */
async function replayed(makeLog: MakeLog, path: Action[], pageSize: number): Promise<View> {
  const view: View = { ...blank };
  const answers: { resolve: (page: Page<number>) => void; reject: (error: Error) => void }[] = [];
  const log = makeLog((after) => {
    view.asked = { after, page: null };
    view.toldMeanwhile = false;
    return new Promise((resolve, reject) => {
      answers.push({ resolve, reject });
    });
  });
  const watch = (work: Promise<void>, due: number | null) => {
    if (due !== null) view.due = [...view.due, due];
    const over = () => {
      if (due !== null) view.due = view.due.toSpliced(view.due.indexOf(due), 1);
    };
    work.then(() => {
      over();
      if (log.entries.length < (due ?? 0)) view.finding = 'a sync ended before it had all that was there';
    }, over);
  };
  for (const action of path) {
    const before = view.asked;
    if (action.do === 'write') view.written++;
    if (action.do === 'sync') watch(log.sync(), view.written);
    if (action.do === 'hear') watch(log.hear(action.entries), null);
    if (action.do === 'answer' && view.asked) view.asked = { ...view.asked, page: pageAfter(view, pageSize) };
    if (action.do === 'arrive' && view.asked?.page) {
      const { page } = view.asked;
      view.asked = null;
      answers.at(-1)?.resolve(page);
    }
    if (action.do === 'break') {
      view.asked = null;
      view.breaks++;
      answers.at(-1)?.reject(new Error('The link broke.'));
    }
    for (let turns = 0; turns < 12; turns++) await Promise.resolve();
    const isGap = action.do === 'hear' && Math.max(...action.entries) > log.entries.length;
    if (before && view.asked?.after === before.after && (action.do === 'sync' || isGap)) view.toldMeanwhile = true;
  }
  return { ...view, held: log.entries };
}

function pageAfter({ asked, written }: View, size: number): Page<number> {
  const after = asked?.after ?? 0;
  const entries = Array.from({ length: Math.min(size, written - after) }, (_, i) => after + i + 1);
  return { entries, head: written, more: after + entries.length < written };
}

function wrong(held: readonly number[]): string | null {
  if (new Set(held).size < held.length) return 'something is shown twice';
  return held.every((n, i) => n === i + 1) ? null : 'there is a gap, or what is shown is out of order';
}

/** A log as others might write one. */
const twin =
  (rule: { takes: (n: number, held: number[]) => boolean; seesGaps: boolean; looksAgain: boolean }): MakeLog =>
  (fetchAfter) => {
    const entries: number[] = [];
    let syncing: Promise<void> | null = null;
    let isBehind = false;
    const take = (heard: readonly number[]) => {
      const isGap = heard.some((n) => n > entries.length + 1);
      for (const n of heard) if (rule.takes(n, entries)) entries.push(n);
      return isGap && rule.seesGaps;
    };
    const catchUp = async () => {
      try {
        do {
          isBehind = false;
          const page = await fetchAfter(entries.length);
          take(page.entries);
          if (page.more) isBehind = true;
        } while (isBehind);
      } finally {
        syncing = null;
      }
    };
    const sync = () => {
      if (rule.looksAgain) isBehind = true;
      syncing ??= catchUp();
      return syncing;
    };
    return { entries, sync, hear: async (heard) => (take(heard) ? sync() : undefined) };
  };

const next = (n: number, held: number[]) => n === held.length + 1;
const sound = { takes: next, seesGaps: true, looksAgain: true };

describe("a client's log", () => {
  test('shows a beginning of the conversation without a gap, and comes to show all of it', async () => {
    expect(await findsNothing('client sync', client(realLog, isLong ? long : short))).toBeNull();
  }, 900_000);

  test.each<[string, Parameters<typeof twin>[0], string]>([
    ['it took whatever is announced', { ...sound, takes: (n, held) => n <= held.length + 1 }, 'twice'],
    ['it took whatever is newer', { ...sound, takes: (n, held) => n > (held.at(-1) ?? 0) }, 'a gap'],
    ['a sync did not look again for who called meanwhile', { ...sound, looksAgain: false }, 'before it had all'],
  ])('would go wrong if %s', async (_, rule, finding) => {
    const { counterexample } = await explore(client(twin(rule)));
    expect(counterexample).toContain(finding);
  });

  test('needs the heartbeat: an announcement that is lost is no news', async () => {
    const { steps, ...model } = client(realLog);
    const onlyHears = async (world: World) => (await steps(world)).filter(({ what }) => what !== 'sync');
    expect((await explore({ ...model, steps: onlyHears })).counterexample).toContain('never settles');
  });
});
