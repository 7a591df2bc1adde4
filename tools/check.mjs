/** `pnpm check`: every rule that needs no test run, one line each. */
import { fileURLToPath } from 'node:url';
import { run } from './prepare.mjs';

const GATES = [
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['types', ['tsc', '-b']],
  ['imports', ['node', 'tools/check-imports.mjs']],
  ['nothing unused', ['knip']],
];

/** Runs all gates, tells each result, and gives back how many failed. */
export async function checkAll(say) {
  let failed = 0;
  for (const [name, command] of GATES) {
    const start = Date.now();
    const error = await run(command).then(
      () => undefined,
      (reason) => reason,
    );
    say(`${error ? 'FAILED' : 'ok    '} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    if (!error) continue;
    failed += 1;
    say(error.message);
  }
  return failed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await checkAll(console.log)) > 0 ? 1 : 0;
}
