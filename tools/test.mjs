/** `npm test`: installs what the tests need, runs every check and every test, ends with `N passed, N failed`. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAll } from './check.mjs';
import { installSystemPackages } from './debian.mjs';
import { buildAll, installPackages, ROOT, run } from './prepare.mjs';

process.env.HELPLINE_CHROMIUM ??= '/usr/bin/chromium';

const results = mkdtempSync(join(tmpdir(), 'helpline-results-'));
const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed beside others and passed by itself. */
const unsteady = [];
/** More than these are not chance. */
const fewFiles = 5;
/** What failed, told once more at the end: the output of an hour may be cut to its last lines. */
const failures = [];
const say = console.log;
/** The planted bugs of every day: one of what is written, one of what is told, one of who gets it. The long form has all. */
const PLANTS = ['ack-before-write', 'internal-number', 'capacity-without-slot'];

await attempt('install', () => installPackages(say));
await attempt('system packages', () => installSystemPackages(say));
await attempt('build', () => buildAll(say));
heading('check');
const brokenRules = await checkAll(say);
if (brokenRules > 0) add('check', { passed: 0, failed: brokenRules, skipped: 0, failures: [] });
await runVitest('unit');
await runVitest('journeys');
for (const name of ['widget', 'console']) await runInBrowser(name);
await runTorture('torture', []);
await runTorture('torture of planted bugs', ['--plants', PLANTS.join(',')]);
await runExamples();

rmSync(results, { recursive: true, force: true });
for (const name of unsteady) console.log(`UNSTEADY ${name}`);
for (const failure of failures) console.log(`FAILED ${failure}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * Tests with real parts may be too slow beside others on a busy machine: the files in which some failed run once more, by
 * themselves. What failed in the first place is told at the end even if it passes then.
 */
async function runVitest(project) {
  heading(project);
  const first = await vitest(project, []);
  const broken = first.files.filter(isBroken);
  if (broken.length === 0 || broken.length > fewFiles) return add(project, totalsOf(first));
  heading(`${project}, what failed by itself`);
  const names = broken.map(({ name }) => name);
  const second = await vitest(project, names);
  if (second.files.length !== names.length) return add(project, totalsOf(first));
  const still = new Set(second.files.flatMap(({ failures }) => failures));
  for (const name of broken.flatMap(({ failures }) => failures))
    if (!still.has(name)) unsteady.push(`${project}: ${name}`);
  const files = [...first.files.filter((one) => !isBroken(one)), ...second.files];
  add(project, totalsOf({ files, unhandled: first.unhandled + second.unhandled }));
}

function isBroken({ failures }) {
  return failures.length > 0;
}

/** What vitest-totals.mjs tells; a run that ends badly without a failed test has something that nobody caught. */
async function vitest(project, files) {
  const file = join(results, `${project}-${files.length}.json`);
  const reporters = ['--reporter=default', `--reporter=${join(ROOT, 'tools/vitest-totals.mjs')}`];
  const command = ['vitest', 'run', '--project', project, ...reporters, ...files];
  const error = await errorOf(run(command, { live: true, env: { HELPLINE_TOTALS: file } }));
  const told = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { files: [], unhandled: 0 };
  if (!error || told.unhandled > 0 || told.files.some(isBroken)) return told;
  console.error(error.message);
  return { ...told, unhandled: 1 };
}

function totalsOf({ files, unhandled }) {
  const failures = files.flatMap((one) => one.failures);
  const sum = (what) => files.reduce((total, one) => total + one[what], 0);
  const outside = unhandled > 0 ? [`${unhandled} errors outside of the tests`] : [];
  return {
    passed: sum('passed'),
    failed: failures.length + unhandled,
    skipped: sum('skipped'),
    failures: [...failures, ...outside],
  };
}

/** Each fault, and each planted bug that must be noticed, counts as one test. */
async function runTorture(name, options) {
  const file = join(results, `${name}.json`);
  const command = ['node', join(ROOT, 'test/dist/torture/main.js'), ...options];
  await count(name, command, file, { env: { HELPLINE_TOTALS: file } });
}

async function runInBrowser(name) {
  const cwd = join(ROOT, 'packages', name);
  if (!existsSync(join(cwd, 'web-test-runner.config.mjs'))) return;
  const file = join(results, `${name}.json`);
  const command = [
    join(cwd, 'node_modules/.bin/web-test-runner'),
    '--config',
    join(ROOT, 'tools/web-test-runner.config.mjs'),
  ];
  await count(name, command, file, { cwd, env: { HELPLINE_TOTALS: file } });
}

/** Each example is one test: its own `check` script. */
async function runExamples() {
  const examples = join(ROOT, 'examples');
  for (const name of existsSync(examples) ? readdirSync(examples) : []) {
    const cwd = join(examples, name);
    const manifest = join(cwd, 'package.json');
    if (!existsSync(manifest) || !JSON.parse(readFileSync(manifest, 'utf8')).scripts?.check) continue;
    heading(`example ${name}`);
    if (await attempt(`example ${name}`, () => run(['npm', 'run', '--silent', 'check'], { live: true, cwd })))
      total.passed += 1;
  }
}

/** Runs one test runner and adds what it counted; one that fails without a failed test counts as one. */
async function count(name, command, file, options) {
  heading(name);
  const error = await errorOf(run(command, { live: true, ...options }));
  const totals = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  if (error && totals.failed === 0) {
    console.error(error.message);
    totals.failed = 1;
  }
  add(name, totals);
}

function errorOf(work) {
  return work.then(
    () => undefined,
    (reason) => reason,
  );
}

function add(name, counted) {
  for (const key of Object.keys(total)) total[key] += counted[key];
  for (const failure of counted.failures) failures.push(`${name}: ${failure}`);
  if (counted.failed > 0 && counted.failures.length === 0) failures.push(name);
}

/** Whether a step succeeded; a failed one is told and counts as one failure, and the rest goes on. */
async function attempt(name, work) {
  try {
    await work();
    return true;
  } catch (error) {
    console.error(`FAILED ${name}\n${error.message}`);
    add(name, { passed: 0, failed: 1, skipped: 0, failures: [] });
    return false;
  }
}

function heading(name) {
  console.log(`\n== ${name}`);
}
