import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';

export const OFFICIAL_VERSION = '8.0.17';
const SITE = 'https://fastdl.mongodb.org/';

/** Fetches the vendor's own build for this system, checked against the checksum the vendor publishes. */
export async function downloadOfficial(folder: string, log: (line: string) => void): Promise<string> {
  await checkReachable();
  await mkdir(dirname(folder), { recursive: true });
  const downloadDir = await mkdtemp(`${folder}-`);
  try {
    const options = await DryMongoBinary.generateOptions({ version: OFFICIAL_VERSION, downloadDir });
    const fetched = await new LoggedDownload({ ...options, checkMD5: true }, log).getMongodPath();
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'mongod');
    await rename(fetched, path);
    return path;
  } finally {
    await rm(downloadDir, { recursive: true, force: true });
  }
}

/** The library retries an unreachable site for half a minute; a first start should not wait for that. */
async function checkReachable(): Promise<void> {
  const behindProxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  if (behindProxy) return;
  await fetch(SITE, { method: 'HEAD', signal: AbortSignal.timeout(4000) }).catch(() => {
    throw new Error('The MongoDB download site cannot be reached.');
  });
}

/** Shows its progress through our log, because stdout may be promised to one line of JSON. */
class LoggedDownload extends MongoBinaryDownload {
  readonly #log: (line: string) => void;
  #shown = 0;

  constructor(options: ConstructorParameters<typeof MongoBinaryDownload>[0], log: (line: string) => void) {
    super(options);
    this.#log = log;
    // The library checks certificates only when npm's setting says so.
    process.env.npm_config_strict_ssl = 'true';
  }

  override printDownloadProgress(chunk: { length: number }): void {
    this.dlProgress.current += chunk.length;
    const tenth = Math.floor((10 * this.dlProgress.current) / this.dlProgress.length);
    if (!(tenth > this.#shown)) return;
    this.#shown = tenth;
    this.#log(`Fetching MongoDB ${OFFICIAL_VERSION}: ${tenth * 10} %`);
  }
}
