import type { Envelope, MailHead } from '@helpline/protocol';
import { expect, test } from 'vitest';
import { receive, reply } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { readMail } from '../read/read-mail.js';
import type { ReadMail } from '../read/types.js';
import { setSending, usualSending } from '../sending-settings.js';
import { agent, brandId, type EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesideServer } from '../testing/for-each-test.js';
import type { RoughSmtp } from '../testing/rough-smtp.js';
import { callBack } from './call-back.js';
import { forward } from './forward.js';
import { startConversation } from './start-conversation.js';

const ana = { address: 'ana@customers.example', name: 'Ana Lima' };
const carl = { address: 'carl@customers.example', name: 'Carl' };
const dora = { address: 'dora@elsewhere.example', name: '' };
const support = { address: 'support@tea.example', name: '' };
const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
let ground: Ground;
let desk: EmailDesk;
let smtp: RoughSmtp;

layBesideServer('addressing', (laid) => ({ smtp, ground, desk } = laid), { undoMs: 0 });

const parts = () => ({
  ...desk.parts,
  store: ground.store,
  leftAfterMs: 0,
  undoMs: 0,
  planned: () => {},
  unsubscribing: desk.email.unsubscribing,
});
const sentMails = (): Promise<ReadMail[]> => Promise.all(smtp.mails.map((raw) => readMail(Buffer.from(raw, 'latin1'))));

test('an answer goes to everybody who got the mail, under the names they had there', async () => {
  await answer(await anaWrites({ to: [support], cc: [carl] }), 'Hello both');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent', to: [ana.address, carl.address] }]);
  expect(smtp.recipients).toEqual([ana.address, carl.address]);
  expect(await sentMails()).toMatchObject([{ to: [ana], cc: [carl] }]);
});

test('what Outlook goes by is continued, and what a mail was about is known', async () => {
  const threadIndex = Buffer.alloc(22, 1).toString('base64');
  await answer(await anaWrites({ threadIndex }), 'Hello');
  await desk.outcomes(1);
  const [mail] = await sentMails();
  const index = Buffer.from(mail?.threadIndex ?? '', 'base64');
  expect([index.length, index.subarray(0, 22).toString('base64')]).toEqual([27, threadIndex]);
  expect(await ground.store.known.findOne({ direction: 'out' })).toMatchObject({ subject: 'tea' });
});

test('whom its author names gets it; Bcc stands nowhere, ourselves and doubles get none', async () => {
  const conversationId = await anaWrites({ to: [support], cc: [carl] });
  const twice = { ...ana, address: 'ANA@customers.example' };
  await answer(conversationId, 'Hello', { to: [ana], cc: [twice, support], bcc: [dora] });
  await desk.outcomes(1);
  expect(smtp.recipients).toEqual([ana.address, dora.address]);
  expect(await sentMails()).toMatchObject([{ to: [ana], cc: [] }]);
  expect(smtp.mails[0]).not.toContain(dora.address);
});

test('a refusal of one reader is told, and the others have the mail once', async () => {
  smtp.whims.push({ at: 'RCPT', does: '250 2.1.5 Ok' }, { at: 'RCPT', does: '550 5.1.1 No such user' });
  await answer(await anaWrites({ to: [support], cc: [carl] }), 'Hello both');
  expect(await desk.outcomes(2)).toMatchObject([
    { of: 2, state: 'sent', to: [ana.address] },
    { of: 2, state: 'failed', to: [carl.address], detail: '550 5.1.1 No such user' },
  ]);
  expect(smtp.mails).toHaveLength(1);
});

