import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../../conversations/index.js';
import { split } from '../../conversations/split.js';
import { type Entry, Journal } from '../../journal/index.js';
import type { BlobStreams } from '../../platform/blob-streams.js';
import { Blobs } from '../../platform/blobs.js';
import { createLogger } from '../../platform/logger.js';
import { Files } from './files.js';
import { brandId, Ground, workspaceId } from './testing/email-desk.js';

const mia = { kind: 'agent', id: 'mia' } as const;
let ground: Ground;
let journal: Journal;
let blobs: Blobs;
let streams: BlobStreams;
let files: Files;
let pdf: string;
let photo: string;
let body: string;
let raw: string;
let entry: Entry;

beforeAll(async () => {
  ground = await Ground.lay('files');
  journal = new Journal(ground.db, createLogger('silent'));
  await journal.prepare();
  blobs = new Blobs(ground.db, ground.secrets);
  streams = blobs.streams;
  pdf = await put('order.pdf', 'application/pdf');
  photo = await put('photo.png', 'image/png');
  const html = `<p>Look</p><img alt="P" data-file="${photo}" /><img alt="Far" data-src="https://shop.example/far.png" />`;
  body = await put('mail.html', 'text/html', html);
  raw = await put('raw', 'message/rfc822', 'Subject: Kettle\r\n\r\nLook');
  const rawOf = async (entryId: string) => (entryId === entry._id ? raw : null);
  files = new Files({
    journal,
    blobs,
    streams,
    store: { rawOf },
    hmacKey: ground.hmacKey,
    publicUrl: 'http://desk.example',
  });
  entry = await write('with-files', pdf, body);
  await write('without', 'another', 'other');
});
afterAll(() => ground?.close());

const put = (filename: string, mimeType: string, content = filename) =>
  blobs.put(Buffer.from(content), { workspaceId, filename, mimeType, expiresAt: null });
const tokenOf = (url: string) => url.replace('http://desk.example/files/', '');
const open = (url: string) => files.open(tokenOf(url), 'en');

/** What is behind a link, read to its end. */
async function read(url: string) {
  const file = await open(url);
  if (!file) throw new Error('The link opens nothing.');
  const { content, ...rest } = file;
  return { ...rest, text: await text(content) };
}

test('a link opens the file, for download only', async () => {
  const { url, expiresAt } = await files.link(workspaceId, 'with-files', pdf);
  expect(url).toMatch(/^http:\/\/desk\.example\/files\/[\w.-]+$/);
  expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 10 * 60_000);
  expect(await read(url)).toEqual({
    filename: 'order.pdf',
    mimeType: 'application/pdf',
    size: 9,
    text: 'order.pdf',
    isPage: false,
  });
});

test('a mail is a page with its own pictures in place, and without those of other servers', async () => {
  const { url, remoteImages } = await files.page(workspaceId, 'with-files', entry.seq, false);
  expect(remoteImages).toBe(1);
  const page = await read(url);
  expect(page).toMatchObject({ isPage: true });
  const [, token = ''] = /<img alt="P" [^>]*src="([^"]+)"/.exec(page.text) ?? [];
  expect(await files.open(token, 'en')).toMatchObject({ filename: 'photo.png', isPage: false });
  expect(page.text).not.toContain(' src="remote/');
});

test('asked for, the pictures of other servers come through us', async () => {
  const { url } = await files.page(workspaceId, 'with-files', entry.seq, true);
  const page = (await read(url)).text;
  expect(page).toMatch(
    /<img alt="Far" [^>]*src="remote\/tea\.\d+\.[\w-]{43}\?url=https%3A%2F%2Fshop\.example%2Ffar\.png"/,
  );
});

test('the original is the mail as it came, named by its subject', async () => {
  const { url } = await files.original(workspaceId, 'with-files', entry.seq);
  expect(await read(url)).toEqual({
    filename: 'Kettle.eml',
    mimeType: 'message/rfc822',
    size: 23,
    text: 'Subject: Kettle\r\n\r\nLook',
    isPage: false,
  });
});

