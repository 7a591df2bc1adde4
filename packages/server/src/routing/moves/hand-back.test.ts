import { afterEach, beforeEach, expect, test } from 'vitest';
import { assignByHand } from '../giving-out/claim.js';
import { releaseEnded } from '../slots/settle.js';
import { dana, TestQueue } from '../testing/test-queue.js';
import { HandBacks } from './hand-back.js';

let queue: TestQueue;
let handBacks: HandBacks;
beforeEach(async () => {
  queue = await TestQueue.open('hand-back');
  handBacks = new HandBacks({ db: queue.db, ...queue.node });
  await queue.agent('ana', 3);
});
afterEach(() => queue.close());

const ana = { _id: 'ana', workspaceId: 'shop' };
const tomorrow = () => new Date(Date.now() + 24 * 60 * 60_000);

/** Ana gets so many. */
async function hers(count: number): Promise<string[]> {
  const ids = await queue.waiting(count);
  for (const [i, id] of ids.entries()) await give(id, `agent:dana:${i}`);
  return ids;
}

const give = async (id: string, clientId: string) =>
  assignByHand(queue.node.journal, queue.node.staff, {
    conversation: await queue.stateOf(id),
    clientId,
    actor: dana,
    agentId: 'ana',
  });

test('who goes has nothing any more: it waits for others, and no place of his is taken', async () => {
  const ids = await hers(3);
  expect(await handBacks.begin(ana, 'offline')).toEqual({ given: 3, left: 0 });
  expect(await queue.assigneesOf(ids)).toEqual([null, null, null]);
  for (const id of ids) await releaseEnded(queue.node, id);
  expect(await queue.member('ana')).toMatchObject({ availability: 'offline', used: { chat: 0 }, slots: [] });
});

test('what takes long is told, and goes on where it stopped', async () => {
  const ids = await hers(3);
  expect(await handBacks.begin(ana, 'break', 0)).toEqual({ given: 1, left: 2 });
  expect(await handBacks.begin(ana, 'break', 0)).toEqual({ given: 1, left: 1 });
  expect(await handBacks.begin(ana, 'break')).toEqual({ given: 1, left: 0 });
  expect(await queue.assigneesOf(ids)).toEqual([null, null, null]);
});

test('what broke off is finished by the leading node, each once', async () => {
  const ids = await hers(3);
  await handBacks.begin(ana, 'break', 0);
  await handBacks.finishAbandoned(); // somebody is still on it
  expect((await queue.assigneesOf(ids)).filter((id) => id === null)).toHaveLength(1);
  await Promise.all([handBacks.finishAbandoned(tomorrow()), handBacks.finishAbandoned(tomorrow())]);
  expect(await queue.assigneesOf(ids)).toEqual([null, null, null]);
  const { entries } = await queue.node.journal.sync(ids[2] ?? '', 'everything', 0, 50);
  expect(entries.map(({ type }) => type)).toEqual(['message', 'assigned', 'assigned']);
});

test('who is back before that keeps what he has got since', async () => {
  const [first = '', second = ''] = await hers(2);
  await handBacks.begin(ana, 'break', 0);
  await queue.node.staff.setAvailability('ana', 'available');
  const before = await queue.assigneesOf([first, second]);
  await handBacks.finishAbandoned(tomorrow());
  expect(await queue.assigneesOf([first, second])).toEqual(before);
  await queue.node.staff.setAvailability('ana', 'offline');
  await handBacks.finishAbandoned(tomorrow());
  expect(await queue.assigneesOf([first, second])).toEqual(before);
});

test('what is given to him again and again can be handed back each time', async () => {
  const [id = ''] = await hers(1);
  await handBacks.begin(ana, 'offline');
  await give(id, 'agent:dana:again');
  expect(await handBacks.begin(ana, 'offline')).toEqual({ given: 1, left: 0 });
  expect(await queue.assigneesOf([id])).toEqual([null]);
});
