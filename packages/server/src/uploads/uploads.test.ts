import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { note, reply } from '../conversations/index.js';
import { ana, append, ben, openJournal, say, silent } from '../journal/test-journal.js';
import type { BlobStreams } from '../platform/blob-streams.js';
import { Blobs } from '../platform/blobs.js';
import { newId } from '../platform/ids.js';
import { Secrets } from '../platform/secrets.js';
import { sign } from '../platform/signatures.js';
import { Uploads } from './uploads.js';

const hmacKey = randomBytes(32);
const mia = { workspaceId: 'shop', agentId: 'mia' };
const day = 24 * 60 * 60_000;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(100)]);

let ground: Awaited<ReturnType<typeof openJournal>>;
let blobs: BlobStreams;
let uploads: Uploads;

beforeAll(async () => {
  ground = await openJournal('uploads');
  const { db, journal } = ground;
  const secrets = new Secrets(randomBytes(32));
  blobs = new Blobs(db, secrets).streams;
  uploads = new Uploads({ db, blobs, journal, hmacKey, log: silent });
  await uploads.prepare();
});
afterAll(() => ground?.close());

const tokenOf = ({ url }: { url: string }) => url.replace('/uploads/', '');

async function upload(filename: string, content: Buffer, conversationId?: string, by = mia): Promise<string> {
  const begun = await uploads.begin(by, { conversationId, clientId: newId(), filename, size: content.length });
  await uploads.receive(tokenOf(begun), Readable.from([content]));
  return begun.fileId;
}

/** A conversation with a message of Ana's. */
async function conversation(): Promise<string> {
  const id = newId();
  await append(ground.journal, id, say(ana, 'Hello'));
  return id;
}

const naming = (conversationId: string, fileId: string, more: object = {}) => ({
  ...mia,
  conversationId,
  clientId: `agent:mia:${newId()}`,
  text: '',
  attachments: [{ fileId }],
  ...more,
});

test('a file of many pieces comes out as it went in, and lies encrypted', async () => {
  const id = await conversation();
  const pieces = Array.from({ length: 40 }, () => randomBytes(100_000));
  const size = 4_000_000;
  const begun = await uploads.begin(mia, { conversationId: id, clientId: 'a', filename: '../Käse.bin', size });
  const file = await uploads.receive(tokenOf(begun), Readable.from(pieces));
  expect(file).toEqual({ fileId: begun.fileId, filename: 'Käse.bin', mimeType: 'application/octet-stream', size });
  const opened = await blobs.open(begun.fileId);
  expect((await buffer(opened?.content ?? Readable.from([]))).equals(Buffer.concat(pieces))).toBe(true);
  const stored = await ground.db.collection<{ data: { buffer: Buffer } }>('blobs.chunks').find().toArray();
  const lying = Buffer.concat(stored.map(({ data }) => data.buffer));
  expect(lying.includes((pieces[0] ?? Buffer.of(0)).subarray(0, 64))).toBe(false);
});

test('begun and sent again it is the same file; another one under the same id is refused', async () => {
  const asked = { conversationId: await conversation(), clientId: 'again', filename: 'a.txt', size: 5 };
  const first = await uploads.begin(mia, asked);
  await uploads.receive(tokenOf(first), Readable.from([Buffer.from('hello')]));
  const second = await uploads.begin(mia, asked);
  expect(second.fileId).toBe(first.fileId);
  expect(await uploads.receive(tokenOf(second), Readable.from([Buffer.from('HELLO')]))).toMatchObject({ size: 5 });
  expect(String(await buffer((await blobs.open(first.fileId))?.content ?? Readable.from([])))).toBe('hello');
  await expect(uploads.begin(mia, { ...asked, size: 6 })).rejects.toMatchObject({ code: 'conflict' });
});

test('what breaks off, or is longer than was said, leaves nothing and can be sent again', async () => {
  const asked = { conversationId: await conversation(), clientId: 'broken', filename: 'a.bin', size: 1_000_000 };
  const begun = await uploads.begin(mia, asked);
  const chunks = () => ground.db.collection('blobs.chunks').countDocuments();
  const before = await chunks();
  const short = Readable.from([randomBytes(600_000)]);
  await expect(uploads.receive(tokenOf(begun), short)).rejects.toMatchObject({ code: 'bad_request' });
  const long = Readable.from([randomBytes(600_000), randomBytes(600_000)]);
  await expect(uploads.receive(tokenOf(begun), long)).rejects.toMatchObject({ code: 'too_large' });
  const gone = new Readable({ read() {} });
  gone.push(randomBytes(500_000));
  setImmediate(() => gone.destroy(new Error('aborted')));
  await expect(uploads.receive(tokenOf(begun), gone)).rejects.toMatchObject({ code: 'bad_request' });
  expect(await chunks()).toBe(before);
  const whole = Readable.from([randomBytes(1_000_000)]);
  expect(await uploads.receive(tokenOf(begun), whole)).toMatchObject({ size: 1_000_000 });
});