test('whom the server refuses for now gets the mail later, and the others have it once', async () => {
  smtp.whims.push({ at: 'RCPT', does: '451 4.7.1 Greylisted', to: carl.address });
  await answer(await anaWrites({ to: [support], cc: [carl, dora] }), 'Hello all');
  expect(await desk.outcomes(2)).toMatchObject([
    { of: 2, state: 'sent', to: [ana.address, dora.address] },
    { of: 2, state: 'sent', to: [carl.address] },
  ]);
  expect(smtp.recipients).toEqual([ana.address, dora.address, carl.address]);
  expect(smtp.mails[1]).toBe(smtp.mails[0]);
});

test('who is refused for now in the end, and who for good, is told apart from the others', async () => {
  smtp.whims.push({ at: 'RCPT', does: '550 5.1.1 No such user', to: dora.address });
  for (let i = 0; i < 3; i++) smtp.whims.push({ at: 'RCPT', does: '452 4.2.2 Mailbox full', to: carl.address });
  await answer(await anaWrites({ to: [support], cc: [carl, dora] }), 'Hello all');
  expect(await desk.outcomes(3)).toMatchObject([
    { of: 2, state: 'sent', to: [ana.address] },
    { of: 2, state: 'failed', to: [dora.address], detail: '550 5.1.1 No such user' },
    { of: 2, state: 'failed', to: [carl.address], detail: '452 4.2.2 Mailbox full' },
  ]);
  expect(smtp.mails).toHaveLength(1);
});

test('who wrote to an alias is answered from it, by a person, with a signature', async () => {
  const settings = {
    displayName: 'Tea Support',
    tagsReplies: true,
    copiesToSent: false,
    mailsAMinute: null,
    language: 'en' as const,
    autoReply: null,
    dkim: null,
  };
  await setSending({ store: ground.store, secrets: ground.secrets }, everything, 'support', {
    ...settings,
    sender: 'agent',
    signature: 'Yours, {agent}\n{brand}',
    aliases: ['Sales@tea.example'],
  });
  await answer(await anaWrites({ to: [{ address: 'sales@tea.example', name: '' }] }), 'Hello Ana');
  await desk.outcomes(1);
  const [mail] = await sentMails();
  expect(mail).toMatchObject({
    from: { address: 'sales@tea.example', name: 'Mia via Tea House' },
    to: [ana],
    replyTo: { address: expect.stringMatching(/^sales\+c\.[a-z2-7]+@tea\.example$/) },
    messageId: expect.stringMatching(/@tea\.example>$/),
  });
  expect(mail?.text).toMatch(/Hello Ana\s+--\s+Yours, Mia\s+Tea House/);
});

test('an alias is in one mailbox only, and a key must be one', async () => {
  const { store, secrets } = ground;
  const other = { ...(await store.mailboxes.findOne({ _id: 'support' })), _id: 'sales', address: 'sales@tea.example' };
  await store.mailboxes.insertOne(other as never);
  const given = { ...usualSending, displayName: 'Tea', dkim: null };
  const set = (more: object) => setSending({ store, secrets }, everything, 'support', { ...given, ...more });
  await expect(set({ aliases: ['SALES@tea.example'] })).rejects.toMatchObject({ code: 'unprocessable' });
  const dkim = { domain: 'tea.example', selector: 'mail' };
  await expect(set({ dkim })).rejects.toMatchObject({ code: 'unprocessable' });
  await expect(set({ dkim: { ...dkim, privateKey: 'oolong' } })).rejects.toMatchObject({ code: 'unprocessable' });
  await expect(setSending({ store, secrets }, { ...everything, brandIds: [] }, 'support', given)).rejects.toMatchObject(
    { code: 'not_found' },
  );
});

