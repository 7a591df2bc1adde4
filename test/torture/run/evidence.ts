import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster.js';
import type { RunResult } from './run-fault.js';

/** Keeps what helps to understand a failure: what was found, the history, the logs. Gives the folder. */
export async function keepEvidence(
  name: string,
  cluster: Cluster,
  { findings, history, final }: RunResult,
): Promise<string> {
  const dir = join(tmpdir(), 'helpline-torture-failures', `${name}-${Date.now()}`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'findings.json'), JSON.stringify(findings, null, 2));
  await writeFile(join(dir, 'final.json'), JSON.stringify(final));
  await history.writeTo(join(dir, 'history.jsonl'));
  const logs = (await readdir(cluster.dir)).filter((file) => file.endsWith('.log'));
  await Promise.all(logs.map((file) => cp(join(cluster.dir, file), join(dir, file))));
  return dir;
}
