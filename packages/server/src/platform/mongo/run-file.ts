import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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

function pathIn(dataDir: string): string {
  return join(dataDir, 'mongod.json');
}
