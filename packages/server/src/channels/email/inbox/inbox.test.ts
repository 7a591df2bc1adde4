import { expect, test } from 'vitest';
import { brandId, EmailDesk, type Ground, readHere, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers, support } from '../testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('inbox', async (laid) => {
  ({ users, ground, desk } = laid);
  await desk.email.connect(workspaceId, users.settings(brandId));
});

/** Of all messages; mails of different conversations may be taken in side by side, so in no order of arrival. */
const subjects = async () => (await desk.messages()).map(({ payload }) => payload.mail?.subject).toSorted();

test('a mail that comes twice is one message; another mail under the same Message-ID is another', async () => {
  const raw = [
    'From: ana@customers.example',
    'Message-ID: <1@a>',
    'Date: Mon, 5 Oct 2026 10:00:00 +0000',
    'Subject: Tea',
    '',
    'Hello',
  ];
  await users.sendRaw(raw.join('\r\n'));
  await users.sendRaw(raw.join('\r\n'));
  await users.sendRaw(raw.join('\r\n').replace('Mon, 5', 'Tue, 6').replace('Tea', 'Coffee'));
  expect(await desk.ledger(3)).toEqual(['received', 'ignored', 'received']);
  expect(await subjects()).toEqual(['Coffee', 'Tea']);
});

test('what was read or flagged by somebody else is taken in all the same, and nothing in the mailbox is touched', async () => {
  await desk.stop();
  await users.send(ana, { subject: 'Read elsewhere', text: 'Hello' });
  await users.inboxOf(support, 1);
  await users.withInbox(support, (client) => client.messageFlagsAdd('1:*', ['\\Seen']));
  await users.send(ana, { subject: 'New', text: 'Hello' });
  desk = await new EmailDesk(ground).start();
  expect(await desk.ledger(2)).toEqual(['received', 'received']);
  const flags = await users.withInbox(support, (client) => client.fetchAll('1:*', { flags: true }));
  expect(flags.map((mail) => mail.flags?.has('\\Seen'))).toEqual([true, false]);
});

test('when the server numbers its mails anew, none is lost and none comes twice', async () => {
  await users.send(ana, { subject: 'Before', text: 'Hello' });
  await desk.ledger(1);
  await desk.stop();
  await users.send(ana, { subject: 'Meanwhile', text: 'Hello' });
  await users.inboxOf(support, 2);
  const renumbered = { uidValidity: '7', startUid: 0, lastUid: 5_000, rescanBelow: 0 };
  await ground.store.mailboxes.updateOne({}, { $set: { 'folders.0.cursor': renumbered } });
  desk = await new EmailDesk(ground).start();
  await users.send(ana, { subject: 'After', text: 'Hello' });
  await desk.messagesOnceThere(3);
  expect(await subjects()).toEqual(['After', 'Before', 'Meanwhile']);
});

test('after a renumbering, mail from before the connection is still none of ours', async () => {
  await desk.stop();
  await ground.store.mailboxes.deleteMany({});
  await users.send(ana, { subject: 'Old', text: 'Hello' });
  await users.inboxOf(support, 1);
  desk = await new EmailDesk(ground).start();
  await desk.email.connect(workspaceId, users.settings(brandId));
  await expect
    .poll(async () => (await ground.store.mailboxes.findOne({}))?.lastFetchedAt, { timeout: 10_000 })
    .toBeTruthy();
  await ground.store.mailboxes.updateOne({}, { $set: { 'folders.0.cursor.uidValidity': '7' } });
  // Mail servers tell arrival by the second.
  const oldUntil = (await ground.store.mailboxes.findOne({}))?.folders[0]?.oldUntil ?? new Date();
  await expect.poll(() => Date.now() > oldUntil.getTime() + 1_000, { timeout: 5_000 }).toBe(true);
  await users.send(ana, { subject: 'New', text: 'Hello' });
  await desk.messagesOnceThere(1);
  expect(await subjects()).toEqual(['New']);
});

test('odd mails become messages too', async () => {
  await users.sendRaw('Subject: No sender, no id\r\n\r\nHello', '');
  await users.sendRaw('From: nobody\r\nSubject: Half a sender\r\n\r\nHello', '');
  await users.sendRaw(
    'From: ana@customers.example\r\nSubject: Odd charset\r\nContent-Type: text/plain; charset=klingon-8\r\n\r\nGr\xfc\xdfe',
  );
  await users.sendRaw('From: ana@customers.example\r\nSubject: Nothing in it\r\n\r\n');
  const messages = await desk.messagesOnceThere(4);
  const about = (subject: string) => messages.find(({ payload }) => payload.mail?.subject === subject)?.payload;
  expect(about('No sender, no id')?.mail).toMatchObject({ messageId: '', from: { address: '', name: '' } });
  expect(about('Half a sender')?.text).toBe('Hello');
  expect(about('Odd charset')?.text).toMatch(/^Gr..?.?e$/u);
  expect(about('Nothing in it')?.text).toBe('');
  expect(new Set(messages.map(({ conversationId }) => conversationId)).size).toBe(4);
});

