import { expect, test } from 'vitest';
import { brandId, EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, type MailUsers, support } from '../testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

layBesidePeople('outage', (laid) => ({ users, ground, desk } = laid));

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
/** Of all messages; mails of different conversations may be taken in side by side, so in no order of arrival. */
const subjects = async () => (await desk.messages()).map(({ payload }) => payload.mail?.subject).toSorted();
const hour = 60 * 60_000;

test('Chatwoot #10429, #9234, FreeScout #4740, #4624: two days of mail are caught up, whatever lies among it', async () => {
  const { _id } = await desk.email.connect(workspaceId, users.settings(brandId));
  await desk.stop();
  const hours = Array.from({ length: 48 }, (_, n) => 48 - n);
  await users.withInbox(support, async (client) => {
    for (const ago of hours) {
      const id = ago === 30 ? '' : `Message-ID: <${ago}@a>\r\n`; // one has no Message-ID
      const raw = `From: ana-${ago}@customers.example\r\nSubject: ${ago} hours ago\r\n${id}\r\nHello`;
      const flags = ago % 2 ? ['\\Seen'] : []; // somebody read half of it elsewhere
      await client.append('INBOX', raw, flags, new Date(Date.now() - ago * hour));
    }
    await client.messageDelete('5,20:22'); // and threw some away
  });
  desk = await new EmailDesk(ground).start();
  await desk.messagesOnceThere(44);
  const gone = [44, 29, 28, 27];
  const there = hours.filter((ago) => !gone.includes(ago)).map((ago) => `${ago} hours ago`);
  expect(await subjects()).toEqual(there.toSorted());
  expect(await desk.email.ledger.compare(everything, _id)).toMatchObject([{ onServer: 44, taken: 44, missing: [] }]);
}, 60_000);

test('libredesk #142: what was taken in stays, and comes no second time, when it is moved, flagged or deleted', async () => {
  await desk.email.connect(workspaceId, users.settings(brandId));
  for (const subject of ['One', 'Two', 'Three']) await users.send(ana, { subject, text: 'Hello' });
  await desk.messagesOnceThere(3);
  await users.withInbox(support, async (client) => {
    await client.messageFlagsAdd('1', ['\\Flagged', '\\Answered']);
    await client.messageMove('2', 'Junk');
    await client.messageDelete('2');
    await client.mailboxOpen('Junk');
    await client.messageMove('1:*', 'INBOX');
  });
  // Moved there and back it has another number, and is known by what it is.
  expect((await desk.ledger(4)).toSorted()).toEqual(['ignored', 'received', 'received', 'received']);
  await users.send(ana, { subject: 'Four', text: 'Hello' });
  await desk.messagesOnceThere(4);
  expect(await subjects()).toEqual(['Four', 'One', 'Three', 'Two']);
});
