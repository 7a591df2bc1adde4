import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plants } from './index.js';
import type { Plant } from './plant.js';

const loader = fileURLToPath(new URL('./load.js', import.meta.url));
const main = fileURLToPath(new URL('../main.js', import.meta.url));

/** What node needs to plant the bug that HELPLINE_PLANT names. */
export const plantingArgs: readonly string[] = ['--import', loader];

/** Throws if there is no such plant. */
export function plantNamed(name: string): Plant {
  const plant = plants.find((one) => one.name === name);
  if (!plant) throw new Error(`There is no plant ${name}; --list tells what there is.`);
  return plant;
}

/** What the command ends with: the bug was noticed, as any run ends that finds something; it was not; the harness itself broke. */
export const caughtCode = 1;
export const missedCode = 2;
export const brokenCode = 3;
/** How the process with the bug says that it was noticed: node never ends so by itself. */
export const noticedCode = 10;

export const isPlanted = (name: string): boolean => process.env.HELPLINE_PLANT === name;

/**
 * Runs the harness in a process that has the bug planted: in the clients it holds, and by its environment in the nodes.
 * Gives its exit code; what ends without one, or with one of node's own, has broken.
 */
export async function runPlanted(name: string, options: readonly string[]): Promise<number> {
  const args = [...plantingArgs, main, ...options];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, HELPLINE_PLANT: name } });
  const [code] = await once(child, 'exit');
  if (code === noticedCode) return caughtCode;
  return code === missedCode ? missedCode : brokenCode;
}