test('a mail with 2,000 parts is shown by its head, with all of it attached', async () => {
  const part = '--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n';
  const head =
    'From: Ana <ana@customers.example>\r\nSubject: Many\r\nMessage-ID: <many@a>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n';
  const refusing = {
    ...readHere,
    read: async (raw: Uint8Array) => (raw.length > 9_000 ? tooMany : readHere.read(raw)),
  };
  await desk.stop();
  desk = await new EmailDesk(ground, {}, (parts) => ({ ...parts, reader: refusing })).start();
  await users.sendRaw(`${head}${part.repeat(2_000)}--x--\r\n`);
  const [message] = await desk.messagesOnceThere(1);
  expect(message?.payload).toMatchObject({
    text: expect.stringContaining('could not be read (2000 parts)'),
    mail: { subject: 'Many', from: { address: ana, name: 'Ana' } },
    attachments: [{ filename: 'mail.eml', mimeType: 'message/rfc822' }],
  });
  const raw = await desk.parts.blobs.get(message?.payload.attachments?.[0]?.fileId ?? '');
  expect(String(raw?.content)).toContain(part.repeat(2_000));
});
const tooMany = { ok: false, code: 'too_many_parts', detail: '2000 parts' } as const;

test('a reader that breaks off is asked three times, then the mail is shown unread', async () => {
  let asked = 0;
  const broken = {
    ...readHere,
    read: async (raw: Uint8Array) => {
      if (!String(raw).includes('the body')) return readHere.read(raw);
      asked++;
      return { ok: false, code: 'timeout', detail: 'too slow' } as const;
    },
  };
  await desk.stop();
  desk = await new EmailDesk(ground, {}, (parts) => ({ ...parts, reader: broken })).start();
  await users.sendRaw('From: ana@customers.example\r\nSubject: Slow\r\n\r\nthe body');
  const [message] = await desk.messagesOnceThere(1);
  expect(message?.payload).toMatchObject({ text: expect.stringContaining('too slow'), mail: { subject: 'Slow' } });
  expect(asked).toBe(3);
});

test('what does not fit into an entry goes into a file', async () => {
  const text = 'tea ☕ '.repeat(30_000);
  const attachments = Array.from({ length: 150 }, (_, n) => ({
    filename: `${n}-${'ü'.repeat(400)}.txt`,
    content: 'x',
  }));
  const cc = Array.from({ length: 300 }, (_, n) => `"${'Ä'.repeat(300)}" <${n}@customers.example>`);
  await users.send(ana, { subject: 'L'.repeat(5_000), text, attachments, cc });
  const [message] = await desk.messagesOnceThere(1);
  expect(Buffer.byteLength(message?.payload.text ?? '')).toBeLessThan(61_000);
  expect(message?.payload.attachments?.at(-1)?.filename).toBe('mail.eml');
  expect(await desk.ledger(1)).toEqual(['received']);
});

test('our own mails and those of our own mailboxes are no messages; a form that names the customer is', async () => {
  await users.sendRaw(`From: ${support}\r\nSubject: To myself\r\nMessage-ID: <self@tea>\r\n\r\nHello`);
  await users.sendRaw(`From: ${support}\r\nReply-To: ${ben}\r\nSubject: Form\r\nMessage-ID: <form@tea>\r\n\r\nHello`);
  expect(await desk.ledger(2)).toEqual(['ignored', 'received']);
  const [message] = await desk.messages();
  expect(message?.payload.mail?.replyTo?.address).toBe(ben);
  expect(message?.actor.name).toBe(ben);
  await desk.answer(message?.conversationId ?? '', 'Hello Ben');
  expect((await users.inboxOf(ben, 1))[0]?.subject).toBe('Re: Form');
});

test('a delivery report is put to the answer it is about, and opens no conversation', async () => {
  await users.sendRaw('From: Gone <x@gone.example>\r\nSubject: Tea\r\nMessage-ID: <gone@a>\r\n\r\nHello');
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'Hello?');
  const outcomes = await desk.outcomes(2);
  expect(outcomes).toMatchObject([
    { of: 2, state: 'sent' },
    { of: 2, state: 'bounced', to: ['x@gone.example'], detail: '5.1.2' },
  ]);
  expect(await desk.ledger(2)).toEqual(['received', 'received']);
  expect(await desk.messages()).toHaveLength(2);
});

test('an answer by a machine is shown, but is no proof and wakes nobody', async () => {
  await users.send(ana, { subject: 'Tea', text: 'Hello' });
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  const headers = { 'Auto-Submitted': 'auto-replied' };
  await users.send(ana, { subject: 'Out of office', text: 'Away', inReplyTo: answer?.messageId ?? '', headers });
  const messages = await desk.messagesOnceThere(3);
  expect(messages[2]).toMatchObject({ conversationId: question?.conversationId, payload: { automatic: true } });
  expect((await desk.parts.contacts.get(question?.actor.id ?? ''))?.identities[0]?.proof).toBe('none');
});

test('a mailbox whose server goes away says so, and goes on when it is back', async () => {
  await desk.ledger(0);
  await ground.store.mailboxes.updateOne({}, { $set: { 'imap.port': 1 } });
  await desk.stop();
  desk = await new EmailDesk(ground).start();
  const mailbox = () => ground.store.mailboxes.findOne({});
  await expect.poll(async () => (await mailbox())?.detail, { timeout: 10_000 }).toContain('127.0.0.1:1');
  expect((await mailbox())?.state).toBe('failing');
  await desk.stop();
  await ground.store.mailboxes.updateOne({}, { $set: { 'imap.port': users.world.imap.port } });
  await users.send(ana, { subject: 'Meanwhile', text: 'Hello' });
  desk = await new EmailDesk(ground).start();
  await desk.messagesOnceThere(1);
  expect((await mailbox())?.state).toBe('connected');
});
