import { expect, test } from 'vitest';
import { pausableProxy } from '../../../testing/pausable-proxy.js';
import { capsFor } from '../manners/caps.js';
import { brandId, type EmailDesk, type Ground, readHere, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, type MailUsers, support } from '../testing/mail-users.js';
import { fetchNew } from './fetch-new.js';
import { takeIn } from './take-in.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('inbox-peers', (laid) => ({ users, ground, desk } = laid));

test('Chatwoot #8829, imapflow #14 and #98: a fetch job on a dead link, of which nobody tells it, is not dead', async () => {
  const link = await pausableProxy(`imap://127.0.0.1:${users.world.imap.port}`);
  const settings = users.settings(brandId);
  const imap = { ...settings.imap, port: Number(new URL(link.url).port) };
  await desk.email.connect(workspaceId, { ...settings, imap });
  await users.send(ana, { subject: 'Before', text: 'Hello' });
  await desk.messagesOnceThere(1);
  link.holdBack();
  await users.send(ana, { subject: 'After', text: 'Anybody?' });
  await expect.poll(async () => (await desk.messages()).length, { timeout: 60_000 }).toBe(2);
  link.cut();
  link.close();
}, 90_000);

test('FreeScout #3186: two fetchers at once on one mailbox take every mail in once', async () => {
  const { mailbox, parts, fetchUnder } = await connectedOnce();
  const subjects = [1, 2, 3, 4, 5, 6].map((n) => `Mail ${n}`);
  for (const subject of subjects) await users.send(ana, { subject, text: 'Hello' });
  await users.inboxOf(support, subjects.length);

  await Promise.all([1, 2, 3].map(() => fetchUnder(mailbox.fetcher)));
  const lines = await ground.store.ledger.find().sort({ uid: 1 }).toArray();
  expect(new Set(lines.map(({ uid }) => uid)).size).toBe(lines.length);
  expect(lines).toHaveLength(subjects.length);

  await Promise.all([...lines, ...lines].map((line) => takeIn(parts, mailbox, line)));
  const taken = (await desk.messages()).map(({ payload }) => payload.mail?.subject);
  expect(taken.toSorted()).toEqual(subjects);
});

test('whoever wakes up when another has the mailbox does not move its cursor', async () => {
  const { mailbox, fetchUnder } = await connectedOnce();
  await users.send(ana, { subject: 'Late', text: 'Hello' });
  await users.inboxOf(support, 1);
  const another = mailbox.fetcher + 1;
  expect(await ground.store.takeOver(mailbox._id, another)).toBe(true);

  await fetchUnder(mailbox.fetcher);
  expect(await ground.store.takeOver(mailbox._id, mailbox.fetcher)).toBe(false);
  const lastUid = mailbox.folders[0]?.cursor.lastUid ?? 0;
  const lastUidNow = async () => (await ground.store.mailboxes.findOne({}))?.folders[0]?.cursor.lastUid;
  expect(await lastUidNow()).toBe(lastUid);

  await fetchUnder(another);
  expect(await lastUidNow()).toBeGreaterThan(lastUid);
});

/** The support mailbox, connected and left alone again. */
async function connectedOnce() {
  await desk.email.connect(workspaceId, users.settings(brandId));
  await desk.stop();
  const mailbox = await ground.store.mailboxes.findOne({});
  if (!mailbox) throw new Error('The mailbox was not connected.');
  const parts = { ...desk.parts, reader: readHere, store: ground.store, hmacKey: ground.hmacKey, caps: capsFor(150) };
  const fetchUnder = (fetcher: number) =>
    users.withInbox(support, (client) =>
      fetchNew({ ...parts, fetcher, fetched: () => {} }, client, mailbox._id, new AbortController().signal),
    );
  return { mailbox, parts, fetchUnder };
}
