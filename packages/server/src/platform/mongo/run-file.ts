import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a later start must know: the port to keep, the server that may still run, and who started it. */
export interface RunFile {
  port?: number;
  pid?: number;
  owner?: number;
}

export async function readRunFile(dataDir: string): Promise<RunFile> {
  try {
    return JSON.parse(await readFile(pathIn(dataDir), 'utf8'));
  } catch {
    return {}; // a first start
  }
}

export async function writeRunFile(dataDir: string, content: RunFile): Promise<void> {
  const path = pathIn(dataDir);
  await writeFile(`${path}.new`, JSON.stringify(content));
  await rename(`${path}.new`, path);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Asks the process to end and waits until it is gone; after half a minute it is made to. */
export async function stopProcess(pid: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; isAlive(pid); signal = Date.now() < deadline ? 0 : 'SIGKILL') {
    try {
      process.kill(pid, signal);
    } catch {
      return; // gone between the question and the order
    }
    await sleep(50);
  }
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'mongod.json');
}
