import { connect } from 'node:net';
import type { VisitorClient } from '@helpline/sdk';
import { type AgentClient, HelplineError } from '@helpline/sdk/agent';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Journal } from '../journal/index.js';
import { createLogger } from '../platform/logger.js';
import { askByHttp } from '../testing/ask.js';
import { type House, openHouse } from '../testing/house.js';

let house: House;
let ana: AgentClient;

beforeAll(async () => {
  house = await openHouse('uploads-by-http');
  ana = await house.signIn('ana');
});
afterAll(() => house?.close());

async function talking(): Promise<{ visitor: VisitorClient; id: string }> {
  const visitor = await house.visitor();
  visitor.send('Where are my tulips?');
  await expect.poll(() => visitor.conversationId).not.toBeNull();
  return { visitor, id: visitor.conversationId ?? '' };
}

const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer> = 'hello') => new File([content], name);
const anotherJournal = () => new Journal(house.db, createLogger('silent'));
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HelplineError)) throw new Error(`It was not refused, but: ${error}`);
  return error.problem;
};

test('a file goes ahead of the answer that names it, and is there for the team and the visitor', async () => {
  const { visitor, id } = await talking();
  const progress: number[] = [];
  const file = await ana.uploadFile(fileOf('../Liste für Mia.csv', 'a;b'), {
    conversationId: id,
    onProgress: (sent) => progress.push(sent),
  });
  expect(file).toMatchObject({ filename: 'Liste für Mia.csv', mimeType: 'text/csv', size: 3 });
  expect(progress.at(-1)).toBe(3);
  const open = await ana.open(id);
  open.reply('', {}, [{ ...file, inline: false }]);
  await expect.poll(() => visitor.entries.length).toBe(2);
  expect(visitor.entries[1]).toMatchObject({ text: '', attachments: [{ filename: 'Liste für Mia.csv', size: 3 }] });
  expect(JSON.stringify(visitor.entries)).not.toContain(file.fileId);
  for (const url of [await visitor.fileLink(2, 0), house.url + (await open.fileLink(file.fileId)).url]) {
    const response = await fetch(url);
    expect(await response.text()).toBe('a;b');
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Liste%20f%C3%BCr%20Mia.csv");
  }
});

