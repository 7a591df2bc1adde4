import { expect, test } from 'vitest';
import { brandId, type EmailDesk, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers } from '../testing/mail-users.js';

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;

let users: MailUsers;
let desk: EmailDesk;

layBesidePeople('opening', async (laid) => {
  ({ users, desk } = laid);
});

test('what comes into an inbox that a team has is the team’s from then on', async () => {
  const mailbox = await desk.email.connect(workspaceId, users.settings(brandId));
  await users.send(ana, { subject: 'Before', text: 'Hello' });
  await desk.messagesOnceThere(1);
  await desk.parts.workspaces.setInboxTeam(everything, mailbox.inboxId, 'billing');
  await users.send(ben, { subject: 'After', text: 'Hello' });
  const [before, after] = await desk.messagesOnceThere(2);
  expect(before?.payload.opening?.teamId).toBeNull();
  expect(after?.payload.opening?.teamId).toBe('billing');
});

test('what a VIP begins by mail is one step more urgent', async () => {
  const { contacts } = desk.parts;
  await desk.email.connect(workspaceId, users.settings(brandId));
  await users.send(ana, { subject: 'Before', text: 'Hello' });
  const [before] = await desk.messagesOnceThere(1);
  await contacts.setVip(before?.payload.opening?.contactId ?? '', true);
  await users.send(ana, { subject: 'After', text: 'Hello' });
  const [, after] = await desk.messagesOnceThere(2);
  expect(before?.payload.opening?.priority).toBeUndefined();
  expect(after?.payload.opening).toMatchObject({ contactId: before?.payload.opening?.contactId, priority: 'high' });
});
