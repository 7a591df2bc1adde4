import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, stopProcess } from '../processes.js';
import { startEmbeddedMongo } from './embedded-mongo.js';
import { readRunFile } from './run-file.js';

const PREFIX = 'helpline-test-mongo-';

/** Vitest's global set-up: one server for the whole run. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HELPLINE_TEST_MONGODB_URI) return undefined;
  await sweepKilledRuns();
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  const server = await startEmbeddedMongo({ dataDir, testCommands: true, log: (line) => console.error(line) });
  process.env.HELPLINE_TEST_MONGODB_URI = server.uri;
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** A run that was killed could not stop its server. */
async function sweepKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const { pid, owner } = await readRunFile(join(tmpdir(), name));
    if (owner === undefined || isAlive(owner)) continue;
    if (pid !== undefined) await stopProcess(pid);
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
