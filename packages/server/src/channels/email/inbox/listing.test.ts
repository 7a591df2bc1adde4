import type { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ana, MailUsers } from '../testing/mail-users.js';
import { expand, fetchInTurns, findUids } from './listing.js';

let users: MailUsers;
beforeAll(async () => {
  users = await MailUsers.start();
}, 300_000);
afterAll(() => users?.stop());
beforeEach(() => users.empty());

async function write(client: ImapFlow, mails: number): Promise<void> {
  for (let i = 0; i < mails; i++) await client.append('INBOX', `Subject: ${i}\r\n\r\nHello`);
  await client.noop();
}

test('while hundreds of mails are listed others have their turn between some of them', async () => {
  await users.withInbox(ana, async (client) => {
    await write(client, 320);
    const given = client.fetch.bind(client);
    let inThisTurn = 0;
    let most = 0;
    client.fetch = async function* (...asked) {
      for await (const mail of given(...asked)) {
        most = Math.max(most, ++inThisTurn);
        yield mail;
      }
    };
    let listing = true;
    const takeTurns = () => {
      inThisTurn = 0;
      if (listing) setImmediate(takeTurns);
    };
    takeTurns();
    const mails = await fetchInTurns(client, '1:*', { size: true, internalDate: true });
    listing = false;
    expect(mails).toHaveLength(320);
    expect(mails.every(({ uid, size, internalDate }) => uid && size && internalDate)).toBe(true);
    expect(most).toBeLessThanOrEqual(20);
  });
}, 60_000);

test('mails are found in order, around those that are gone, by servers that tell ranges and by those that do not', async () => {
  await users.withInbox(ana, async (client) => {
    await write(client, 12);
    const all = await findUids(client, { all: true });
    const [first = 0] = all;
    expect(all).toEqual(Array.from({ length: 12 }, (_, i) => first + i));
    await client.messageDelete('3,7:8');
    const left = all.filter((_, i) => ![2, 6, 7].includes(i));
    expect(await findUids(client, { all: true })).toEqual(left);
    expect(await findUids(client, { subject: 'no such mail' })).toEqual([]);
    client.capabilities.delete('ESEARCH');
    expect(await findUids(client, { all: true })).toEqual(left);
    expect(await findUids(client, { subject: 'no such mail' })).toEqual([]);
  });
});

test('ranges are read in any order, and no further than there are mails', () => {
  expect(expand('4,7:9', 10)).toEqual([4, 7, 8, 9]);
  expect(expand('9:7', 10)).toEqual([7, 8, 9]);
  expect(expand('1:4294967295', 3)).toEqual([1, 2, 3]);
  expect(expand('', 10)).toEqual([]);
});
