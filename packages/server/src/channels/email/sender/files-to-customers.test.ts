import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '../../../platform/ids.js';
import { answerWithFiles } from '../testing/answer-with-files.js';
import { agent, brandId, type EmailDesk, workspaceId } from '../testing/email-desk.js';
import { layBesidePeople } from '../testing/for-each-test.js';
import { ana, ben, type MailUsers } from '../testing/mail-users.js';
import { forward } from './forward.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let users: MailUsers;
let desk: EmailDesk;

layBesidePeople('files-to-customers', async (laid) => {
  ({ users, desk } = laid);
  await desk.email.connect(workspaceId, users.settings(brandId));
});

async function anaWrites(): Promise<string> {
  await users.send(ana, { subject: 'The offer', text: 'Can you send it?' });
  const [question] = await desk.messagesOnceThere(1);
  return question?.conversationId ?? '';
}

test("files of an answer are in Ana's mailbox byte for byte, under their names", async () => {
  const large = randomBytes(1_000_000);
  const list = Buffer.from('name;price\nOolong;4\r\nPu-Erh;7\n\n.\n');
  await answerWithFiles(desk, await anaWrites(), 'Here it is.', [
    { name: 'Preisliste für Ana – 价格.csv', content: list },
    { name: '../../all.bin', content: large },
    { name: 'page.html', content: Buffer.from('<script>alert(1)</script>') },
  ]);
  const [mail] = await users.inboxOf(ana, 1);
  expect(mail?.text).toContain('Here it is.');
  const got = mail?.attachments.map(({ filename, content }) => ({ filename, content: Buffer.from(content) }));
  expect(got?.map(({ filename }) => filename)).toEqual(['Preisliste für Ana – 价格.csv', 'all.bin', 'page.html']);
  expect(got?.[0]?.content.equals(list)).toBe(true);
  expect(got?.[1]?.content.equals(large)).toBe(true);
  expect(got?.[2]?.content.toString()).toBe('<script>alert(1)</script>');
});

test('a pasted picture stands in the text, and the others beside it', async () => {
  await answerWithFiles(desk, await anaWrites(), 'Look:\n\nhttps://tea.example/a?b=1&c=2.', [
    { name: 'image.png', content: png, inline: true },
    { name: 'other.png', content: png },
  ]);
  const [mail] = await users.inboxOf(ana, 1);
  const shown = /<img[^>]* src="cid:([^"]+)"/.exec(mail?.html ?? '')?.[1];
  const inline = mail?.attachments.find(({ contentId }) => contentId === shown);
  expect(shown && Buffer.from(inline?.content ?? []).equals(png)).toBe(true);
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual(expect.arrayContaining(['image.png', 'other.png']));
  expect(mail?.html?.match(/<img/g)).toHaveLength(1);
  expect(mail?.html).toContain('href="https://tea.example/a?b=1&amp;c=2"');
});

test('an answer may be nothing but a file', async () => {
  await answerWithFiles(desk, await anaWrites(), '', [{ name: 'offer.txt', content: Buffer.from('Oolong, 4') }]);
  const [mail] = await users.inboxOf(ana, 1);
  expect(mail?.attachments.map(({ content }) => String(Buffer.from(content)))).toEqual(['Oolong, 4']);
});

test('who forwards adds a file of his own to those of the message', async () => {
  await users.send(ana, {
    subject: 'Broken',
    text: 'Look',
    attachments: [{ filename: 'cup.txt', content: 'a crack' }],
  });
  const [question] = await desk.messagesOnceThere(1);
  const conversationId = question?.conversationId ?? '';
  const [own] = (
    await answerWithFiles(desk, conversationId, 'Sorry!', [{ name: 'own.txt', content: Buffer.from('own') }])
  ).attachments;
  const people = { to: [{ address: ben, name: 'Ben' }], cc: [], bcc: [] };
  await forward(
    { store: desk.ground.store, journal: desk.parts.journal, contacts: desk.parts.contacts },
    {
      conversationId,
      clientId: `agent:${agent.id}:${newId()}`,
      author: agent,
      of: 1,
      text: 'For you',
      envelope: people,
      attachments: own ? [own] : [],
    },
  );
  const [mail] = await users.inboxOf(ben, 1);
  expect(mail?.attachments.map(({ content }) => String(Buffer.from(content)))).toEqual(['own', 'a crack']);
});
