import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../../conversations/index.js';
import { Journal } from '../../journal/index.js';
import { Blobs } from '../../platform/blobs.js';
import { createLogger } from '../../platform/logger.js';
import { createFiles, type Files } from './files.js';
import { brandId, Ground, workspaceId } from './testing/email-desk.js';

let ground: Ground;
let journal: Journal;
let files: Files;
let pdf: string;
let body: string;

beforeAll(async () => {
  ground = await Ground.lay('files');
  journal = new Journal(ground.db, createLogger('silent'));
  await journal.prepare();
  const blobs = new Blobs(ground.db, ground.secrets);
  const put = (filename: string, mimeType: string) =>
    blobs.put(Buffer.from(filename), { workspaceId, filename, mimeType, expiresAt: null });
  pdf = await put('order.pdf', 'application/pdf');
  body = await put('mail.html', 'text/html');
  files = createFiles({ journal, blobs, hmacKey: ground.hmacKey, publicUrl: 'http://desk.example' });
  await write('with-files', pdf, body);
  await write('without', 'another', 'other');
});
afterAll(() => ground?.close());

const tokenOf = (url: string) => url.replace('http://desk.example/files/', '');

test('a link opens the file; only the body of a mail may be shown in the page', async () => {
  const { url, expiresAt } = await files.link(workspaceId, 'with-files', pdf);
  expect(url).toMatch(/^http:\/\/desk\.example\/files\/[\w.-]+$/);
  expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 10 * 60_000);
  expect(await files.open(tokenOf(url))).toMatchObject({
    filename: 'order.pdf',
    mimeType: 'application/pdf',
    content: Buffer.from('order.pdf'),
    inlineHtml: false,
  });
  const html = await files.link(workspaceId, 'with-files', body);
  expect(await files.open(tokenOf(html.url))).toMatchObject({ filename: 'mail.html', inlineHtml: true });
});

test('a file of another conversation or workspace has no link', async () => {
  for (const [workspace, conversation] of [
    [workspaceId, 'without'],
    [workspaceId, 'missing'],
    ['coffee', 'with-files'],
  ] as const)
    await expect(files.link(workspace, conversation, pdf)).rejects.toMatchObject({ code: 'not_found' });
});

test('a token that was changed, or signed by others, opens nothing', async () => {
  const token = tokenOf((await files.link(workspaceId, 'with-files', pdf)).url);
  const later = token.replace(/\.(\d+)\./, (_, expires: string) => `.${Number(expires) + 1}.`);
  const blobs = new Blobs(ground.db, ground.secrets);
  const others = createFiles({ journal, blobs, hmacKey: randomBytes(32), publicUrl: 'http://desk.example' });
  const foreign = tokenOf((await others.link(workspaceId, 'with-files', pdf)).url);
  for (const bad of ['', 'x', later, foreign, token.replace('with-files', 'without'), `${token}a`])
    expect(await files.open(bad)).toBeNull();
});

test('after a redaction the link is dead', async () => {
  const token = tokenOf((await files.link(workspaceId, 'with-files', pdf)).url);
  await journal.redact('with-files', 1, { kind: 'agent', id: 'mia' });
  expect(await files.open(token)).toBeNull();
});

async function write(conversationId: string, fileId: string, htmlFileId: string): Promise<void> {
  const address = { address: 'ana@customers.example', name: 'Ana' };
  const mail = { messageId: '', subject: '', from: address, to: [], cc: [], replyTo: null, date: null };
  await receive(journal, {
    conversationId,
    clientId: 'test:1',
    author: { kind: 'contact', id: 'ana' },
    message: {
      channel: 'email',
      text: 'Hello',
      attachments: [{ fileId, filename: 'order.pdf', mimeType: 'application/pdf', size: 9, inline: false }],
      mail: { ...mail, mailClass: 'human', references: [], htmlFileId },
    },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
}
