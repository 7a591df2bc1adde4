import { expect, test } from 'vitest';
import { resolve } from '../../../conversations/index.js';
import { agent, brandId, type EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers, support } from '../testing/mail-users.js';
import { loopHeader, loopMark } from './loop-header.js';
import { deleteSuspended, dropOldSuspended, listSuspended, releaseSuspended } from './suspended.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople(
  'held-back',
  async (laid) => {
    ({ users, ground, desk } = laid);
    await desk.email.connect(workspaceId, users.settings(brandId));
  },
  { mailsAnHour: 8 }, // so four in ten minutes
);

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
const held = () => listSuspended(ground.store, everything);
/** Of all messages; mails of different conversations may be taken in side by side, so in no order of arrival. */
const subjects = async () => (await desk.messages()).map(({ payload }) => payload.mail?.subject).toSorted();

test('whoever writes more than people do is held back, others are not', async () => {
  for (const n of [1, 2, 3, 4, 5, 6]) await users.send(ana, { subject: `Mail ${n}`, text: 'Hello' });
  await users.send(ben, { subject: 'Mine', text: 'Hello' });
  expect(await desk.ledger(7)).toHaveLength(7);
  expect(await subjects()).toEqual(['Mail 1', 'Mail 2', 'Mail 3', 'Mail 4', 'Mine']);
  const { items, total } = await held();
  expect(total).toBe(2);
  expect(items.map(({ subject }) => subject).toSorted()).toEqual(['Mail 5', 'Mail 6']);
  expect(items[0]).toMatchObject({
    mailbox: support,
    from: { address: ana },
    why: 'sender_rate',
    cap: { mails: 4, minutes: 10 },
  });
});

test('what was held back is taken in once it is released, and gone once it is deleted', async () => {
  for (const n of [1, 2, 3, 4, 5, 6]) await users.send(ana, { subject: `Mail ${n}`, text: 'Hello' });
  await desk.ledger(6);
  const [first, second] = (await held()).items.toSorted((a, b) => a.subject.localeCompare(b.subject));
  expect(await releaseSuspended(ground.store, everything, [first?.id ?? ''])).toBe(1);
  await expect.poll(subjects, { timeout: 15_000 }).toContain('Mail 5');
  await deleteSuspended(ground.store, everything, second?.id ?? '', 'Mia');
  expect(await held()).toEqual({ items: [], total: 0 });
  expect((await ground.store.ledger.findOne({ rawFileId: second?.id ?? '' }))?.reason).toContain('Mia');
  for (const id of [first, second].map((mail) => mail?.id ?? ''))
    expect(await releaseSuspended(ground.store, everything, [id])).toBe(0);
});

test('many are released at once, those that are still held back', async () => {
  for (const n of [1, 2, 3, 4, 5, 6, 7]) await users.send(ana, { subject: `Mail ${n}`, text: 'Hello' });
  await desk.ledger(7);
  const ids = (await held()).items.map(({ id }) => id);
  await deleteSuspended(ground.store, everything, ids[0] ?? '', 'Mia');
  expect(await releaseSuspended(ground.store, everything, [...ids, 'another'])).toBe(2);
  await expect.poll(async () => (await subjects()).length, { timeout: 15_000 }).toBe(6);
});

test('nobody sees or releases what another company, or another brand, holds back', async () => {
  await users.sendRaw(mailOfOurs('Back again'));
  await desk.ledger(1);
  const [mail] = (await held()).items;
  for (const elsewhere of [
    { ...everything, workspaceId: 'coffee' },
    { ...everything, brandIds: ['coffee'] },
  ]) {
    expect(await listSuspended(ground.store, elsewhere)).toEqual({ items: [], total: 0 });
    expect(await releaseSuspended(ground.store, elsewhere, [mail?.id ?? ''])).toBe(0);
  }
});

test('a mail of ours that comes back under another Message-ID is held back; one of another Helpline is welcome', async () => {
  await users.sendRaw(mailOfOurs('Back again'));
  await users.sendRaw(mailOfOurs('From theirs', Buffer.alloc(32)));
  expect(await desk.ledger(2)).toEqual(['suspended', 'received']);
  expect((await held()).items).toMatchObject([{ subject: 'Back again', why: 'loop', cap: null }]);
});

test('after thirty days what was held back is dropped, as its raw form is', async () => {
  await users.sendRaw(mailOfOurs('Back again'));
  await desk.ledger(1);
  await dropOldSuspended(ground.store);
  expect((await held()).total).toBe(1);
  await ground.store.ledger.updateMany({}, { $set: { at: new Date(Date.now() - 31 * 24 * 60 * 60 * 1000) } });
  await dropOldSuspended(ground.store);
  expect((await held()).total).toBe(0);
});

