import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { contactView } from '../../../contacts/index.js';
import { Staff } from '../../../staff/index.js';
import { brandId, EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers, support } from '../testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

const server = 'mx.tea.example';
const mia = 'mia@tea.example';

layBesidePeople('authors', async (laid) => {
  ({ users, ground, desk } = laid);
  await desk.email.connect(workspaceId, { ...users.settings(brandId), authservId: server });
});

/** A mail as the mailbox's server hands it over, with what it found on top. */
const checked = (found: string, head: string[], body = 'Hello') =>
  users.sendRaw([`Authentication-Results: ${found}`, ...head, '', body].join('\r\n'));
const passed = (domain: string) => `${server}; dmarc=pass header.from=${domain}`;
const failed = (domain: string) => `${server}; dmarc=fail header.from=${domain}`;
const contactOf = async (id = '') => {
  const contact = await desk.parts.contacts.get(id);
  return contact && contactView(contact);
};

test('what our own server found is told, what others claim is not', async () => {
  const from = `From: Ana <${ana}>`;
  await checked(passed('customers.example'), [from, 'Message-ID: <1@c>']);
  await checked(failed('customers.example'), [from, 'Message-ID: <2@c>']);
  await checked('mx.evil.example; dmarc=pass header.from=customers.example', [from, 'Message-ID: <3@c>']);
  const forged = `Authentication-Results: ${passed('customers.example')}`;
  await checked(failed('customers.example'), [forged, from, 'Message-ID: <4@c>']);
  await users.sendRaw([from, 'Message-ID: <5@c>', '', 'Hello'].join('\r\n'));
  const messages = await desk.messagesOnceThere(5);
  expect(messages.map(({ payload }) => payload.mail?.authenticity)).toEqual([
    ...['verified', 'failed', 'unknown', 'failed', 'unknown'],
  ]);
});

test('whoever is not who he says is another contact, always the same, and shows no address as proven', async () => {
  await checked(passed('customers.example'), [`From: Ana <${ana}>`, 'Message-ID: <real@c>', 'Subject: Tea']);
  const [real] = await desk.messagesOnceThere(1);
  for (const id of ['<f1@c>', '<f2@c>'])
    await checked(failed('customers.example'), [
      ...[`From: Ana <${ana}>`, `Message-ID: ${id}`, 'In-Reply-To: <real@c>', 'Reply-To: thief@evil.example'],
    ]);
  const [, one, other] = await desk.messagesOnceThere(3);
  expect(one?.conversationId).not.toBe(real?.conversationId);
  expect(one?.payload.opening?.follows).toEqual({ conversationId: real?.conversationId, why: 'unverified' });
  expect(one?.actor.id).not.toBe(real?.actor.id);
  expect(other?.actor.id).toBe(one?.actor.id);
  expect(await contactOf(one?.actor.id)).toMatchObject({ name: 'Ana', address: null });
  // Answered, he gets nothing at the address of his choice.
  await desk.answer(one?.conversationId ?? '', 'Who are you?');
  expect((await users.inboxOf(ana, 1))[0]?.text).toContain('Who are you?');
});