test('a page is a download, in which nothing runs', async () => {
  const { visitor, id } = await talking();
  const file = await ana.uploadFile(fileOf('page.html', '<script>alert(1)</script>'), { conversationId: id });
  (await ana.open(id)).reply('Look', {}, [{ ...file, inline: false }]);
  await expect.poll(() => visitor.entries.length).toBe(2);
  const { headers } = await fetch(await visitor.fileLink(2, 0));
  expect(headers.get('content-disposition')).toMatch(/^attachment;/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain('sandbox');
});

test('a visitor gets links to what he was sent, and to nothing else', async () => {
  const { visitor, id } = await talking();
  const open = await ana.open(id);
  const secret = await ana.uploadFile(fileOf('between-us.txt'), { conversationId: id });
  open.note('Between us', [{ ...secret, inline: false }]);
  await expect.poll(() => open.entries.some(({ type }) => type === 'note')).toBe(true);
  const shown = await ana.uploadFile(fileOf('for-you.txt'), { conversationId: id });
  open.reply('Here', {}, [{ ...shown, inline: false }]);
  await expect.poll(() => visitor.entries.length).toBe(2);
  expect(await visitor.fileLink(2, 0)).toContain('/files/');
  expect(await (await fetch(house.url + (await open.fileLink(secret.fileId)).url)).text()).toBe('hello');
  for (const [n, index] of [
    [1, 0],
    [2, 1],
    [3, 0],
    [0, 0],
  ] as const)
    expect(await refusal(visitor.fileLink(n, index))).toMatchObject({ code: 'not_found' });
});

test('a removed answer takes its file along, links that were given before as well', async () => {
  const { visitor, id } = await talking();
  const open = await ana.open(id);
  const file = await ana.uploadFile(fileOf('wrong.pdf'), { conversationId: id });
  open.reply('Here', {}, [{ ...file, inline: false }]);
  await expect.poll(() => visitor.entries.length).toBe(2);
  const link = await visitor.fileLink(2, 0);
  const answer = open.entries.find(({ clientId }) => clientId !== undefined);
  await anotherJournal().redact(id, answer?.seq ?? 0, { kind: 'system', id: 'desk' });
  expect((await fetch(link)).status).toBe(404);
  const lies = () => house.db.collection<{ _id: string }>('blobs.names').countDocuments({ _id: file.fileId });
  await expect.poll(lies).toBe(0);
});

test('nobody uses a file of another conversation, brand or company', async () => {
  const { id: conversationId } = await talking();
  const { id: other } = await talking();
  const file = await ana.uploadFile(fileOf('offer.pdf'), { conversationId });
  for (const [name, id] of [
    ['ana', other],
    ['olga', conversationId],
    ['chiara', conversationId],
  ] as const) {
    const cookie = await house.cookieOf(name);
    const write = { clientId: crypto.randomUUID(), text: 'Look', attachments: [{ fileId: file.fileId }] };
    const answer = await askByHttp(house.url, 'conversation.note', { conversationId: id, ...write }, { cookie });
    expect({ name, ...answer }).toMatchObject(
      name === 'ana'
        ? { status: 400, body: { code: 'bad_request', errors: [{ pointer: '/attachments/0/fileId' }] } }
        : { status: 404 },
    );
    const begun = await askByHttp(
      house.url,
      'file.begin',
      { conversationId: id, clientId: 'x', filename: 'x', size: 1 },
      { cookie },
    );
    expect({ name, status: begun.status }).toEqual({ name, status: name === 'ana' ? 200 : 404 });
  }
});

test('what is too large is refused before it is sent, naming the field', async () => {
  const { id: conversationId } = await talking();
  const huge = Object.defineProperty(fileOf('huge.bin'), 'size', { value: 10 ** 9 });
  expect(await refusal(ana.uploadFile(huge, { conversationId }))).toMatchObject({
    code: 'bad_request',
    errors: [{ pointer: '/size' }],
  });
});

test('a sender who lies about the size gets nothing in, and the house goes on', async () => {
  const { id: conversationId } = await talking();
  const cookie = await house.cookieOf('ana');
  const put = async (clientId: string, head: string, body: string) => {
    const asked = { conversationId, clientId, filename: 'a.bin', size: 10 };
    const { body: begun } = await askByHttp(house.url, 'file.begin', asked, { cookie });
    return talk(`PUT ${(begun as { url: string }).url} HTTP/1.1\r\nhost: desk\r\n${head}\r\n\r\n${body}`);
  };
  expect(await put('more', 'content-length: 40', 'x'.repeat(40))).toMatch(/^HTTP\/1.1 413 /);
  expect(await put('endless', 'transfer-encoding: chunked', `fff\r\n${'x'.repeat(0xfff)}\r\n`)).toMatch(
    /^HTTP\/1.1 413 /,
  );
  expect(await put('less', 'content-length: 4', 'xxxx')).toMatch(/^HTTP\/1.1 400 /);
  expect(await put('right', 'content-length: 10', 'x'.repeat(10))).toMatch(/^HTTP\/1.1 200 /);
  const response = await fetch(`${house.url}/uploads/guess`, { method: 'PUT', body: 'x' });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
});

test('what is broken off can be sent again', async () => {
  const { id: conversationId } = await talking();
  const stop = new AbortController();
  const clientId = crypto.randomUUID();
  const large = fileOf('large.bin', new Uint8Array(8_000_000));
  stop.abort(new Error('Mia thought better of it'));
  const broken = ana.uploadFile(large, { conversationId, clientId, signal: stop.signal });
  await expect(broken).rejects.toThrow('Mia thought better of it');
  expect(await ana.uploadFile(large, { conversationId, clientId })).toMatchObject({ size: 8_000_000 });
});

test('the description of the API says how files are sent', async () => {
  const { paths } = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  expect(paths['/files']).toHaveProperty('post');
  expect(paths['/uploads/{token}']).toMatchObject({
    servers: [{ url: '/' }],
    put: { requestBody: { content: { 'application/octet-stream': {} } }, responses: { 200: {} } },
  });
});

/** Says something to the server as nobody well-behaved would, and gives what it answers until it hangs up. */
function talk(words: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1', () => socket.write(words));
    socket.setEncoding('utf8').on('data', (text) => {
      heard += text;
      if (heard.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', () => {});
  });
}
