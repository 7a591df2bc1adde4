import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Mailbox } from './store.js';
import { brandId, EmailDesk, type Ground, readHere, workspaceId } from './testing/email-desk.js';
import { layBesidePeople } from './testing/for-each-test.js';
import { ana, type MailUsers, support } from './testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;
let mailbox: Mailbox;

layBesidePeople('ledger', async (laid) => {
  ({ users, ground, desk } = laid);
  await users.send(ana, { subject: 'From before', text: 'Hello' });
  await users.inboxOf(support, 1);
  mailbox = await desk.email.connect(workspaceId, users.settings(brandId));
});

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
const page = (which: Parameters<EmailDesk['email']['ledger']['page']>[2] = {}) =>
  desk.email.ledger.page(everything, mailbox._id, which);
const compare = () => desk.email.ledger.compare(everything, mailbox._id);
const tea = (n: number) => `From: Ana <${ana}>\r\nSubject: Tea ${n}\r\nMessage-ID: <${n}@a>\r\n\r\nHello`;

test('every mail has a line that says what became of it, and leads to its conversation', async () => {
  await users.sendRaw(tea(1));
  await users.sendRaw(tea(1));
  await desk.ledger(2);
  const { items, counts, next } = await page();
  expect(items).toMatchObject([
    { state: 'ignored', from: 'Ana', subject: 'Tea 1', reason: expect.stringContaining('copy') },
    { state: 'received', from: 'Ana', subject: 'Tea 1', reason: null, folder: 'INBOX' },
  ]);
  const [message] = await desk.messages();
  expect(items.map(({ conversationId }) => conversationId)).toEqual([message?.conversationId, message?.conversationId]);
  expect(counts).toEqual({ fetched: 0, received: 1, suspended: 0, ignored: 1, failed: 0 });
  expect(next).toBeNull();
  expect((await page({ state: 'ignored' })).items).toHaveLength(1);
});

