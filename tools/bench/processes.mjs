/** Child processes of a bench: pinned to a core where the machine can, ended when the bench ends, however it ends. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailWorld } from '../../packages/server/dist/platform/mail-world/index.js';
import { startEmbeddedMongo } from '../../packages/server/dist/platform/mongo/index.js';

/** Where the servers under test run, and where everything else does: the load, MongoDB, Redis. */
export const serverCore = 0;
export const loadCore = 1;

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const running = new Set();
/** Processes that others started for us: databases, mail servers. */
const foreign = new Set();
const folders = new Set();
process.on('exit', () => {
  killAll();
  for (const pid of foreign) killIfAlive(pid);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** Ends every program at once: a bench that failed must not slow down the next one. */
export function killAll() {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts a Node program on a core. */
export const start = (core, args, env = {}) => startProgram(core, [process.execPath, ...args], env);

export function startProgram(core, command, env = {}) {
  const [program, ...args] = canPin ? ['taskset', '-c', String(core), ...command] : command;
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** The first line on standard output that `wanted` accepts. Rejects if the program ends before. */
export function lineOf(child, wanted) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      const line = text.split('\n').slice(0, -1).find(wanted);
      if (line !== undefined) resolve(line);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(
        new Error(`${child.spawnargs.join(' ')} ended with ${signal ?? code} before it said what was waited for.`),
      ),
    );
  });
}

export function stop(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}

/** Runs `use` on a fresh MongoDB in a folder of its own, as `npm start` has it; both are gone afterwards. */
export async function withMongo(say, use) {
  const dir = mkdtempSync(join(tmpdir(), 'helpline-bench-'));
  folders.add(dir);
  const mongo = await startEmbeddedMongo({ dataDir: dir, log: say });
  foreign.add(mongo.pid);
  pin(mongo.pid, loadCore);
  try {
    return await use({ uri: mongo.uri, pid: mongo.pid, dir });
  } finally {
    await mongo.stop();
    foreign.delete(mongo.pid);
    rmSync(dir, { recursive: true, force: true });
    folders.delete(dir);
  }
}

/** Runs `use` on a mail service with this one account; it is gone afterwards. */
export async function withMailWorld(account, say, use) {
  const dir = mkdtempSync(join(tmpdir(), 'helpline-bench-mail-'));
  folders.add(dir);
  const world = await startMailWorld({ dir, accounts: [account], log: say });
  for (const pid of world.pids) foreign.add(pid);
  try {
    return await use(world);
  } finally {
    await world.stop();
    for (const pid of world.pids) foreign.delete(pid);
    rmSync(dir, { recursive: true, force: true });
    folders.delete(dir);
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Seconds of processor time the process has used; NaN where there is no /proc. */
export function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Bytes of memory the process holds now, and the most it ever held. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const bytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) * 1024;
  return { now: bytes('VmRSS'), most: bytes('VmHWM') };
}

/** From now on `most` counts anew. */
export const forgetMost = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Moves a process that is not ours to start (the database) to a core. */
function pin(pid, core) {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
}

function killIfAlive(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it is gone already
  }
}