test('a message that was split off has the original of the mail that it is a copy of', async () => {
  await write('two-matters', 'first', 'page');
  const { entry: second } = await receive(journal, {
    ...{ conversationId: 'two-matters', clientId: 'test:2', author: { kind: 'contact', id: 'ana' } },
    message: { channel: 'email', text: 'And coffee?', mail: mailOf('Coffee') },
  });
  const { entry: told } = await split(journal, { conversationId: 'two-matters', of: second.seq, author: mia });
  const into = told.type === 'split_off' ? told.payload.into : '';
  const asked: string[] = [];
  const rawOf = async (entryId: string) => {
    asked.push(entryId);
    return raw;
  };
  const hmacKey = ground.hmacKey;
  await new Files({ journal, blobs, streams, store: { rawOf }, hmacKey, publicUrl: '' }).original(workspaceId, into, 1);
  expect(asked).toEqual([second._id]);
});

test('an original that is not kept any more is said to be gone', async () => {
  const later = new Files({
    journal,
    blobs,
    streams,
    store: { rawOf: async () => 'swept' },
    hmacKey: ground.hmacKey,
    publicUrl: '',
  });
  await expect(later.original(workspaceId, 'with-files', entry.seq)).rejects.toMatchObject({
    code: 'not_found',
    details: { detail: 'The original of this mail is not kept any more.' },
  });
});

test('what another conversation or workspace has gets no link', async () => {
  for (const [workspace, conversation] of [
    [workspaceId, 'without'],
    [workspaceId, 'missing'],
    ['coffee', 'with-files'],
  ] as const) {
    await expect(files.link(workspace, conversation, pdf)).rejects.toMatchObject({ code: 'not_found' });
    await expect(files.original(workspace, conversation, 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(files.page(workspace, conversation, 1, true)).rejects.toMatchObject({ code: 'not_found' });
  }
  for (const seq of [0, 2, 1_000])
    await expect(files.page(workspaceId, 'with-files', seq, false)).rejects.toMatchObject({ code: 'not_found' });
});

test('a token that was changed, or signed by others, opens nothing', async () => {
  const token = tokenOf((await files.link(workspaceId, 'with-files', pdf)).url);
  const later = token.replace(
    /\.(\d+)(\.[^.]+)$/,
    (_, expires: string, rest: string) => `.${Number(expires) + 1}${rest}`,
  );
  const others = new Files({
    journal,
    blobs,
    streams,
    store: { rawOf: async () => raw },
    hmacKey: randomBytes(32),
    publicUrl: 'http://desk.example',
  });
  const foreign = tokenOf((await others.link(workspaceId, 'with-files', pdf)).url);
  const asPage = token.replace('file.', 'page.');
  for (const bad of ['', 'x', later, foreign, asPage, token.replace('with-files', 'without'), `${token}a`])
    expect(await files.open(bad, 'en')).toBeNull();
});

test('after a redaction every link is dead', async () => {
  const links = [
    await files.link(workspaceId, 'with-files', pdf),
    await files.page(workspaceId, 'with-files', entry.seq, true),
    await files.original(workspaceId, 'with-files', entry.seq),
  ];
  await journal.redact('with-files', 1, mia);
  for (const { url } of links) expect(await open(url)).toBeNull();
  await expect(files.original(workspaceId, 'with-files', 1)).rejects.toMatchObject({ code: 'not_found' });
});

function mailOf(subject: string) {
  const from = { address: 'ana@customers.example', name: 'Ana' };
  return {
    messageId: '',
    subject,
    from,
    to: [],
    cc: [],
    replyTo: null,
    date: null,
    mailClass: 'human',
    references: [],
  };
}

async function write(conversationId: string, fileId: string, htmlFileId: string): Promise<Entry> {
  const file = { filename: 'order.pdf', mimeType: 'application/pdf', size: 9, inline: false };
  const { entry: written } = await receive(journal, {
    conversationId,
    clientId: 'test:1',
    author: { kind: 'contact', id: 'ana' },
    message: {
      channel: 'email',
      text: 'Hello',
      attachments: [
        { ...file, fileId },
        { ...file, fileId: photo, filename: 'photo.png', inline: true },
      ],
      mail: { ...mailOf('Kettle'), htmlFileId },
    },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
  return written;
}