test('a mail is called back while it waits, once, and not when it is on its way', async () => {
  const conversationId = await anaWrites({ to: [support] });
  const early = await answer(conversationId, 'Too early', { to: [], cc: [], bcc: [], sendAt: inAnHour() });
  const recorded = await callBack(parts(), conversationId, early.seq, agent);
  expect(recorded.entry).toMatchObject({ type: 'delivery', actor: agent, payload: { of: 2, state: 'called_back' } });
  expect((await callBack(parts(), conversationId, early.seq, agent)).entry._id).toBe(recorded.entry._id);
  const now = await answer(conversationId, 'In time');
  await expect.poll(() => smtp.mails.length, { timeout: 10_000 }).toBe(1);
  await expect(callBack(parts(), conversationId, now.seq, agent)).rejects.toMatchObject({ code: 'too_late' });
  await expect(callBack(parts(), conversationId, 1, agent)).rejects.toMatchObject({ code: 'unprocessable' });
  expect(smtp.mails.join()).not.toContain('Too early');
});

test('a mail for later goes at its time, unless the customer writes before', async () => {
  const conversationId = await anaWrites({ to: [support] });
  const nobody = { to: [], cc: [], bcc: [] };
  await answer(conversationId, 'Soon', { ...nobody, sendAt: new Date(Date.now() + 1_500).toISOString() });
  const later = await answer(conversationId, 'Later', { ...nobody, sendAt: inAnHour() });
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'sent' }]);
  expect(smtp.mails).toHaveLength(1);
  await anaWrites({ to: [support] }, conversationId);
  await ground.store.deliveries.updateOne({ entryId: later._id }, { $set: { dueAt: new Date(0) } });
  expect(await desk.outcomes(2)).toMatchObject([{}, { of: 3, state: 'failed' }]);
  expect(smtp.mails).toHaveLength(1);
});

test('what stands in a chat at once can not be sent later', async () => {
  const conversationId = await anaWrites({ to: [support] });
  const author = { kind: 'visitor', id: 'ana' } as const;
  const message = { channel: 'chat', text: 'In the chat now' } as const;
  await receive(desk.parts.journal, { conversationId, clientId: 'visitor:1', author, message });
  const later = answer(conversationId, 'Later', { to: [ana], cc: [], bcc: [], sendAt: inAnHour() });
  await expect(later).rejects.toMatchObject({ code: 'unprocessable' });
});

test('a message is sent on with a word of ours, and who gets it takes no part', async () => {
  const conversationId = await anaWrites({ to: [support], cc: [carl] });
  const envelope = { to: [dora], cc: [], bcc: [] };
  const asked = { conversationId, clientId: 'agent:mia:f', author: agent, of: 1, text: 'Can you help?', envelope };
  await forward(parts(), asked);
  await forward(parts(), asked);
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'sent', to: [dora.address] }]);
  const [mail] = await sentMails();
  expect(mail).toMatchObject({ subject: 'Fwd: Tea', to: [dora], inReplyTo: [] });
  for (const part of ['Can you help?', 'Forwarded message', 'From: Ana Lima <ana@customers.example>', 'Hello'])
    expect(mail?.text).toContain(part);
  expect(await ground.store.isKnownIn(conversationId, dora.address)).toBe(false);
  await answer(conversationId, 'Soon', undefined);
  await desk.outcomes(2);
  expect((await sentMails())[1]).toMatchObject({ subject: 'Re: Tea', to: [ana], cc: [carl] });
});

test('a conversation that we begin waits for its first answer, and goes on under its subject', async () => {
  const envelope: Envelope = { to: [dora], cc: [], bcc: [], subject: 'Your order' };
  const first = { inboxId: 'support', clientId: 'agent:mia:1', author: agent, text: 'It is here.', envelope };
  const { entry } = await startConversation(parts(), everything, first);
  expect((await startConversation(parts(), everything, first)).entry._id).toBe(entry._id);
  const state = await desk.parts.journal.state(entry.conversationId);
  expect(state).toMatchObject({ status: 'pending', handler: 'none', waitingSince: null, seq: 1 });
  await desk.outcomes(1);
  await answer(entry.conversationId, 'Still here.');
  await desk.outcomes(2);
  const [mail, next] = await sentMails();
  expect(mail).toMatchObject({ subject: 'Your order', to: [dora], inReplyTo: [] });
  expect(next).toMatchObject({ subject: 'Re: Your order', to: [dora], inReplyTo: [mail?.messageId] });
  const message = { channel: 'email', text: 'Thanks' } as const;
  const author = { kind: 'contact', id: state?.contactId ?? '' } as const;
  await receive(desk.parts.journal, { conversationId: entry.conversationId, clientId: 'm:1', author, message });
  const after = await desk.parts.journal.state(entry.conversationId);
  expect(after).toMatchObject({ status: 'open', handler: 'queue' });
});

