import { expect, test } from 'vitest';
import { receive } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { setSending } from '../sending-settings.js';
import type { Delivery } from '../store.js';
import { brandId, type EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, type MailUsers, support } from '../testing/mail-users.js';

const waiting = { timeout: 15_000 };
let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('sent-copies', async (laid) => {
  ({ users, ground, desk } = laid);
  const { _id } = await desk.email.connect(workspaceId, users.settings(brandId));
  const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
  await setSending({ store: ground.store, secrets: ground.secrets }, everything, _id, {
    displayName: 'Tea Support',
    sender: 'mailbox',
    signature: '',
    aliases: [],
    tagsReplies: false,
    copiesToSent: true,
    mailsAMinute: null,
    language: 'en',
    autoReply: null,
    dkim: null,
  });
});

const copyState = async (): Promise<string | undefined> => (await only()).copy?.state;
async function only(): Promise<Delivery> {
  const delivery = await ground.store.deliveries.findOne({});
  if (!delivery) throw new Error('Nothing was sent.');
  return delivery;
}
const inSent = (): Promise<string[]> =>
  users.withInbox(support, async (client) => {
    await client.mailboxOpen('Sent');
    const mails = await client.fetchAll('1:*', { envelope: true, flags: true });
    return mails.map(({ envelope, flags }) => `${envelope?.messageId} ${[...(flags ?? [])].includes('\\Seen')}`);
  });

async function answerAna(): Promise<void> {
  const conversationId = newId();
  const from = { address: ana, name: 'Ana' };
  const mail = { messageId: '<1@a>', subject: 'Tea', from, to: [], cc: [], replyTo: null, date: null, references: [] };
  await receive(desk.parts.journal, {
    conversationId,
    clientId: 'mail:1',
    author: { kind: 'contact', id: 'ana' },
    message: { channel: 'email', text: 'Hello', mail: { ...mail, mailClass: 'human' } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
  await desk.answer(conversationId, 'Hello Ana');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent' }]);
}

test('what is sent lies read in the Sent folder too, once, however often that is tried', async () => {
  await answerAna();
  await expect.poll(copyState, waiting).toBe('done');
  const { _id, messageId } = await only();
  expect(await inSent()).toEqual([`${messageId} true`]);
  const again = { 'copy.state': 'wanted', 'copy.dueAt': new Date(0) } as const;
  await ground.store.deliveries.updateOne({ _id }, { $set: again });
  await expect.poll(copyState, waiting).toBe('done');
  expect(await inSent()).toHaveLength(1);
  expect(await users.count(ana)).toBe(1);
});

test('FreeScout #3632, #984: a copy that can not be made sends nothing again', async () => {
  const { imap } = (await ground.store.mailboxes.findOne({})) ?? {};
  await answerAna();
  await expect.poll(copyState, waiting).toBe('done');
  await ground.store.mailboxes.updateMany({}, { $set: { 'imap.port': 1 } });
  const wanted = { 'copy.state': 'wanted', 'copy.tries': 5, 'copy.dueAt': new Date(0) } as const;
  await ground.store.deliveries.updateMany({}, { $set: wanted });
  await expect.poll(copyState, waiting).toBe('failed');
  expect((await only()).state).toBe('sent');
  expect(await users.count(ana)).toBe(1);
  expect(await desk.outcomes(1)).toHaveLength(1);
  expect(imap?.port).not.toBe(1);
});
