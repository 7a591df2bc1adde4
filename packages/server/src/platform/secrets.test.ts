import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Blobs } from './blobs.js';
import { type OpenDatabase, openDatabase } from './database.js';
import { testDatabaseUri } from './mongo/test-mongo.js';
import { keyFromFile } from './secret-key.js';
import { Secrets } from './secrets.js';

const secrets = new Secrets(Buffer.alloc(32, 1));

describe('a sealed secret', () => {
  test('opens in its own place only', () => {
    const sealed = secrets.seal('tulips', 'mailbox-1');
    expect(secrets.open(sealed, 'mailbox-1').toString()).toBe('tulips');
    expect(() => secrets.open(sealed, 'mailbox-2')).toThrow();
    expect(() => new Secrets(Buffer.alloc(32, 2)).open(sealed, 'mailbox-1')).toThrow();
  });

  test('that was changed does not open', () => {
    const sealed = secrets.seal('tulips', 'mailbox-1');
    for (const part of ['nonce', 'tag', 'data'] as const) {
      const changed = Buffer.from(sealed[part]);
      changed[0] = (changed[0] ?? 0) ^ 1;
      expect(() => secrets.open({ ...sealed, [part]: changed }, 'mailbox-1')).toThrow();
    }
    expect(() => secrets.open({ ...sealed, tag: sealed.tag.subarray(0, 4) }, 'mailbox-1')).toThrow();
  });

  test('looks different each time', () => {
    expect(secrets.seal('tulips', 'here').data).not.toEqual(secrets.seal('tulips', 'here').data);
  });

  test('needs a key of the right length', () => {
    expect(() => new Secrets(Buffer.alloc(31))).toThrow('32 bytes');
  });
});

describe('the key in the data folder', () => {
  test('is made once, for its owner only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'helpline-key-'));
    const key = await keyFromFile(folder);
    expect(key.length).toBe(32);
    expect(await keyFromFile(folder)).toEqual(key);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
  });

  test('that was cut is refused, never replaced', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'helpline-key-'));
    await writeFile(join(folder, 'secret.key'), 'abcd');
    await expect(keyFromFile(folder).then((key) => new Secrets(key))).rejects.toThrow('32 bytes');
  });
});

describe('a blob', () => {
  let database: OpenDatabase;
  let blobs: Blobs;
  beforeAll(async () => {
    database = await openDatabase(testDatabaseUri('blobs'));
    blobs = new Blobs(database.db, secrets);
  });
  afterAll(() => database.close());

  const chunks = () => database.db.collection<{ files_id: string; n: number; data: Buffer }>('blobs.chunks');
  const small = () => database.db.collection('blobs.small');
  const info = { workspaceId: 'shop', filename: 'plan.txt', mimeType: 'text/plain', expiresAt: null };

  test('comes back as it was, and is not readable in the database', async () => {
    const content = Buffer.from('SECRET plan '.repeat(50_000));
    const id = await blobs.put(content, info);
    expect(await blobs.get(id)).toEqual({ info, content });
    const stored = await chunks().find().toArray();
    expect(stored.length).toBeGreaterThan(1);
    expect(stored.some(({ data }) => data.toString('latin1').includes('SECRET'))).toBe(false);
  });

  test('is one document if it is small, and no more readable', async () => {
    const content = Buffer.from('SECRET note');
    const before = await small().countDocuments();
    const id = await blobs.put(content, info);
    expect(await blobs.get(id)).toEqual({ info, content });
    expect(await blobs.info(id)).toEqual(info);
    expect(await small().countDocuments()).toBe(before + 1);
    expect(JSON.stringify(await small().findOne({ _id: id as never }))).not.toContain('SECRET');
  });

  test('may be empty', async () => {
    expect((await blobs.get(await blobs.put(Buffer.alloc(0), info)))?.content.length).toBe(0);
  });

  test('written again under its id is no second one', async () => {
    await blobs.put(Buffer.from('one'), info, 'b1');
    const before = await small().countDocuments();
    const [, ...others] = await Promise.all(['b1', 'b2', 'b3'].map((id) => blobs.put(Buffer.from('one'), info, id)));
    for (const id of ['b1', ...others]) expect((await blobs.get(id))?.content.toString()).toBe('one');
    expect(await small().countDocuments()).toBe(before + others.length);
  });

  test('written by several at once is whole, and there once', async () => {
    const before = await chunks().countDocuments();
    for (let round = 1; round <= 5; round++) {
      const content = Buffer.from(`round ${round} `.repeat(50_000)); // of several chunks
      await Promise.all([1, 2, 3].map(() => blobs.put(content, info, `round-${round}`)));
      expect((await blobs.get(`round-${round}`))?.content.equals(content)).toBe(true);
    }
    expect(await chunks().countDocuments()).toBe(before + 5 * 2);
  });

  test.each([
    ['small', 1],
    ['large', 100_000],
  ])('that is %s goes when its time is over, chunks and all', async (_, times) => {
    const old = Buffer.from('old '.repeat(times));
    const past = await blobs.put(old, { ...info, expiresAt: new Date(1_000) });
    const future = await blobs.put(Buffer.from('new '.repeat(times)), {
      ...info,
      expiresAt: new Date(Date.now() + 60_000),
    });
    const pieces = async () => (await chunks().countDocuments()) + (await small().countDocuments());
    const before = await pieces();
    expect(await blobs.sweep(new Date())).toBe(1);
    expect(await blobs.get(past)).toBeNull();
    expect(await blobs.get(future)).not.toBeNull();
    expect(await pieces()).toBe(before - Math.ceil(old.length / (255 * 1024)));
    await blobs.put(old, info, past);
    expect(await blobs.get(past)).not.toBeNull();
  });
});
