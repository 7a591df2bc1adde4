import { expect, test } from 'vitest';
import { customerSaw, receive } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { readMail } from '../read/read-mail.js';
import { brandId, EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesideServer } from '../testing/for-each-test.js';
import type { RoughSmtp } from '../testing/rough-smtp.js';

const ana = 'ana@customers.example';
const waiting = { timeout: 10_000 };
let ground: Ground;
let desk: EmailDesk;
let smtp: RoughSmtp;

layBesideServer('sender', (laid) => ({ smtp, ground, desk } = laid), { leftAfterMs: 300 });

test('an answer is taken by the server once, and the journal says so', async () => {
  const conversationId = await anaWrites('email');
  await desk.answer(conversationId, 'Hello Ana');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'sent', to: [ana] }]);
  expect(smtp.mails).toHaveLength(1);
  expect(smtp.recipients).toEqual([ana]);
});

test('what the server can not take now is tried again under the same Message-ID', async () => {
  smtp.whims.push({ at: 'greeting', does: 'hang up' }, { at: 'end', does: '451 4.3.0 Try again' });
  await desk.answer(await anaWrites('email'), 'Hello Ana');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent' }]);
  const ids = await Promise.all(smtp.mails.map(async (raw) => (await readMail(Buffer.from(raw))).messageId));
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('after all tries it has failed, visibly', async () => {
  smtp.whims.push(...Array(3).fill({ at: 'RCPT', does: '452 4.2.2 Mailbox full' }));
  await desk.answer(await anaWrites('email'), 'Hello Ana');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'failed', detail: '452 4.2.2 Mailbox full' }]);
  expect(smtp.mails).toHaveLength(0);
});

test('a refusal for good is not tried again', async () => {
  smtp.whims.push({ at: 'RCPT', does: '550 5.1.1 No such user' });
  await desk.answer(await anaWrites('email'), 'Hello Ana');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'failed', detail: '550 5.1.1 No such user' }]);
  smtp.whims.push({ at: 'end', does: '554 5.7.1 Spam' });
  await desk.answer(await anaWrites('email'), 'Hello again');
  expect(await desk.outcomes(2)).toMatchObject([{}, { state: 'failed', detail: '554 5.7.1 Spam' }]);
});

test('when the last word of the server is lost, nobody knows, and nothing is sent again', async () => {
  smtp.whims.push({ at: 'end', does: 'hang up' });
  const conversationId = await anaWrites('email');
  await desk.answer(conversationId, 'Hello Ana');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'unknown' }]);
  await desk.answer(conversationId, 'Did you get it?');
  expect(await desk.outcomes(2)).toMatchObject([{}, { of: 4, state: 'sent' }]);
  expect(smtp.mails.filter((mail) => mail.includes('Hello Ana'))).toHaveLength(1);
});

test('a password that no longer works is shown at the mailbox, and the answer waits', async () => {
  smtp.whims.push({ at: 'AUTH', does: '535 5.7.8 Wrong' }, { at: 'AUTH', does: '535 5.7.8 Wrong' });
  const shown: (string | null)[] = [];
  await desk.answer(await anaWrites('email'), 'Hello Ana');
  await expect
    .poll(
      async () => {
        shown.push((await ground.store.mailboxes.findOne({}))?.sendingDetail ?? null);
        return shown.some((detail) => detail?.includes('535'));
      },
      { interval: 5, timeout: 10_000 },
    )
    .toBe(true);
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent' }]);
  expect((await ground.store.mailboxes.findOne({}))?.sendingDetail).toBeNull();
});

test('answers of one conversation arrive in their order', async () => {
  const conversationId = await anaWrites('email');
  for (const text of ['one', 'two', 'three', 'four', 'five']) await desk.answer(conversationId, text);
  await desk.outcomes(5);
  expect(smtp.mails.map((raw) => /\r\n(one|two|three|four|five)\r\n/.exec(raw)?.[1])).toEqual([
    'one',
    'two',
    'three',
    'four',
    'five',
  ]);
});

test('whoever left the chat gets the answer by mail, if his address is proven', async () => {
  await desk.answer(await anaWrites('chat'), 'You left too early');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'sent', to: [ana] }]);
  const mail = await readMail(Buffer.from(smtp.mails[0] ?? ''));
  expect(mail).toMatchObject({ subject: 'Your conversation with Tea House', inReplyTo: [] });
  expect(mail.text).toContain('You left too early');
  expect(mail.text).toContain('You can answer this mail.');
});

test('whoever asked to be answered by mail gets the answer there, although nobody knows whose address it is', async () => {
  const { _id } = await desk.parts.contacts.meetVisitor(workspaceId);
  await desk.parts.contacts.leaveAddress(_id, 'Mia@customers.example', 'Mia');
  await desk.answer(await writes(_id, 'chat'), 'We are there again');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'sent', to: ['mia@customers.example'] }]);
});

test('whoever has seen the answer in the chat gets no mail', async () => {
  const conversationId = await anaWrites('chat');
  await desk.answer(conversationId, 'Are you there?');
  await customerSaw(desk.parts.conversations, desk.parts.journal, conversationId, 2);
  await expect.poll(async () => (await ground.store.deliveries.findOne({}))?.state, waiting).toBe('not_needed');
  expect(smtp.mails).toEqual([]);
  expect((await desk.entries()).map(({ type }) => type)).toEqual(['message', 'message']);
});

test('a chat visitor nobody knows gets no mail, and none is planned', async () => {
  const { _id } = await desk.parts.contacts.meetVisitor(workspaceId);
  await desk.answer(await writes(_id, 'chat'), 'Hello stranger');
  await desk.answer(await anaWrites('email'), 'Hello Ana');
  await desk.outcomes(1);
  expect(await ground.store.deliveries.countDocuments()).toBe(1);
});

test('without an address, and to a mailbox of our own, nothing is sent, and that is said', async () => {
  const { _id } = await desk.parts.contacts.meetVisitor(workspaceId);
  await desk.answer(await writes(_id, 'email', ''), 'Hello nobody');
  await desk.answer(await writes(_id, 'email', 'support@tea.example'), 'Hello myself');
  const outcomes = await desk.outcomes(2);
  expect(outcomes.map(({ state }) => state)).toEqual(['failed', 'failed']);
  expect(smtp.mails).toEqual([]);
});

test('an answer older than two days waits for a person', async () => {
  const conversationId = await anaWrites('email');
  await desk.stop();
  await desk.answer(conversationId, 'Long ago');
  const at = new Date(Date.now() - 49 * 60 * 60 * 1000);
  await ground.db.collection('entries').updateOne({ conversationId, seq: 2 }, { $set: { at } });
  desk = await new EmailDesk(ground).start();
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'failed' }]);
  expect(smtp.mails).toEqual([]);
});

async function anaWrites(channel: 'chat' | 'email'): Promise<string> {
  const contact = await desk.parts.contacts.meetSigned(workspaceId, { externalId: '7', email: ana, name: 'Ana' });
  return writes(contact._id, channel);
}

async function writes(contactId: string, channel: 'chat' | 'email', address = ana): Promise<string> {
  const conversationId = newId();
  const mail = {
    messageId: `<${newId()}@customers.example>`,
    subject: 'Tea',
    from: { address, name: '' },
    to: [],
    cc: [],
    replyTo: null,
    date: null,
    mailClass: 'human',
    references: [],
  };
  await receive(desk.parts.journal, {
    conversationId,
    clientId: `test:${newId()}`,
    author: { kind: 'contact', id: contactId },
    message: { channel, text: 'Hello', ...(channel === 'email' ? { mail } : {}) },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId, channel },
  });
  return conversationId;
}
