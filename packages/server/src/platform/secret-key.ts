import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The key kept in the data folder; made on the first start, readable for its owner only. */
export async function keyFromFile(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'secret.key');
  try {
    await writeFile(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
}
