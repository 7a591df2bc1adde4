import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findMongod } from './find-mongod.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'helpline-find-'));
  vi.stubEnv('PATH', `${join(dir, 'bin')}:/usr/bin:/bin`);
  vi.stubEnv('XDG_CACHE_HOME', join(dir, 'cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

test('a server on PATH comes first', async () => {
  const installed = await placeMongod('bin', '8.0.17');
  await placeMongod('cache/helpline/mongod/6.0.5', '6.0.5');
  expect(await findMongod(() => {})).toBe(installed);
});

test('one that is too old is passed over aloud, for the one in the cache', async () => {
  await placeMongod('bin', '4.4.29');
  const cached = await placeMongod('cache/helpline/mongod/6.0.5', '6.0.5');
  const log = vi.fn();
  expect(await findMongod(log)).toBe(cached);
  expect(log).toHaveBeenCalledWith(expect.stringContaining('MongoDB 4.4.29'));
});

async function placeMongod(folder: string, version: string): Promise<string> {
  const path = join(dir, folder, 'mongod');
  await mkdir(join(dir, folder), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho "db version v${version}"\n`, { mode: 0o755 });
  return path;
}