test('an id that only who got our mail can know leads home all the same, but proves nothing', async () => {
  await checked(passed('customers.example'), [`From: Ana <${ana}>`, 'Message-ID: <real@c>', 'Subject: Tea']);
  const [real] = await desk.messagesOnceThere(1);
  await desk.answer(real?.conversationId ?? '', 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  await checked(failed('customers.example'), [`From: Ana <${ana}>`, `In-Reply-To: ${answer?.messageId}`]);
  const messages = await desk.messagesOnceThere(3);
  expect(messages[2]?.conversationId).toBe(real?.conversationId);
  expect(await contactOf(real?.actor.id)).toMatchObject({ address: ana, proof: 'none' });
});

test('Chatwoot: Reply-To makes nobody somebody else, it only says where the answer goes', async () => {
  await users.send(ana, { subject: 'Tea', text: 'Hello', replyTo: ben });
  const [message] = await desk.messagesOnceThere(1);
  expect(await contactOf(message?.actor.id)).toMatchObject({ address: ana });
  await desk.answer(message?.conversationId ?? '', 'Hello Ana');
  await users.inboxOf(ben, 1);
  expect(await users.count(ana)).toBe(0);
});

test('a server that was on top of every mail is believed, until one comes without it', async () => {
  await desk.stop();
  const domains = Array.from({ length: 10 }, (_, n) => `${n}.example`);
  const learned = { server, since: new Date(Date.now() - 4 * 86_400_000), mails: 20, domains };
  await ground.store.mailboxes.updateOne({}, { $set: { learned }, $unset: { authservId: true } });
  desk = await new EmailDesk(ground).start();
  const from = `From: Ana <${ana}>`;
  await checked(passed('customers.example'), [from, 'Message-ID: <1@c>']);
  await desk.messagesOnceThere(1);
  await users.sendRaw([from, 'Message-ID: <2@c>', '', 'Hello'].join('\r\n'));
  await desk.messagesOnceThere(2);
  await checked(passed('customers.example'), [from, 'Message-ID: <3@c>']);
  const messages = await desk.messagesOnceThere(3);
  expect(messages.map(({ payload }) => payload.mail?.authenticity)).toEqual(['verified', 'unknown', 'unknown']);
  expect((await ground.store.mailboxes.findOne({}))?.learned).toMatchObject({ server, mails: 1 });
});

test('where no server has looked, the signature of his own domain tells', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const p = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const findKey = async () => [[`v=DKIM1; k=rsa; p=${p}`]];
  await desk.stop();
  desk = await new EmailDesk(ground, {}, (parts) => ({ ...parts, findKey })).start();
  const dkim = { keySelector: 'tea', privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
  await users.send(ana, { subject: 'Hers', text: 'Hello', dkim: { ...dkim, domainName: 'customers.example' } });
  await users.send(ana, { subject: 'Not hers', text: 'Hello', dkim: { ...dkim, domainName: 'evil.example' } });
  const messages = await desk.messagesOnceThere(2);
  expect(messages.map(({ payload }) => payload.mail?.authenticity)).toEqual(['verified', 'unknown']);
});

async function addMia(): Promise<void> {
  const staff = new Staff(ground.db);
  await staff.prepare();
  const rights = { role: 'agent', brandIds: 'all', teamIds: [], capacity: { chat: 1, email: 1 } } as const;
  const member = { _id: 'mia', workspaceId, name: 'Mia', email: mia, password: 'darjeeling' };
  await staff.add({ ...member, ...rights, teamIds: [] });
}

const passedOnByMia = [
  ...[`From: Mia <${mia}>`, `To: ${support}`, 'Subject: Fwd: Where is my tea?', 'Message-ID: <fwd@tea>'],
];
const passedOn = [
  ...['Please look after her.', '', '---------- Forwarded message ---------', `From: Ana <${ana}>`],
  ...['Date: Mon, 5 Oct 2026 at 10:00', 'Subject: Where is my tea?', `To: Mia <${mia}>`, '', 'I ordered it last week.'],
].join('\r\n');

test('what an agent passes on is its author’s; what the agent says is a note', async () => {
  await addMia();
  await checked(passed('tea.example'), passedOnByMia, passedOn);
  const [message] = await desk.messagesOnceThere(1);
  expect(message?.payload).toMatchObject({
    text: 'I ordered it last week.',
    mail: {
      from: { address: ana },
      subject: 'Where is my tea?',
      forwardedBy: { address: mia },
      authenticity: 'unknown',
    },
  });
  expect(await contactOf(message?.actor.id)).toMatchObject({ address: ana, name: 'Ana', proof: 'none' });
  await expect.poll(async () => (await desk.entries()).filter(({ type }) => type === 'note').length).toBe(1);
  expect((await desk.entries())[1]).toMatchObject({
    ...{ type: 'note', audience: 'internal', actor: { kind: 'agent', id: 'mia' } },
    payload: { text: 'Please look after her.' },
  });
  await desk.answer(message?.conversationId ?? '', 'It is on its way');
  const [answer] = await users.inboxOf(ana, 1);
  expect(answer).toMatchObject({ subject: 'Re: Where is my tea?', to: [{ address: ana }], cc: [] });
  await users.send(ana, { subject: 'Re: Where is my tea?', text: 'Thanks', inReplyTo: answer?.messageId ?? '' });
  expect((await desk.messagesOnceThere(3))[2]?.conversationId).toBe(message?.conversationId);
});

test('FreeScout #5480: who is no agent, or can not be shown to be one, passes on nothing in the name of others', async () => {
  await addMia();
  await checked(`${server}; none`, passedOnByMia, passedOn);
  await checked(passed('customers.example'), [`From: ${ben}`, 'Subject: Fwd: Where is my tea?'], passedOn);
  const messages = await desk.messagesOnceThere(2);
  expect(messages.map(({ payload }) => payload.mail?.from.address).toSorted()).toEqual([ben, mia]);
  expect((await desk.entries()).map(({ type }) => type)).toEqual(['message', 'message']);
});

test('an agent answers from his own mail program by our id, when he is shown to be himself', async () => {
  await addMia();
  await users.send(ana, { subject: 'Tea', text: 'Hello', messageId: '<tea@customers.example>' });
  const [question] = await desk.messagesOnceThere(1);
  const conversationId = question?.conversationId ?? '';
  await desk.answer(conversationId, 'A moment');
  const [answer] = await users.inboxOf(ana, 1);
  const reply = (id: string) => [
    `From: Mia <${mia}>`,
    `To: ${support}`,
    `In-Reply-To: ${id}`,
    `Message-ID: <${Math.random()}@tea>`,
  ];

  await checked(passed('tea.example'), reply(answer?.messageId ?? ''), 'It is on its way');
  const third = (await desk.messagesOnceThere(3))[2];
  expect(third).toMatchObject({
    conversationId,
    actor: { kind: 'agent', id: 'mia' },
    payload: { text: 'It is on its way' },
  });
  expect((await users.inboxOf(ana, 2))[1]).toMatchObject({ text: 'It is on its way', to: [{ address: ana }] });

  // She wrote to Ana herself.
  const toBoth = reply(answer?.messageId ?? '').map((line) => (line.startsWith('To:') ? `${line}, ${ana}` : line));
  await checked(passed('tea.example'), toBoth, 'By the way');
  expect((await desk.messagesOnceThere(4))[3]).toMatchObject({ conversationId, actor: { id: 'mia' } });

  // FreeScout GHSA-6r38: neither an id that anybody may know nor a forged sender is enough.
  await checked(passed('tea.example'), reply('<tea@customers.example>'), 'Without our id');
  await checked(failed('tea.example'), reply(answer?.messageId ?? ''), 'Somebody else');
  const messages = await desk.messagesOnceThere(6);
  expect(messages.slice(4).map(({ actor }) => actor.kind)).toEqual(['contact', 'contact']);
  for (const forged of messages.slice(4)) expect(forged.conversationId).not.toBe(conversationId);
  expect(await users.count(ana)).toBe(2);
});
