/** What `npm start` and `npm test` share: packages, build and the Node to run on. Runs on any Node from 18 on. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');
const STAMPS = join(ROOT, 'node_modules', '.cache', 'helpline');
const PNPM = ['npx', '--yes', 'pnpm@12.21.0'];
const MADE = new Set(['node_modules', 'dist', 'bundle', 'tsconfig.tsbuildinfo']);

/** Installs exactly what the lockfile says, unless it is there already. */
export async function installPackages(say) {
  const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...workspaceFiles('package.json')];
  await onceFor('installed', inputs, [BIN], () =>
    step('Installing packages', say, () => run([...PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'])),
  );
}

/** Compiles and bundles everything, unless no source changed since the last time. */
export async function buildAll(say) {
  const sources = ['tsconfig.json', 'tsconfig.base.json', 'pnpm-lock.yaml', ...filesBelow('packages')];
  await onceFor('built', sources, [join(ROOT, 'packages/server/dist')], () =>
    step('Building', say, () => run([...PNPM, 'build'])),
  );
}

/** Node 24 comes with our packages; where there is no build for this system, a recent one of its own will do. */
export function findNode() {
  const ours = join(BIN, 'node');
  if (existsSync(ours)) return ours;
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  throw new Error(
    `Helpline brings no Node.js for ${process.platform}-${process.arch} and this one is ${process.version}: ` +
      'please install Node.js 24 and start again.',
  );
}

/** Runs a command in the project; what it prints is shown only when it fails, or live on request. */
export function run(command, { live = false, cwd = ROOT, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), {
      cwd,
      env: { ...process.env, PATH: `${BIN}:${process.env.PATH}`, ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${output}${command.join(' ')} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

/** Tells what is going on as soon as it takes longer than a second, and then how long it took. */
export async function step(name, say, work) {
  const start = Date.now();
  let told = false;
  const timer = setTimeout(() => {
    told = true;
    say(`${name}…`);
  }, 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (told) say(`${name} took ${Math.round((Date.now() - start) / 1000)} s`);
  }
}

/** Skips the work when it was done before for the very same inputs and what it made is still there. */
async function onceFor(name, inputs, results, work) {
  const stamp = join(STAMPS, name);
  const print = fingerprint(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print && results.every((path) => existsSync(path))) return;
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, print);
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

function workspaceFiles(name) {
  return ['packages', 'examples']
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((one) => `${folder}/${one}/${name}`))
    .filter((path) => existsSync(join(ROOT, path)));
}

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder))
    .filter((name) => !MADE.has(name))
    .sort()
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      return statSync(join(ROOT, path)).isDirectory() ? filesBelow(path) : [path];
    });
}
