/** `pnpm fuzz mail [FOLDER]`: reads mails that were broken on purpose, and says what was wrong with which. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzMail } from './mail.mjs';

const usage = `pnpm fuzz mail [FOLDER] [--seconds 60] [--seed N] [--only N]
  FOLDER   mails to begin with (../shared/mail)
  --seed   the same seed gives the same mails; without it, another one each time
  --only   one mail of a seed, as a failure names it`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const [what, folder = fileURLToPath(new URL('../../../shared/mail', import.meta.url))] = positionals;
const numbers = [values.seconds, values.seed ?? '0', values.only ?? '0'].map(Number);
if (what !== 'mail' || !existsSync(folder) || numbers.some(Number.isNaN)) {
  console.error(usage);
  process.exit(2);
}
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const only = values.only === undefined ? null : Number(values.only);
console.log(`Seed ${seed}.`);
const tally = await fuzzMail({ folder, seconds: Number(values.seconds), seed, only, say: console.log });
console.log(
  `${tally.mails} mails read, ${tally.inBrowser} of them shown in Chromium, the slowest in ${Math.ceil(tally.slowestMs)} ms: ` +
    (tally.failures.length === 0 ? 'nothing wrong.' : `${tally.failures.length} WRONG.`),
);
process.exitCode = tally.failures.length === 0 ? 0 : 1;
