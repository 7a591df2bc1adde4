import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { type Told, Work } from './work.js';

let database: OpenDatabase;
let work: Work;

beforeAll(async () => {
  database = await openDatabase(testDatabaseUri('work'));
  work = new Work(database.db);
  await work.prepare();
});

afterAll(() => database.close());

const nine = Date.parse('2026-03-02T09:00:00Z');
const at = (second: number): Date => new Date(nine + second * 1_000);

/** An agent of his own, and what his tabs tell: tab, conversation, kind, second. */
function someone() {
  const agentId = newId();
  return {
    async tells(...story: [tab: string, conversationId: string, kind: Told['kind'], second: number][]): Promise<void> {
      for (const [tab, conversationId, kind, second] of story)
        await work.told({ agentId, workspaceId: 'shop', tab, conversationId, kind }, at(second));
    },
    /** "conversation kind from-to", in seconds. */
    async worked(): Promise<string[]> {
      const found = await work.of(agentId, at(0), at(100_000));
      const second = (instant: string): number => (Date.parse(instant) - nine) / 1_000;
      return found.map(
        ({ conversationId, kind, from, to }) => `${conversationId} ${kind} ${second(from)}-${second(to)}`,
      );
    },
    agentId,
  };
}

test('who looks at one conversation, then elsewhere, then at another, worked on each as long', async () => {
  const ana = someone();
  await ana.tells(
    ['tab', 'kettle', 'active', 1],
    ['tab', 'kettle', 'active', 26],
    ['tab', 'kettle', 'hold', 40],
    ['tab', 'kettle', 'active', 50],
    ['tab', 'kettle', null, 60],
    ['tab', 'toaster', 'active', 60],
    ['tab', 'toaster', null, 85],
  );
  expect(await ana.worked()).toEqual([
    'kettle active 1-40',
    'kettle hold 40-50',
    'kettle active 50-60',
    'toaster active 60-85',
  ]);
});

test('silence of more than a minute ends it where he was heard of last', async () => {
  const ana = someone();
  await ana.tells(
    ['tab', 'kettle', 'active', 1],
    ['tab', 'kettle', 'active', 26],
    ['tab', 'kettle', 'active', 86],
    ['tab', 'kettle', 'active', 147],
    ['tab', 'kettle', 'active', 170],
    ['tab', 'toaster', 'active', 300],
    ['tab', 'toaster', 'active', 310],
  );
  expect(await ana.worked()).toEqual(['kettle active 1-86', 'kettle active 147-170', 'toaster active 300-310']);
});

test('several tabs do not double his time: it is where he looks', async () => {
  const ana = someone();
  await ana.tells(
    ['one', 'kettle', 'active', 1],
    ['two', 'kettle', 'hold', 5],
    ['three', 'toaster', 'hold', 10],
    ['one', 'kettle', 'active', 26],
    ['three', 'toaster', 'active', 30], // before the first tab has told that he left it
    ['one', 'kettle', 'hold', 30],
    ['two', 'kettle', null, 35],
    ['three', 'toaster', 'active', 55],
    ['three', 'toaster', null, 60],
    ['two', 'iron', 'hold', 62],
    ['two', 'iron', 'hold', 70],
  );
  expect(await ana.worked()).toEqual(['kettle active 1-30', 'toaster active 30-60', 'iron hold 62-70']);
});

test('a tab that is gone holds no other up', async () => {
  const ana = someone();
  await ana.tells(
    ['one', 'kettle', 'active', 1],
    ['two', 'toaster', 'hold', 30],
    ['two', 'toaster', 'hold', 62],
    ['two', 'toaster', 'hold', 87],
  );
  expect(await ana.worked()).toEqual(['toaster hold 62-87']);
});

test('whatever is told at once, by whichever node, there is one line of time', async () => {
  const ana = someone();
  const nodes = [work, new Work(database.db), new Work(database.db)];
  for (let round = 0; round < 60; round++)
    await Promise.all(
      nodes.map((node, i) => {
        const conversationId = `c${(round + i) % 2}`; // one goes on with what another ends
        const told = { agentId: ana.agentId, workspaceId: 'shop', tab: `tab ${i}`, conversationId };
        return node.told({ ...told, kind: round % 9 === 8 ? null : 'active' }, at(1 + round * 2 + i));
      }),
    );
  const found = await work.of(ana.agentId, at(0), at(1_000));
  expect(found.length).toBeGreaterThan(1);
  for (const [i, { from, to }] of found.entries()) {
    expect(from <= to).toBe(true);
    expect(from >= (found[i - 1]?.to ?? '')).toBe(true);
  }
});
