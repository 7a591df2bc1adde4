import { expect, test } from 'vitest';
import { resolve } from '../../../conversations/index.js';
import { usualSending } from '../sending-settings.js';
import { agent, brandId, type EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers } from '../testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('own-group', async (laid) => {
  ({ users, ground, desk } = laid);
  await desk.email.connect(workspaceId, users.settings(brandId));
  const autoReply = { hours: { timeZone: 'UTC', days: [] }, whenOpen: '', whenClosed: 'We are back tomorrow.' };
  const sending = { ...usualSending, aliases: ['help@tea.example'], autoReply };
  await ground.store.mailboxes.updateOne({}, { $set: { sending } });
});

/** What a group does to each mail that its members get. */
const by = (group: string) => ({
  to: group,
  headers: { Precedence: 'list', 'List-Id': `<${group.replace('@', '.')}>`, 'List-Post': `<mailto:${group}>` },
});

test('whoever writes to our group is answered at once, and reopens what was resolved', async () => {
  await users.send(ana, { ...by('help@tea.example'), subject: 'Tea', text: 'Where is it?' });
  const [question] = await desk.messagesOnceThere(1);
  expect(question?.payload).toMatchObject({ mail: { mailClass: 'human' } });
  expect(question?.payload.automatic).toBeUndefined();
  const [received] = await users.inboxOf(ana, 1);
  expect(received?.text).toContain('We are back tomorrow.');
  const conversationId = question?.conversationId ?? '';
  await resolve(desk.parts.journal, { conversationId, clientId: 'resolved', actor: agent });
  const inReplyTo = received?.messageId ?? '';
  await users.send(ana, { ...by('help@tea.example'), subject: 'Re: Tea', text: 'Please!', inReplyTo });
  await expect
    .poll(async () => (await desk.parts.journal.state(conversationId))?.status, { timeout: 15_000 })
    .toBe('open');
});

test('a list of others gets no answer at once, and reopens nothing', async () => {
  await users.send(ben, {
    ...by('talk@coffee.example'),
    subject: 'Beans',
    text: 'What do you all drink?',
    messageId: '<b@c>',
  });
  const [post] = await desk.messagesOnceThere(1);
  const conversationId = post?.conversationId ?? '';
  expect(post?.payload).toMatchObject({ automatic: true, mail: { mailClass: 'list' } });
  await resolve(desk.parts.journal, { conversationId, clientId: 'resolved', actor: agent });
  await users.send(ben, { ...by('talk@coffee.example'), subject: 'Re: Beans', text: 'Nobody?', inReplyTo: '<b@c>' });
  await users.send(ana, { ...by('help@tea.example'), subject: 'Tea', text: 'Where is it?' });
  await users.inboxOf(ana, 1); // by then the list would have been answered too
  expect(await desk.ledger(3)).toEqual(['received', 'received', 'received']);
  expect(await desk.parts.journal.state(conversationId)).toMatchObject({ status: 'resolved' });
  expect(await users.count(ben)).toBe(0);
});
