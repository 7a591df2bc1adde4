import { cp, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Copies what everything of a cluster has said to where it stays. Gives the folder. */
export async function keepLogs(name: string, clusterDir: string): Promise<string> {
  const dir = join(tmpdir(), 'helpline-torture-failures', `${name}-${Date.now()}`);
  await mkdir(dir, { recursive: true });
  const logs = (await readdir(clusterDir)).filter((file) => file.endsWith('.log'));
  await Promise.all(logs.map((file) => cp(join(clusterDir, file), join(dir, file))));
  return dir;
}
