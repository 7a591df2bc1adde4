import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type House, root } from './house.js';

/** Calls `helpline …` on a house's database; gives the JSON that it printed, whatever its exit code. */
export async function helpline(house: House, uri: string, ...args: string[]): Promise<Record<string, unknown>> {
  const key = (await readFile(join(house.data, 'secret.key'), 'utf8')).trim();
  const env = {
    ...process.env,
    MONGODB_URI: uri,
    HELPLINE_SECRET_KEY: key,
    HELPLINE_PRIVATE_MAIL_SERVERS: 'true',
    HELPLINE_UNDO: '0',
  };
  const node = join(root, 'node_modules/.bin/node');
  const main = join(root, 'packages/server/dist/cli/main.js');
  return new Promise((resolve, reject) => {
    execFile(node, [main, ...args, '--json'], { env }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout));
      else reject(error ?? new Error(stderr));
    });
  });
}
