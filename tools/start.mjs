/** `npm start`: from a bare checkout to a running Helpline. Everything after `--` is handed to the server. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildAll, findNode, installPackages, ROOT } from './prepare.mjs';

const args = process.argv.slice(2);
// With --json, stdout belongs to the one line the server prints.
const say = args.includes('--json') ? console.error : console.log;

try {
  await installPackages(say);
  const node = findNode();
  await buildAll(say);
  runServer(node);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function runServer(node) {
  const server = spawn(node, [join(ROOT, 'packages/server/dist/cli/start.js'), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
  server.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