test('no other token opens the door, and none for ever', async () => {
  const asked = { conversationId: await conversation(), clientId: 'token', filename: 'a.bin', size: 1 };
  const token = tokenOf(await uploads.begin(mia, asked));
  const [id, expires, signature] = token.split('.');
  for (const wrong of ['', id, `${id}.${Number(expires) + 1}.${signature}`, `x${token}`, `${token}x`])
    await expect(uploads.receive(wrong ?? '', Readable.from([]))).rejects.toMatchObject({ code: 'not_found' });
  const past = `${id}.${Date.now() - 1}`;
  const late = uploads.receive(`${past}.${sign(hmacKey, 'upload', past)}`, Readable.from([]));
  await expect(late).rejects.toMatchObject({ code: 'not_found' });
});

test('a file is for its own conversation, or for what its uploader begins himself', async () => {
  const [here, there] = [await conversation(), await conversation()];
  const file = await upload('a.png', png, here);
  const own = await upload('b.png', png);
  const refusal = (pointer: string) => ({
    code: 'bad_request',
    details: { errors: [{ pointer, detail: expect.any(String) }] },
  });
  const isRefused = (asked: ReturnType<typeof naming>, pointer = '/attachments/0/fileId') =>
    expect(uploads.attach(asked)).rejects.toMatchObject(refusal(pointer));
  await isRefused(naming(there, file));
  await isRefused(naming(here, file, { workspaceId: 'elsewhere' }));
  await isRefused(naming(there, own, { agentId: 'ben' }));
  await isRefused(naming(here, 'guess'));
  await isRefused({ ...naming(here, file), attachments: [] }, '/text');
  const page = await upload('a.html', Buffer.from('<script>alert(1)</script>'), here);
  await isRefused(
    { ...naming(here, page), attachments: [{ fileId: page, inline: true }] } as never,
    '/attachments/0/inline',
  );
  const begun = await uploads.begin(mia, { conversationId: here, clientId: newId(), filename: 'c', size: 3 });
  await isRefused(naming(here, begun.fileId));
  expect(await uploads.attach(naming(here, file, { agentId: 'ben' }))).toEqual({
    attachments: [{ fileId: file, filename: 'a.png', mimeType: 'image/png', size: png.length, inline: false }],
  });
  await uploads.attach(naming(there, own));
  await isRefused(naming(here, own));
});

test('what nothing names goes after a day; what an entry names stays, even if its node fell silent before it was told', async () => {
  const id = await conversation();
  const [unused, used, refused] = await Promise.all(['a', 'b', 'c'].map((name) => upload(name, png, id)));
  const asked = naming(id, used ?? '');
  const { attachments = [] } = await uploads.attach(asked);
  await note(ground.journal, { ...asked, author: ben, attachments });
  await uploads.attach(naming(id, refused ?? '')); // and then its entry was never written
  await uploads.sweep(new Date(Date.now() + day / 2));
  for (const file of [unused, used, refused]) expect(await blobs.open(file ?? '')).not.toBeNull();
  await uploads.sweep(new Date(Date.now() + day + 60_000));
  await uploads.sweep(new Date(Date.now() + 30 * day));
  expect(
    await Promise.all([unused, used, refused].map(async (file) => (await blobs.open(file ?? '')) !== null)),
  ).toEqual([false, true, false]);
  await expect(uploads.attach(naming(id, unused ?? ''))).rejects.toMatchObject({ code: 'bad_request' });
});

test('what a process that was killed has left of a file goes with it', async () => {
  const id = await conversation();
  const { fileId } = await uploads.begin(mia, { conversationId: id, clientId: newId(), filename: 'a.bin', size: 9 });
  const chunks = ground.db.collection<{ files_id: string }>('blobs.chunks');
  await chunks.insertOne({ files_id: `${fileId}:${newId()}` });
  await uploads.sweep(new Date(Date.now() + day + 60_000));
  expect(await chunks.countDocuments({ files_id: { $regex: `^${fileId}` } })).toBe(0);
});

test('an answer that is sent again with the same files is one answer; with others it is refused', async () => {
  const id = await conversation();
  const [one, two] = [await upload('a', png, id), await upload('b', png, id)];
  const send = async (fileId: string) => {
    const asked = { ...naming(id, fileId), clientId: 'agent:mia:same' };
    const { attachments = [] } = await uploads.attach(asked);
    return reply(ground.journal, { ...asked, author: ben, expectedSeq: 9, attachments });
  };
  const first = await send(one);
  expect((await send(one)).entry.seq).toBe(first.entry.seq);
  await expect(send(two)).rejects.toMatchObject({ code: 'conflict' });
});
