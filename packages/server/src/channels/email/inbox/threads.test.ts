import { expect, test } from 'vitest';
import type { MessageEntry } from '../../../journal/index.js';
import { makeReplyAddress } from '../reply-address.js';
import { agent, brandId, type EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers, support } from '../testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('threads', async (laid) => {
  ({ users, ground, desk } = laid);
  await desk.email.connect(workspaceId, users.settings(brandId));
});

const conversations = (messages: MessageEntry[]) => messages.map(({ conversationId }) => conversationId);
const followed = (message?: MessageEntry) => message?.payload.opening?.follows;

/** Ana has asked, and got an answer. */
async function answered(question = { subject: 'Tea', text: 'Hello', messageId: '<tea@customers.example>' }) {
  await users.send(ana, question);
  const [asked] = await desk.messagesOnceThere(1);
  const conversationId = asked?.conversationId ?? '';
  await desk.answer(conversationId, 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  return { conversationId, answerId: answer?.messageId ?? '' };
}

async function close(conversationId: string): Promise<void> {
  const draft = { type: 'status', audience: 'public', actor: agent, payload: { to: 'closed' } } as const;
  const change = { conversationId, clientId: 'agent:closes', body: 'closed', kind: 'decision' } as const;
  await desk.parts.journal.append({ ...change, rule: () => draft });
}

test('Chatwoot #15365: the address with our token leads home, be it only in Cc, without any id', async () => {
  const { conversationId } = await answered();
  const tagged = makeReplyAddress(ground.hmacKey, support, conversationId) ?? '';
  await users.send(ana, { subject: 'Something else', text: 'By token', to: ben, cc: tagged });
  await users.send(ben, { subject: 'Re: Tea', text: 'By somebody else', to: tagged });
  const messages = await desk.messagesOnceThere(4);
  expect(messages[2]).toMatchObject({ conversationId, payload: { text: 'By token', mail: { newSubject: true } } });
  // Ben got the mail before, so he takes part now.
  expect(messages[3]).toMatchObject({ conversationId, payload: { text: 'By somebody else' } });
  expect(messages[3]?.actor.id).not.toBe(messages[2]?.actor.id);
});

test('osTicket #3607, Zammad #5064: a subject leads nowhere, whoever writes under it and whatever number is in it', async () => {
  const { conversationId } = await answered();
  await users.send(ana, { subject: 'Re: Tea', text: 'No id' });
  await users.send(ben, { subject: `Re: Tea [#${conversationId}]`, text: 'No id either' });
  const messages = await desk.messagesOnceThere(4);
  expect(new Set(conversations(messages)).size).toBe(3);
  expect(messages.slice(2).map(followed)).toEqual([undefined, undefined]);
});

test('Chatwoot PR 13502: strangers who answer one and the same mail of ours stay apart, each with a link to where it went', async () => {
  const { conversationId, answerId } = await answered();
  for (const name of ['eva', 'dora', 'eva'])
    await users.sendRaw(
      `From: ${name}@others.example\r\nSubject: Re: Tea\r\nIn-Reply-To: ${answerId}\r\nMessage-ID: <${Math.random()}@o>\r\n\r\nUnsubscribe`,
    );
  const messages = await desk.messagesOnceThere(5);
  const [eva, dora, evaAgain] = conversations(messages.slice(2));
  expect(new Set([conversationId, eva, dora]).size).toBe(3);
  expect(evaAgain).toBe(eva);
  const link = { conversationId, why: 'other_sender' };
  expect(messages.slice(2).map(followed)).toEqual([link, link, undefined]);
});

test('an answer to what is closed begins anew, once, and what a machine writes opens nothing', async () => {
  const { conversationId, answerId } = await answered();
  await close(conversationId);
  await users.send(ana, {
    subject: 'Re: Tea',
    text: 'Away',
    inReplyTo: answerId,
    headers: { 'Auto-Submitted': 'auto-replied' },
  });
  await users.send(ana, { subject: 'Re: Tea', text: 'One more thing', inReplyTo: answerId });
  await users.send(ana, { subject: 'Re: Tea', text: 'And another', inReplyTo: answerId });
  const messages = await desk.messagesOnceThere(5);
  const [away, more, another] = messages.slice(2);
  expect(away?.conversationId).toBe(conversationId);
  expect((await desk.parts.journal.state(conversationId))?.status).toBe('closed');
  expect(followed(more)).toEqual({ conversationId, why: 'closed' });
  expect(another?.conversationId).toBe(more?.conversationId);
  expect((await desk.parts.journal.state(more?.conversationId ?? ''))?.contactId).toBe(messages[0]?.actor.id);
});

test('FreeScout #2086, #4020: References alone lead home, the newest first, be there thousands of them', async () => {
  const { conversationId, answerId } = await answered();
  const others = Array.from({ length: 3_000 }, (_, n) => `<${n}@customers.example>`);
  await users.send(ana, { subject: 'Re: Tea', text: 'Long', references: [...others, answerId] });
  await users.send(ana, { subject: 'Re: Tea', text: 'First', references: ['<tea@customers.example>', '<lost@x>'] });
  expect(conversations(await desk.messagesOnceThere(4))).toEqual(Array(4).fill(conversationId));
});

test('Chatwoot #15869: an answer under another subject stays, and says so', async () => {
  const { conversationId, answerId } = await answered();
  await users.send(ana, { subject: 'AW: [EXTERN] Re: tea', text: 'Thanks', inReplyTo: answerId });
  await users.send(ana, { subject: 'Coffee', text: 'Do you have any?', inReplyTo: answerId });
  const messages = await desk.messagesOnceThere(4);
  expect(conversations(messages)).toEqual(Array(4).fill(conversationId));
  expect(messages.map(({ payload }) => payload.mail?.newSubject)).toEqual([undefined, undefined, undefined, true]);
});

test('whoever gets a copy takes part: his answer joins, and the customer stays the customer', async () => {
  await users.send(ana, { subject: 'Tea', text: 'Ben, too', cc: ben, messageId: '<both@customers.example>' });
  await desk.messagesOnceThere(1);
  await users.send(ben, { subject: 'Re: Tea', text: 'Yes, me too', inReplyTo: '<both@customers.example>' });
  const [hers, his] = await desk.messagesOnceThere(2);
  expect(his?.conversationId).toBe(hers?.conversationId);
  expect(his?.actor.id).not.toBe(hers?.actor.id);
  expect((await desk.parts.journal.state(his?.conversationId ?? ''))?.contactId).toBe(hers?.actor.id);
});

test('all mails of Jira about one issue are one conversation', async () => {
  const jira = (id: string, more = '') =>
    `From: jira@customers.example\r\nSubject: [JIRA] (TEA-7) Kettle\r\nMessage-ID: <JIRA.7.1700000000000${id}@Atlassian.JIRA>\r\n${more}\r\nUpdate`;
  await users.sendRaw(jira('.11.1'));
  await users.sendRaw(jira('.12.2', 'In-Reply-To: <JIRA.7.1700000000000@Atlassian.JIRA>\r\n'));
  expect(new Set(conversations(await desk.messagesOnceThere(2))).size).toBe(1);
});
