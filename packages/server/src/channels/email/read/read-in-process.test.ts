import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { createMailReader, type MailReader } from './read-in-process.js';
import { anaToBen, html, mixed, part, rawMail } from './sample-mail.js';

// Node runs compiled files only, so the program is the built one.
const program = new URL('../../../../dist/channels/email/read/reader-process.js', import.meta.url);
let reader: MailReader | null = null;

async function programOf(code: string): Promise<URL> {
  const path = join(await mkdtemp(join(tmpdir(), 'helpline-reader-')), 'program.mjs');
  await writeFile(path, code);
  return pathToFileURL(path);
}

afterEach(async () => {
  await reader?.close();
});

it('reads mails one after the other, with their attachments', async () => {
  reader = createMailReader({ program });
  const file = rawMail([...anaToBen, mixed], ...part(['Content-Type: image/png'], 'png'), '--cut--');
  const outcomes = await Promise.all([
    reader.read(rawMail([...anaToBen, 'Subject: One'], 'Hello')),
    reader.read(rawMail([...anaToBen, 'Subject: Two', html], '<p>Hello</p>')),
    reader.read(file),
  ]);
  expect(outcomes).toMatchObject([
    { ok: true, mail: { subject: 'One', text: 'Hello' } },
    { ok: true, mail: { subject: 'Two', html: '<p>Hello</p>' } },
    { ok: true, mail: { attachments: [{ content: new Uint8Array(Buffer.from('png')) }] } },
  ]);
});

it('tells which limit a mail passed, and reads the next', async () => {
  reader = createMailReader({ program });
  const parts = Array.from({ length: 2000 }, () => part([], 'x')).flat();
  expect(await reader.read(rawMail([...anaToBen, mixed], ...parts))).toMatchObject({
    ok: false,
    code: 'too_many_parts',
  });
  expect(await reader.read(Buffer.alloc(31 * 1024 * 1024))).toMatchObject({ ok: false, code: 'too_large' });
  expect(await reader.read(rawMail(anaToBen, 'Hello'))).toMatchObject({ ok: true });
});

it('gives up a mail that takes too long', async () => {
  reader = createMailReader({ program: await programOf('while (true) {}'), timeoutMs: 200 });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'timeout' });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'timeout' });
});

it('outlives a reader that dies', async () => {
  reader = createMailReader({ program: await programOf('process.exit(3)') });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
});

it('reads the mails that went to the process together with one that ended it', async () => {
  const picky = `process.on('message', (raws) => {
    if (raws.some((raw) => Buffer.from(raw).includes('poison'))) process.exit(3);
    process.send(raws.map((raw) => ({ ok: true, mail: { subject: Buffer.from(raw).toString() } })));
  });`;
  reader = createMailReader({ program: await programOf(picky), processes: 1 });
  const texts = ['one', 'two', 'poison', 'four'];
  const outcomes = await Promise.all(texts.map((text) => reader?.read(Buffer.from(text))));
  expect(outcomes).toMatchObject([
    { ok: true, mail: { subject: 'one' } },
    { ok: true, mail: { subject: 'two' } },
    { ok: false, code: 'crashed' },
    { ok: true, mail: { subject: 'four' } },
  ]);
});

it('outlives a mail that takes all memory', async () => {
  const greedy = 'process.on("message", () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); });';
  reader = createMailReader({ program: await programOf(greedy), timeoutMs: 30_000 });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
});

it('reads nothing once closed', async () => {
  reader = createMailReader({ program });
  await reader.close();
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
});
