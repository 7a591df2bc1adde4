import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chosen, KnownMail, LedgerLine, MailStore } from './store.js';
import { Ground } from './testing/email-desk.js';

let ground: Ground;
let store: MailStore;
beforeAll(async () => {
  ground = await Ground.lay('together');
  store = ground.store;
});
afterAll(() => ground?.close());

let uid = 0;
/** Lines of new mails, in the ledger. */
async function lines(count: number, more: Partial<LedgerLine> = {}): Promise<LedgerLine[]> {
  const made = Array.from({ length: count }, (): LedgerLine => {
    const _id = `support:1:${++uid}`;
    const place = { _id, mailboxId: 'support', folder: 'INBOX', uidValidity: '1', uid };
    const fetched = { state: 'fetched', reason: null, rawFileId: _id, headOf: null, tries: 0 } as const;
    return { ...place, ...fetched, at: new Date(), nextTryAt: new Date(), ...more };
  });
  await store.addLines(made);
  return made;
}

const into = (conversationId: string): Chosen => ({
  ...{ conversationId, opens: true, contactId: 'ana', proves: false },
  authenticity: 'unknown',
});

test('of mails that are decided on together each is told apart: new, a copy, or decided before', async () => {
  const [first, copy, decided, last] = await lines(4);
  if (!first || !copy || !decided || !last) throw new Error('There are four.');
  await store.choose(decided, 'decided', into('then'), { admitted: true });
  const standing = await Promise.all([
    store.choose(first, 'same', into('first'), { admitted: true }),
    store.choose(copy, 'same', into('copy')),
    store.choose(decided, 'decided', into('now')),
    store.choose(last, 'last', into('last')),
  ]);
  expect(standing.map((chosen) => chosen?.conversationId ?? null)).toEqual(['first', null, 'then', 'last']);
  const found = await store.ledger.find({ mailboxId: 'support' }).sort({ uid: 1 }).toArray();
  expect(found.map(({ key, chosen }) => [key, chosen?.conversationId])).toEqual([
    ['same', 'first'],
    [undefined, undefined],
    ['decided', 'then'],
    ['last', 'last'],
  ]);
  expect(found[0]?.admitted).toBe(true);
});

test('of keys that are claimed together one mail gets each', async () => {
  const claimed = await lines(3);
  const keys = ['mine', 'mine', 'another'];
  expect(await Promise.all(claimed.map((line, i) => store.claimKey(line, keys[i] ?? '')))).toEqual([true, false, true]);
});

test('mails of several senders are counted together, and one who floods us as well', async () => {
  const minute = (n: number) => new Date(Date.UTC(2026, 2, 1, 10, n));
  for (let n = 1; n <= 3; n++) await lines(1, { mailboxId: 'counted', sender: 'ana', receivedAt: minute(n) });
  await lines(1, { mailboxId: 'counted', sender: 'ben', receivedAt: minute(2) });
  const alike = { mailboxId: 'counted', by: 'sender', after: minute(0), upTo: minute(9), most: 600 } as const;
  const count = async () => {
    const asked = ['ana', 'ben', 'cleo'].map((value) => store.timesOf({ ...alike, value }));
    return (await Promise.all(asked)).map(({ length }) => length);
  };
  expect(await count()).toEqual([3, 1, 0]);
  await lines(2_500, { mailboxId: 'counted', sender: 'cleo', receivedAt: minute(5) });
  expect(await count()).toEqual([3, 1, 600]);
});

test('what is known of a mail is not changed by another of its name, and is told to its workspace only', async () => {
  const mail = (workspaceId: string, entryId: string): KnownMail => ({
    ...{ _id: `${workspaceId}:<a@b>`, workspaceId, mailboxId: workspaceId, messageId: '<a@b>', conversationId: 'c' },
    ...{ entryId, seq: 1, direction: 'in', people: [] },
  });
  await Promise.all(
    [mail('tea', 'first'), mail('tea', 'second'), mail('cake', 'third')].map((one) => store.remember(one)),
  );
  const known = await Promise.all(['tea', 'cake', 'jam'].map((workspace) => store.knownBy(workspace, '<a@b>')));
  expect(known.map((mails) => mails.map(({ entryId }) => entryId))).toEqual([['first'], ['third'], []]);
});
