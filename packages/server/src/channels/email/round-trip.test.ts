import { expect, test } from 'vitest';
import { receive, reply } from '../../conversations/index.js';
import { agent, brandId, type EmailDesk, workspaceId } from './testing/email-desk.js';
import { layBesidePeople } from './testing/for-each-test.js';
import { ana, ben, type MailUsers, support } from './testing/mail-users.js';

let users: MailUsers;
let desk: EmailDesk;

layBesidePeople(
  'email',
  async (laid) => {
    ({ users, desk } = laid);
    await desk.email.connect(workspaceId, users.settings(brandId));
  },
  { leftAfterMs: 200 },
);

test("Ana's mail becomes one message, with its files", async () => {
  await users.send(ana, {
    subject: 'Where is my tea?',
    text: 'I ordered it last week.',
    html: '<p>I ordered it <b>last week</b>.</p>',
    attachments: [{ filename: 'order.pdf', content: 'order 7' }],
  });
  const [message] = await desk.messagesOnceThere(1);
  expect(message).toMatchObject({
    seq: 1,
    audience: 'public',
    actor: { kind: 'contact' },
    payload: {
      channel: 'email',
      text: 'I ordered it last week.',
      attachments: [{ filename: 'order.pdf', size: 7, inline: false }],
      mail: { subject: 'Where is my tea?', from: { address: ana } },
      opening: { workspaceId, brandId, channel: 'email' },
    },
  });
  const files = [message?.payload.attachments?.[0]?.fileId ?? '', message?.payload.mail?.htmlFileId ?? ''];
  const contents = await Promise.all(files.map(async (id) => String((await desk.parts.blobs.get(id))?.content)));
  expect(contents[0]).toBe('order 7');
  expect(contents[1]).toContain('<b>last week</b>');
  expect(await desk.ledger(1)).toEqual(['received']);
});

test('everybody who wrote or got a mail takes part, whoever an agent adds too, without ourselves', async () => {
  const cc = [ben, 'Support+7@tea.example', 'Dora <Dora@friends.example>'];
  await users.send(ana, { subject: 'Tea', text: 'Hello', cc });
  const [question] = await desk.messagesOnceThere(1);
  const conversationId = question?.conversationId ?? '';
  const store = desk.ground.store;
  await expect.poll(() => store.participantsOf(conversationId)).toEqual([ana, ben, 'dora@friends.example']);
  const added = { to: [{ address: ana, name: '' }], cc: [{ address: 'emil@friends.example', name: '' }], bcc: [] };
  const answer = { conversationId, clientId: 'agent:mia:1', author: agent, text: 'Hello all', expectedSeq: 1 };
  await reply(desk.parts.journal, { ...answer, envelope: added });
  await expect.poll(() => store.participantsOf(conversationId), { timeout: 15_000 }).toContain('emil@friends.example');
  expect(await store.participantsOf('another')).toEqual([]);
});

test("the answer reaches Ana's mailbox as a reply, and her reply the same conversation", async () => {
  await users.send(ana, { subject: 'Where is my tea?', text: 'Hello', messageId: '<first@customers.example>' });
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'On its way & <soon> there');
  const [answer] = await users.inboxOf(ana, 1);
  expect(answer).toMatchObject({
    subject: 'Re: Where is my tea?',
    from: { address: support, name: 'Tea Support' },
    inReplyTo: ['<first@customers.example>'],
    text: 'On its way & <soon> there',
  });
  expect(answer?.references).toEqual(['<first@customers.example>', answer?.messageId]);
  expect(answer?.html).toContain('On its way &amp; &lt;soon&gt; there');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 1 + 1, state: 'sent', to: [ana], messageId: answer?.messageId }]);

  await users.send(ana, {
    subject: 'Re: Where is my tea?',
    text: 'Thank you',
    inReplyTo: answer?.messageId ?? '',
    references: answer?.references ?? [],
  });
  const messages = await desk.messagesOnceThere(3);
  expect(messages.map(({ conversationId }) => conversationId)).toEqual(Array(3).fill(question?.conversationId));
  const identities = async () => (await desk.parts.contacts.get(messages[2]?.actor.id ?? ''))?.identities;
  await expect.poll(identities).toEqual([{ kind: 'email', value: ana, proof: 'mail_reply' }]);
});

test("a stranger who names Ana's mail or our answer gets a conversation of his own, which tells where it comes from", async () => {
  await users.send(ana, { subject: 'Tea', text: 'Hello', messageId: '<tea@customers.example>' });
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  await users.send(ben, { subject: 'Re: Tea', text: 'Me too', inReplyTo: '<tea@customers.example>' });
  await users.send(ben, { subject: 'Re: Tea', text: 'And me', inReplyTo: answer?.messageId ?? '' });
  const messages = await desk.messagesOnceThere(4);
  const [hers, , his, next] = messages;
  expect(his?.conversationId).not.toBe(hers?.conversationId);
  expect(next?.conversationId).toBe(his?.conversationId);
  const follows = { conversationId: hers?.conversationId, why: 'other_sender' };
  expect(his?.payload.opening?.follows).toEqual(follows);
});

test('Ana left the chat: the answer comes by mail, and her reply lands in the chat conversation', async () => {
  const { contacts, journal } = desk.parts;
  const contact = await contacts.meetSigned(workspaceId, { externalId: '7', email: ana, name: 'Ana' });
  const author = { kind: 'visitor', id: contact._id } as const;
  await receive(journal, {
    conversationId: 'chat-of-ana',
    clientId: 'visitor:1:1',
    author,
    message: { channel: 'chat', text: 'Hello' },
    opening: { workspaceId, brandId, inboxId: 'shop', teamId: null, contactId: contact._id, channel: 'chat' },
  });
  await desk.answer('chat-of-ana', 'Still there?');
  const [mail] = await users.inboxOf(ana, 1);
  expect(mail).toMatchObject({ subject: 'Your conversation with Tea House' });
  await users.send(ana, { subject: `Re: ${mail?.subject}`, text: 'By mail now', inReplyTo: mail?.messageId ?? '' });
  const messages = await desk.messagesOnceThere(3);
  expect(messages[2]).toMatchObject({
    conversationId: 'chat-of-ana',
    actor: { kind: 'contact', id: contact._id },
    payload: { channel: 'email', text: 'By mail now' },
  });
  await desk.answer('chat-of-ana', 'Then by mail');
  const [, second] = await users.inboxOf(ana, 2);
  expect(second?.inReplyTo).toEqual([messages[2]?.payload.mail?.messageId]);
  expect(second?.references).toContain(mail?.messageId);
});
