import { expect, test } from 'vitest';
import { brandId, EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, type MailUsers, support } from '../testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('folders', (laid) => ({ users, ground, desk } = laid));

/** Of all messages; mails of different conversations may be taken in side by side, so in no order of arrival. */
const subjects = async () => (await desk.messages()).map(({ payload }) => payload.mail?.subject).toSorted();
const mailOf = (subject: string) =>
  `From: ${ana}\r\nSubject: ${subject}\r\nMessage-ID: <${encodeURIComponent(subject)}@a>\r\n\r\nHello`;
const hour = 60 * 60_000;

/** Puts mails into the support mailbox as if they had come so many hours ago. */
async function cameBefore(hours: number, ...subjectsOf: string[]): Promise<void> {
  const at = new Date(Date.now() - hours * hour);
  await users.withInbox(support, async (client) => {
    for (const subject of subjectsOf) await client.append('INBOX', mailOf(subject), [], at);
  });
}

test('what was in the mailbox before stays there', async () => {
  await cameBefore(5, 'Old');
  await desk.email.connect(workspaceId, users.settings(brandId));
  await users.send(ana, { subject: 'New', text: 'Hello' });
  await desk.messagesOnceThere(1);
  expect(await subjects()).toEqual(['New']);
});

test('on request the mail of the last days is taken in first, in its order, and marked as history', async () => {
  await cameBefore(24 * 10, 'Too old');
  await cameBefore(30, 'The day before', 'A little later');
  await cameBefore(24 * 10, 'Too old, but moved here lately');
  await cameBefore(1, 'Just now');
  await desk.email.connect(workspaceId, { ...users.settings(brandId), historyDays: 3 });
  await users.send(ana, { subject: 'New', text: 'Hello' });
  await desk.messagesOnceThere(4);
  expect(await subjects()).toEqual(['A little later', 'Just now', 'New', 'The day before']);
  const lines = await ground.store.ledger.find().sort({ uid: 1 }).toArray();
  expect(lines.map(({ history = false }) => history)).toEqual([true, true, true, false]);
  const told = (await desk.messages()).map(({ payload }) => payload.mail?.history ?? false);
  expect(told).toEqual([true, true, true, false]);
});

test('a node that ends among the old mails is followed by one that goes on', async () => {
  const old = Array.from({ length: 20 }, (_, n) => `Old ${n + 10}`);
  await cameBefore(5, ...old);
  let left = 11;
  const ending = new EmailDesk(ground, {}, (parts) => {
    const put = parts.blobs.put.bind(parts.blobs);
    parts.blobs.put = async (content, info, id) => {
      if (left-- <= 0) throw new Error('The process ended.');
      return put(content, info, id);
    };
    return parts;
  });
  await desk.stop();
  desk = await ending.start();
  await desk.email.connect(workspaceId, { ...users.settings(brandId), historyDays: 1 });
  await expect.poll(() => left, { timeout: 10_000 }).toBeLessThanOrEqual(0);
  await desk.stop();
  desk = await new EmailDesk(ground).start();
  await expect.poll(async () => (await subjects()).length, { timeout: 40_000 }).toBe(20);
  expect(await subjects()).toEqual(old);
}, 60_000);

test('other folders are watched beside INBOX, each with its own numbers, and a moved mail is none twice', async () => {
  const mailbox = await desk.email.connect(workspaceId, users.settings(brandId));
  await users.withInbox(support, (client) => client.append('Junk', mailOf('Old junk'), []));
  await desk.email.folders.watch(everything, mailbox._id, ['INBOX', 'Junk']);
  await users.withInbox(support, async (client) => {
    await client.append('Junk', mailOf('Not really junk'), []);
    await client.append('INBOX', mailOf('Tea'), []);
  });
  await desk.messagesOnceThere(2);
  expect(await subjects()).toEqual(['Not really junk', 'Tea']);
  await users.withInbox(support, async (client) => {
    await client.mailboxOpen('Junk');
    await client.messageMove('1:*', 'INBOX');
  });
  // What was never taken in becomes a message where it is now; the rest is known.
  expect((await desk.ledger(4)).toSorted()).toEqual(['ignored', 'received', 'received', 'received']);
  expect(await subjects()).toEqual(['Not really junk', 'Old junk', 'Tea']);
});

test('a folder that is deleted on the server says so, and INBOX goes on', async () => {
  const mailbox = await desk.email.connect(workspaceId, users.settings(brandId));
  await users.withInbox(support, (client) => client.mailboxCreate('Orders'));
  await desk.email.folders.watch(everything, mailbox._id, ['INBOX', 'Orders']);
  await users.withInbox(support, (client) => client.mailboxDelete('Orders'));
  const orders = async () =>
    (await desk.email.folders.list(everything, mailbox._id)).find(({ path }) => path === 'Orders');
  await expect.poll(orders, { timeout: 10_000 }).toMatchObject({ problem: 'gone', watched: true });
  await users.send(ana, { subject: 'Still here', text: 'Hello' });
  await desk.messagesOnceThere(1);
  await desk.email.folders.watch(everything, mailbox._id, ['INBOX']);
  expect(await orders()).toBeUndefined();
});

test('only folders that are there are watched, and INBOX always', async () => {
  const mailbox = await desk.email.connect(workspaceId, users.settings(brandId));
  const watch = (paths: string[]) => desk.email.folders.watch(everything, mailbox._id, paths);
  await expect(watch(['INBOX', 'Nowhere'])).rejects.toMatchObject({ code: 'unprocessable' });
  await watch([]);
  const watched = (await desk.email.folders.list(everything, mailbox._id)).filter((one) => one.watched);
  expect(watched).toMatchObject([{ path: 'INBOX' }]);
  const stranger = { ...everything, workspaceId: 'coffee' };
  await expect(desk.email.folders.list(stranger, mailbox._id)).rejects.toMatchObject({ code: 'not_found' });
});

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
