import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../checks/finding.js';
import { plants } from './index.js';
import type { Plant } from './plant.js';

const loader = fileURLToPath(new URL('./load.js', import.meta.url));

/** What node needs to plant the bug that HELPLINE_PLANT names. */
export const plantingArgs: readonly string[] = ['--import', loader];

/** Throws if there is no such plant. */
export function plantNamed(name: string): Plant {
  const plant = plants.find((one) => one.name === name);
  if (!plant) throw new Error(`There is no plant ${name}; --list tells what there is.`);
  return plant;
}

export const isPlanted = (name: string): boolean => process.env.HELPLINE_PLANT === name;

/** Runs this very command again with the bug planted, in the harness's clients and by its environment in the nodes. Gives the exit code. */
export async function runPlanted(name: string): Promise<number> {
  const args = [...plantingArgs, ...process.argv.slice(1)];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, HELPLINE_PLANT: name } });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

/** The checks that noticed, if they are those that had to. */
export function whoCaught({ caughtBy }: Plant, findings: readonly Finding[]): string[] {
  return caughtBy.filter((check) => findings.some((finding) => finding.check === check));
}