test('a long ledger comes in pages, each line once', async () => {
  await users.sendRaw(tea(1));
  await desk.ledger(1);
  const one = await ground.store.ledger.findOne({}, { projection: { key: 0, entryId: 0 } });
  if (!one) throw new Error('There is no line.');
  const more = Array.from({ length: 120 }, (_, n) => {
    const uid = one.uid + n + 1;
    const nextTryAt = new Date(one.at.getTime() + Math.floor(n / 8));
    return { ...one, _id: `${mailbox._id}:${one.uidValidity}:${uid}`, uid, nextTryAt, rawFileId: 'none' };
  });
  await ground.store.ledger.insertMany(more);
  const uids: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await page({ cursor });
    uids.push(...items.map(({ uid }) => uid));
    if (!next) break;
    cursor = next;
  }
  expect(uids).toEqual([...more.map(({ uid }) => uid).reverse(), one.uid]);
  await expect(page({ cursor: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
});

test('a mail that could not be taken in says why, shows its raw form, and can be tried again', async () => {
  let broken = true;
  await desk.stop();
  desk = await new EmailDesk(ground, {}, (parts) => ({
    ...parts,
    reader: {
      ...readHere,
      read: async (raw) => {
        if (broken && String(raw).includes('Hello')) throw new Error('The reader is broken.');
        return readHere.read(raw);
      },
    },
  })).start();
  await users.sendRaw(tea(7));
  await expect.poll(async () => (await page()).counts.failed, { timeout: 20_000 }).toBe(1);
  broken = false;
  const [line] = (await page({ state: 'failed' })).items;
  expect(line).toMatchObject({ subject: 'Tea 7', from: 'Ana', reason: 'The reader is broken.' });
  const id = line?.id ?? '';
  const link = desk.email.files.ofLedger(await desk.email.ledger.rawFileId(everything, mailbox._id, id));
  const opened = await desk.email.files.open(link.url.split('/files/')[1] ?? '', 'en');
  expect(opened && (await text(opened.content))).toContain('Subject: Tea 7');
  expect(opened?.isPage).toBe(false);

  await desk.email.ledger.retry(everything, mailbox._id, id);
  expect((await desk.messagesOnceThere(1))[0]?.payload.mail?.subject).toBe('Tea 7');
  await expect.poll(async () => (await page()).counts).toMatchObject({ failed: 0, received: 1 });
  await expect(desk.email.ledger.retry(everything, mailbox._id, id)).rejects.toMatchObject({ code: 'already_done' });
}, 60_000);

test('the server has as many as we have, also after some were deleted there', async () => {
  for (const n of [1, 2, 3]) await users.sendRaw(tea(n));
  await desk.ledger(3);
  expect(await compare()).toEqual([
    { path: 'INBOX', onServer: 4, before: 1, taken: 3, coming: 0, missing: [], gone: 0, problem: null },
  ]);
  await users.withInbox(support, (client) => client.messageDelete('2'));
  expect(await compare()).toMatchObject([{ onServer: 3, before: 1, taken: 2, gone: 1, missing: [] }]);
  expect(await desk.messages()).toHaveLength(3);
});

test('a mail that should have been fetched long ago is found by counting, and fetched', async () => {
  for (const n of [1, 2, 3]) await users.sendRaw(tea(n));
  await desk.ledger(3);
  const lost = await ground.store.ledger.findOne({}, { sort: { uid: 1 }, skip: 1 });
  await ground.store.ledger.deleteOne({ _id: lost?._id ?? '' });
  expect(await compare()).toMatchObject([{ onServer: 4, before: 1, taken: 2, missing: [lost?.uid] }]);
  await expect.poll(async () => (await page()).counts).toMatchObject({ received: 3, ignored: 0 });
  expect(await compare()).toMatchObject([{ onServer: 4, before: 1, taken: 3, missing: [] }]);
  expect(await desk.messages()).toHaveLength(3);
});

test('counting agrees after the server numbered its mails anew', async () => {
  await users.sendRaw(tea(1));
  await desk.ledger(1);
  await desk.stop();
  await ground.store.mailboxes.updateOne({}, { $set: { 'folders.0.cursor.uidValidity': '7' } });
  expect(await compare()).toMatchObject([{ onServer: 2, before: 0, taken: 0, coming: 2 }]);
  desk = await new EmailDesk(ground).start();
  await expect.poll(compare).toMatchObject([{ onServer: 2, coming: 0, missing: [] }]);
  const [{ before = 0, taken = 0 } = {}] = await compare();
  expect(before + taken).toBe(2);
});

test('a server that can not be reached is told in words, and strangers are told nothing', async () => {
  await desk.stop();
  await ground.store.mailboxes.updateOne({}, { $set: { 'imap.port': 1 } });
  await expect(compare()).rejects.toMatchObject({
    code: 'mailbox_unreachable',
    details: { errors: [{ pointer: '/imap/port', detail: expect.stringContaining('127.0.0.1:1') }] },
  });
  const stranger = { ...everything, workspaceId: 'coffee' };
  await expect(desk.email.ledger.page(stranger, mailbox._id, {})).rejects.toMatchObject({ code: 'not_found' });
  await expect(desk.email.ledger.compare(stranger, mailbox._id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(desk.email.ledger.rawFileId(everything, mailbox._id, '1-99')).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a changed password is typed anew without losing what came meanwhile', async () => {
  await desk.stop();
  const sealed = desk.parts.secrets.seal('old', `${mailbox._id}:imap`);
  await ground.store.mailboxes.updateOne({}, { $set: { 'imap.password': sealed } });
  desk = await new EmailDesk(ground).start();
  const state = async () => (await ground.store.mailboxes.findOne({}))?.state;
  await expect.poll(state).toBe('failing');
  await users.sendRaw(tea(1));
  const { imap, smtp } = users.settings(brandId);
  const wrong = desk.email.setServers(everything, mailbox._id, { imap: { ...imap, password: 'guess' }, smtp });
  await expect(wrong).rejects.toMatchObject({ code: 'mailbox_unreachable' });
  await desk.email.setServers(everything, mailbox._id, { imap, smtp });
  expect((await desk.messagesOnceThere(1))[0]?.payload.mail?.subject).toBe('Tea 1');
  await expect.poll(state).toBe('connected');
}, 60_000);
