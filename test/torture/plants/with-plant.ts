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

export const isPlanted = (name: string): boolean => process.env.HELPLINE_PLANT === name;

/**
 * Runs the harness in a process that has the bug planted: in the clients it holds, and by its environment in the nodes.
 * Gives its exit code.
 */
export async function runPlanted(name: string, options: readonly string[]): Promise<number> {
  const args = [...plantingArgs, main, ...options];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, HELPLINE_PLANT: name } });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