test('we begin only from a mailbox the agent may see, and not with ourselves', async () => {
  const begin = (to: Envelope['to'], brandIds: 'all' | string[] = 'all') => {
    const envelope = { to, cc: [], bcc: [], subject: 'Tea' };
    const first = { inboxId: 'support', clientId: 'agent:mia:2', author: agent, text: 'Tea', envelope };
    return startConversation(parts(), { ...everything, brandIds }, first);
  };
  await expect(begin([dora], ['another'])).rejects.toMatchObject({ code: 'not_found' });
  await expect(begin([support])).rejects.toMatchObject({ code: 'no_recipient' });
});

test('nothing is sent to whoever wants to hear nothing: not begun, not forwarded, and not when it changes before', async () => {
  const { contacts } = desk.parts;
  const { _id } = await contacts.meetByMail(workspaceId, dora.address, '');
  const conversationId = await anaWrites({ to: [support] });
  const envelope = { to: [ana], cc: [dora], bcc: [], sendAt: inAnHour() };
  const planned = await answer(conversationId, 'For both', envelope);
  await contacts.setDoNotContact(_id, true);
  const refused = { code: 'do_not_contact', details: { detail: dora.address } };
  const first = { inboxId: 'support', clientId: 'agent:mia:3', author: agent, text: 'Tea' };
  const toDora = { to: [{ ...dora, address: 'Dora@elsewhere.example' }], cc: [], bcc: [] };
  await expect(
    startConversation(parts(), everything, { ...first, envelope: { ...toDora, subject: 'Tea' } }),
  ).rejects.toMatchObject(refused);
  const asked = { conversationId, clientId: 'agent:mia:4', author: agent, of: 1, text: '', envelope: toDora };
  await expect(forward(parts(), asked)).rejects.toMatchObject(refused);
  await expect.poll(() => ground.store.deliveries.countDocuments({ entryId: planned._id })).toBe(1);
  await ground.store.deliveries.updateOne({ entryId: planned._id }, { $set: { dueAt: new Date(0) } });
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'failed', detail: expect.stringContaining(dora.address) }]);
  await contacts.setDoNotContact(_id, false);
  await forward(parts(), asked);
  expect(await desk.outcomes(2)).toMatchObject([{}, { state: 'sent', to: ['Dora@elsewhere.example'] }]);
});

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

async function answer(conversationId: string, text: string, envelope?: Envelope) {
  const { journal } = desk.parts;
  const expectedSeq = (await journal.state(conversationId))?.seq ?? 0;
  const clientId = `agent:${agent.id}:${newId()}`;
  return (await reply(journal, { conversationId, clientId, author: agent, text, expectedSeq, envelope })).entry;
}

async function anaWrites(mail: Partial<MailHead>, conversationId = newId()): Promise<string> {
  const { contacts, journal } = desk.parts;
  const contact = await contacts.meetByMail(workspaceId, ana.address, ana.name);
  const head = { messageId: `<${newId()}@a>`, subject: 'Tea', from: ana, to: [], cc: [], replyTo: null, date: null };
  await receive(journal, {
    conversationId,
    clientId: `mail:${newId()}`,
    author: { kind: 'contact', id: contact._id, name: ana.name },
    message: { channel: 'email', text: 'Hello', mail: { ...head, mailClass: 'human', references: [], ...mail } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: contact._id, channel: 'email' },
  });
  return conversationId;
}
