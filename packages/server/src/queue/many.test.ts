import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConversationStore } from '../conversations/index.js';
import { type ConversationState, Journal } from '../journal/index.js';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { testDatabaseUri } from '../platform/mongo/test-mongo.js';
import { Policies } from '../routing/index.js';
import { Staff } from '../staff/index.js';
import { Queue } from './queue.js';

const log = createLogger('silent');
const many = 3_000;
let database: OpenDatabase;
let queue: Queue;
let conversations: ConversationStore;

beforeEach(async () => {
  database = await openDatabase(testDatabaseUri('many-wait'));
  const { db } = database;
  conversations = new ConversationStore(db);
  const journal = new Journal(db, log);
  queue = new Queue({ db, journal, conversations, staff: new Staff(db), policies: new Policies(db), log });
  await Promise.all([conversations.prepare(), queue.prepare()]);
  await db.collection<Waits>('conversations').insertMany(Array.from({ length: many }, (_, i) => waiting(i)));
});

afterEach(() => database.close());

type Waits = Pick<ConversationState, '_id' | 'workspaceId' | 'handler' | 'status' | 'channel' | 'turn'> & Scope;
type Scope = Pick<ConversationState, 'brandId' | 'teamId' | 'waitingSince'>;

function waiting(i: number): Waits {
  const scope = { brandId: 'tulips', teamId: null, waitingSince: new Date(i) };
  const turn = String(i).padStart(6, '0');
  return { _id: `c${i}`, workspaceId: 'shop', handler: 'queue', status: 'open', channel: 'chat', turn, ...scope };
}

test('however many ask where they stand, the queue is read once', async () => {
  const read = vi.spyOn(conversations, 'waitingInChat');
  const asked = [0, 7, many - 1].map((i) => queue.placeOf(waiting(i)));
  const places = await Promise.all(asked);
  expect(places.map((place) => place?.position)).toEqual([1, 8, many]);
  expect(read).toHaveBeenCalledTimes(1);
});

/** Whom the leading node tells something, as long as the test goes on. */
async function told(during: (rooms: string[]) => Promise<void>): Promise<void> {
  const rooms: string[] = [];
  const ending = new AbortController();
  const silent = { tellAgents: () => {}, endAgents: () => {}, endVisitors: () => {} };
  const leading = queue.lead(ending.signal, { ...silent, tellVisitors: (room) => void rooms.push(room) });
  await during(rooms);
  ending.abort();
  await leading;
}

test('all hear where they stand, the front first', () =>
  told(async (rooms) => {
    await expect.poll(() => rooms.length).toBe(many);
    expect(rooms.slice(0, 3)).toEqual(['conversation:c0', 'conversation:c1', 'conversation:c2']);
    expect(new Set(rooms).size).toBe(many);
  }));

test('when the front goes, only those hear of it for whom it is news', () =>
  told(async (rooms) => {
    await expect.poll(() => rooms.length).toBe(many);
    rooms.length = 0;
    await conversations.conversations.deleteOne({ _id: 'c0' });
    queue.look('shop');
    await expect.poll(() => rooms).toContain('conversation:c0');
    expect(rooms).toContain('conversation:c1');
    expect(rooms).not.toContain('conversation:c2000');
    expect(rooms.length).toBeLessThan(50);
  }));