test('a conversation in which machines talk under ever new addresses is held back too', async () => {
  const first = await mailAs('robot+0@robots.example', '');
  await users.sendRaw(first);
  const [question] = await desk.messagesOnceThere(1);
  for (const n of [1, 2, 3, 4, 5]) {
    await ground.store.known.updateOne({}, { $addToSet: { people: `robot+${n}@robots.example` } });
    await users.sendRaw(mailAs(`robot+${n}@robots.example`, question?.payload.mail?.messageId ?? ''));
  }
  await desk.ledger(6);
  const { items } = await held();
  expect(items.map(({ why }) => why)).toEqual(['conversation_rate', 'conversation_rate']);
});

test('machines reopen nothing: an absence, a bounce and a complaint leave a resolved conversation resolved', async () => {
  await users.send(ana, { subject: 'Tea', text: 'Hello' });
  const [question] = await desk.messagesOnceThere(1);
  const conversationId = question?.conversationId ?? '';
  await desk.answer(conversationId, 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  const id = answer?.messageId ?? '';
  await resolve(desk.parts.journal, { conversationId, clientId: 'resolved', actor: agent });
  const headers = { 'Auto-Submitted': 'auto-replied' };
  await users.send(ana, { subject: 'Out of office', text: 'Away', inReplyTo: id, headers });
  await users.sendRaw(bounceOf(id, ana), '');
  await users.sendRaw(complaintAbout(id), '');
  await desk.ledger(4);
  expect(await desk.outcomes(3)).toMatchObject([{ state: 'sent' }, { state: 'bounced' }, { state: 'complained' }]);
  expect(await desk.parts.journal.state(conversationId)).toMatchObject({ status: 'resolved', handler: 'none' });
  expect((await desk.messages()).map(({ conversationId: of }) => of)).toEqual(Array(3).fill(conversationId));
});

test('a dead address is marked until somebody writes from it, and only by the report on a mail that we sent there', async () => {
  await users.send(ana, { subject: 'Tea', text: 'Hello' });
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  const trouble = async (address: string) => (await desk.parts.contacts.troubleOf(workspaceId, address))?.kind ?? null;
  await desk.parts.contacts.meetByMail(workspaceId, ben, 'Ben');
  await users.sendRaw(bounceOf('<c.forged.forged.0123456789abcdefghijkl@tea.example>', ana), '');
  await users.sendRaw(bounceOf(answer?.messageId ?? '', ben), '');
  await desk.ledger(3);
  expect([await trouble(ana), await trouble(ben)]).toEqual([null, null]);
  await users.sendRaw(bounceOf(answer?.messageId ?? '', ana, 'again'), '');
  await desk.ledger(4);
  expect([await trouble(ana), await trouble(ben)]).toEqual(['undeliverable', null]);
  await users.send(ana, { subject: 'I am here', text: 'Hello' });
  await desk.ledger(5);
  expect(await trouble(ana)).toBeNull();
});

test('whoever calls a mail of ours unwanted is marked for good', async () => {
  await users.send(ana, { subject: 'Tea', text: 'Hello' });
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'Hello Ana');
  const [answer] = await users.inboxOf(ana, 1);
  await users.sendRaw(complaintAbout(answer?.messageId ?? ''), '');
  await users.send(ana, { subject: 'Still me', text: 'Hello' });
  await desk.ledger(3);
  expect((await desk.parts.contacts.troubleOf(workspaceId, ana))?.kind).toBe('complained');
});

const mailOfOurs = (subject: string, key = ground.hmacKey): string =>
  [
    `From: ${ana}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '.')}@relay.example>`,
    `${loopHeader}: ${loopMark(key, workspaceId)}`,
    '',
    'Hello',
  ].join('\r\n');

const mailAs = (from: string, inReplyTo: string): string =>
  [
    `From: ${from}`,
    'Subject: Re: Order',
    `Message-ID: <${from}>`,
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
    '',
    'Thank you for your mail.',
  ].join('\r\n');

const bounceOf = (messageId: string, to: string, id = to): string =>
  report('delivery-status', `bounce.${id}.${messageId.length}`, messageId, [
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.customers.example',
    '',
    `Final-Recipient: rfc822; ${to}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user here',
  ]);

const complaintAbout = (messageId: string): string =>
  report('feedback-report', 'complaint', messageId, [
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: Provider/1',
    'Version: 1',
  ]);

const report = (type: string, id: string, messageId: string, part: string[]): string =>
  [
    'From: MAILER-DAEMON@mx.customers.example',
    'Subject: A report',
    `Message-ID: <${id}@mx.customers.example>`,
    `Content-Type: multipart/report; report-type=${type}; boundary=b`,
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is about a mail of yours.',
    '--b',
    ...part,
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    `To: ${ana}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
