import { afterEach, expect, it } from 'vitest';
import { createMailReader, type MailReader } from './read-in-worker.js';
import { anaToBen, html, mixed, part, rawMail } from './sample-mail.js';

// Node runs compiled files only, so the worker is the built one.
const workerUrl = new URL('../../../../dist/channels/email/read/worker.js', import.meta.url);
let reader: MailReader | null = null;

afterEach(async () => {
  await reader?.close();
});

it('reads mails one after the other, with their attachments', async () => {
  reader = createMailReader({ workerUrl });
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
  reader = createMailReader({ workerUrl });
  const parts = Array.from({ length: 2000 }, () => part([], 'x')).flat();
  expect(await reader.read(rawMail([...anaToBen, mixed], ...parts))).toMatchObject({
    ok: false,
    code: 'too_many_parts',
  });
  expect(await reader.read(Buffer.alloc(31 * 1024 * 1024))).toMatchObject({ ok: false, code: 'too_large' });
  expect(await reader.read(rawMail(anaToBen, 'Hello'))).toMatchObject({ ok: true });
});

it('gives up a mail that takes too long', async () => {
  reader = createMailReader({ workerUrl: new URL('data:text/javascript,while(true){}'), timeoutMs: 200 });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'timeout' });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'timeout' });
});

it('outlives a worker that dies', async () => {
  reader = createMailReader({ workerUrl: new URL('data:text/javascript,process.exit(3)') });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
});

it('reads nothing once closed', async () => {
  reader = createMailReader({ workerUrl });
  await reader.close();
  expect(await reader.read(rawMail(anaToBen))).toMatchObject({ ok: false, code: 'crashed' });
});
