import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster.js';
import { keepLogs } from '../cluster/logs.js';
import type { RunResult } from './run-fault.js';

/** Keeps what helps to understand a failure: what was found, the history, the logs. Gives the folder. */
export async function keepEvidence(name: string, cluster: Cluster, result: RunResult): Promise<string> {
  const dir = await keepLogs(name, cluster.dir);
  const { findings, history, final } = result;
  await writeFile(join(dir, 'findings.json'), JSON.stringify(findings, null, 2));
  await writeFile(join(dir, 'final.json'), JSON.stringify(final));
  await history.writeTo(join(dir, 'history.jsonl'));
  return dir;
}
