import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { receive } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { readMail } from '../read/read-mail.js';
import { answerWithFiles } from '../testing/answer-with-files.js';
import { brandId, type EmailDesk, workspaceId } from '../testing/email-desk.js';
import { layBesideServer } from '../testing/for-each-test.js';
import type { RoughSmtp } from '../testing/rough-smtp.js';
import { largestBeyond } from './mail-files.js';

let desk: EmailDesk;
let smtp: RoughSmtp;

layBesideServer('mail-files', (laid) => ({ smtp, desk } = laid), { mailFileBytes: 1_000 });

const small = { name: 'small.txt', content: Buffer.from('small') };
const large = { name: 'große Datei.bin', content: randomBytes(1_500_000) };

async function anaWrites(): Promise<string> {
  const address = { address: 'ana@customers.example', name: 'Ana' };
  const mail = { messageId: '<1@ana>', subject: 'Tea', from: address, to: [], cc: [], replyTo: null, date: null };
  const { entry } = await receive(desk.parts.journal, {
    conversationId: newId(),
    clientId: `mail:${newId()}`,
    author: { kind: 'contact', id: 'ana' },
    message: { channel: 'email', text: 'Hello', mail: { ...mail, mailClass: 'human', references: [] } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
  return entry.conversationId;
}

test('what is too large for a mail goes as a link, with its name, its size, and how long it works', async () => {
  const conversationId = await anaWrites();
  const { attachments } = await answerWithFiles(desk, conversationId, 'Both:', [small, large]);
  await desk.outcomes(1);
  const mail = await readMail(Buffer.from(smtp.mails[0] ?? '', 'latin1'));
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['small.txt']);
  expect(mail.text).toMatch(/until \w+ \d+, 20\d\d:\s+große Datei\.bin \(1\.5 MB\)/);
  const [, token = ''] = /href="http:\/\/desk\.example\/files\/([^"]+)"/.exec(mail.html ?? '') ?? [];
  const said = smtp.mails[0]?.replaceAll('\r\n..', '\r\n.').replaceAll('=\r\n', '');
  expect(said).toContain(`\r\nhttp://desk.example/files/${token}\r\n`);
  const file = await desk.email.files.open(token, 'en');
  expect(file).toMatchObject({ filename: 'große Datei.bin', isPage: false });
  expect(file && (await buffer(file.content)).equals(large.content)).toBe(true);
  const over = desk.email.files.linkUntil(
    { conversationId, seq: 2 },
    attachments[1]?.fileId ?? '',
    new Date(Date.now() - 1),
  );
  expect(await desk.email.files.open(over.replace('http://desk.example/files/', ''), 'en')).toBeNull();
  await desk.parts.journal.redact(conversationId, 2, { kind: 'system', id: 'desk' });
  expect(await desk.email.files.open(token, 'en')).toBeNull();
});

test('tried again it is the very same mail', async () => {
  smtp.whims.push({ at: 'end', does: '451 4.3.0 Try again' });
  await answerWithFiles(desk, await anaWrites(), 'Both:', [small, large]);
  await desk.outcomes(1);
  expect(smtp.mails).toHaveLength(2);
  expect(smtp.mails[1]).toBe(smtp.mails[0]);
});

test('the largest go first, and as few as will do', () => {
  const by = { conversationId: 'c', seq: 1 };
  const file = { filename: '', mimeType: '', inline: false };
  const named = [3, 9, 1, 5].map((size) => ({ by, file: { ...file, fileId: `${size}`, size } }));
  const beyond = (bytes: number) => [...largestBeyond(named, bytes)].map(({ file: { size } }) => size);
  expect(beyond(18)).toEqual([]);
  expect(beyond(17)).toEqual([9]);
  expect(beyond(9)).toEqual([9]);
  expect(beyond(8)).toEqual([9, 5]);
  expect(beyond(0)).toEqual([9, 5, 3, 1]);
});
