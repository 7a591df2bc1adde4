import { expect, test } from 'vitest';
import type { MessageEntry } from '../../journal/index.js';
import type { Mailbox } from './store.js';
import { agent, brandId, type EmailDesk, type Ground, workspaceId } from './testing/email-desk.js';
import { layBesidePeople } from './testing/for-each-test.js';
import { ana, type MailUsers, support } from './testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;
let mailbox: Mailbox;

layBesidePeople('drop-redacted', async (laid) => {
  ({ users, ground, desk } = laid);
  mailbox = await desk.email.connect(workspaceId, users.settings(brandId));
});

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
const boundary = 'b';
const secret = [
  `From: Ana <${ana}>`,
  `To: ${support}`,
  'Subject: My pin',
  'Message-ID: <pin@customers.example>',
  `Content-Type: multipart/mixed; boundary=${boundary}`,
  '',
  `--${boundary}`,
  'Content-Type: text/html',
  '',
  '<p>It is <b>4711</b></p>',
  `--${boundary}`,
  'Content-Type: application/pdf; name=pin.pdf',
  '',
  '4711',
  `--${boundary}--`,
].join('\r\n');

const lines = async () => (await desk.email.ledger.page(everything, mailbox._id, {})).items;
const rawOf = (lineId: string) => desk.email.ledger.rawFileId(everything, mailbox._id, lineId);
const open = (url: string) => desk.email.files.open(url.split('/files/')[1] ?? '', 'en');
const blobsLeft = async () =>
  (await ground.db.collection('blobs.small').countDocuments()) +
  (await ground.db.collection('blobs.files').countDocuments());

/** Every address under which the mail can be had. */
async function linksTo({ conversationId, seq, payload }: MessageEntry): Promise<string[]> {
  const { files } = desk.email;
  const links = [
    await files.page(workspaceId, conversationId, seq, true),
    await files.original(workspaceId, conversationId, seq),
    await files.link(workspaceId, conversationId, payload.attachments?.[0]?.fileId ?? ''),
  ];
  for (const { id } of await lines()) links.push(files.ofLedger(await rawOf(id)));
  return links.map(({ url }) => url);
}

test('of a redacted mail no door serves anything: no page, no file, no raw form, and no copy that came', async () => {
  await users.sendRaw(secret);
  await users.sendRaw(secret);
  await desk.ledger(2);
  const [message] = await desk.messagesOnceThere(1);
  if (!message) throw new Error('There is no message.');
  const links = await linksTo(message);
  expect(links).toHaveLength(5);
  for (const url of links) expect(await open(url)).not.toBeNull();

  const { conversationId, seq, payload } = message;
  await desk.parts.journal.redact(conversationId, seq, agent);
  for (const { id } of await lines()) await expect(rawOf(id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await lines()).toMatchObject([
    { subject: '', from: '' },
    { subject: '', from: '' },
  ]);
  const { files } = desk.email;
  const gone = { code: 'not_found' };
  await expect(files.page(workspaceId, conversationId, seq, true)).rejects.toMatchObject(gone);
  await expect(files.original(workspaceId, conversationId, seq)).rejects.toMatchObject(gone);
  const fileId = payload.attachments?.[0]?.fileId ?? '';
  await expect(files.link(workspaceId, conversationId, fileId)).rejects.toMatchObject(gone);
  await expect.poll(async () => (await Promise.all(links.map(open))).filter(Boolean)).toEqual([]);
  await expect.poll(blobsLeft).toBe(0);
});

test('a mail that was redacted and is fetched once more is as gone as before', async () => {
  await users.sendRaw(secret);
  const [message] = await desk.messagesOnceThere(1);
  await desk.parts.journal.redact(message?.conversationId ?? '', 1, agent);
  await users.sendRaw(secret);
  await desk.ledger(2);
  const [again] = await lines();
  expect(again).toMatchObject({ state: 'ignored', subject: '', from: '' });
  await expect(rawOf(again?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
});

test('other mails are left alone', async () => {
  await users.sendRaw(secret);
  await users.sendRaw(secret.replace('pin@', 'other@').replace('Subject: My pin', 'Subject: Tea'));
  await desk.ledger(2);
  const messages = await desk.messages();
  const about = (subject: string) => messages.find(({ payload }) => payload.mail?.subject === subject);
  const [pin, other] = [about('My pin'), about('Tea')];
  if (!pin || !other) throw new Error('There are not two messages.');
  const links = await linksTo(other);
  await desk.parts.journal.redact(pin.conversationId, pin.seq, agent);
  await expect.poll(blobsLeft).toBe(3);
  const opened = await Promise.all(links.map(open));
  expect(opened.filter(Boolean)).toHaveLength(4);
});
