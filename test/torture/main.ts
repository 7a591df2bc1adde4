import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Finding } from './checks/finding.js';
import { Cluster } from './cluster/cluster.js';
import type { Fault } from './faults/fault.js';
import { faults } from './faults/index.js';
import { nothing } from './faults/nothing.js';
import { plants } from './plants/index.js';
import { tortureAllPlants, torturePlanted } from './plants/torture-planted.js';
import { brokenCode, isPlanted, missedCode, noticedCode, plantNamed, runPlanted } from './plants/with-plant.js';
import { randomOf } from './random.js';
import { keepEvidence } from './run/evidence.js';
import { inPairs } from './run/pairs.js';
import { runFaults } from './run/run-fault.js';
import { type TestTotals, Totals } from './run/totals.js';
import { AnswerCrowd } from './workload/answer-crowd.js';
import type { CrowdRole } from './workload/crowd.js';
import { MailCrowd } from './workload/mail-crowd.js';

const usage = `pnpm torture [--only F12,F13+F24] [--seconds N] [--seed S] [--long] [--list]
  --only      only these faults, each by itself or with a + together
  --seconds   how long each fault lasts (otherwise each its own time)
  --seed      the same moments and choices again
  --long      everything for longer, each fault by itself, also what takes too long for every day
  --mails N   so many mails come while what breaks mail-in strikes again and again
  --answers N so many answers go by mail while what breaks mail-out does
  --plant     with this bug planted, under the faults that provoke it: who notices?
  --plants    the same for several, or for all: --plants all
  --list      what there is`;

/** What strikes mails on their way in, and answers on their way out. */
const breaksMailIn = ['F40', 'F42', 'F43', 'F44', 'F49', 'F01'];
const breaksMailOut = ['F45', 'F46', 'F47', 'F03'];

await main().catch((error: unknown) => {
  console.error(error);
  process.exit(brokenCode);
});

async function main(): Promise<void> {
  const options = readOptions();
  if (options.list) return list();
  if (options.plants !== undefined) return provePlants(options.plants);
  if (options.plant && !isPlanted(options.plant)) process.exit(await runPlanted(options.plant, process.argv.slice(2)));
  const began = performance.now();
  const say = (line: string): void => console.log(`${clock(began)} ${line}`);
  const totals = new Totals(say);
  const code = options.plant ? await planted(options.plant, options, say, totals) : await torture(options, say, totals);
  await tellTests(totals.tests);
  console.log(totals.lastLine);
  process.exit(code);
}

type Options = ReturnType<typeof readOptions>;
type Say = (line: string) => void;

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
      long: { type: 'boolean', default: false },
      mails: { type: 'string' },
      answers: { type: 'string' },
      plant: { type: 'string' },
      plants: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  return values;
}

function list(): void {
  for (const { id, title, long } of faults) console.log(`${id}  ${title}${long ? ' (long form only)' : ''}`);
  for (const { name, bug, provokedBy, caughtBy } of plants)
    console.log(
      `plant ${name}: ${bug} (${provokedBy.join(', ') || 'no fault needed'}; noticed by ${caughtBy.join(', ')})`,
    );
}

/** All plants, or those named. */
async function provePlants(names: string): Promise<void> {
  const { caught, missed } = await tortureAllPlants(names === 'all' ? [] : names.split(','));
  await tellTests({ passed: caught.length, failed: missed.length, skipped: 0, failures: missed });
  console.log(missed.length === 0 ? 'every plant was caught' : `NOT caught: ${missed.join(', ')}`);
  process.exit(missed.length > 0 ? 1 : 0);
}

async function planted(name: string, options: Options, say: Say, totals: Totals): Promise<number> {
  const plant = plantNamed(name);
  const ids = plant.provokedBy.length === 0 ? [nothing.id] : plant.provokedBy;
  const groups = groupsOf({ ...options, only: options.only ?? ids.join(',') });
  say(`seed ${options.seed}; planted: ${plant.bug}`);
  const caught = await torturePlanted(plant, {
    ...runOptionsOf(options),
    faults: groups.flat(),
    random: randomOf(Number(options.seed)),
    say,
    tell: (names, result) => totals.tell(names, 1, result),
  });
  return caught ? noticedCode : missedCode;
}

function runOptionsOf({ long, seconds, mails, answers }: Options) {
  return {
    isLong: long,
    visitors: 10,
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(mails && { crowd: (role: CrowdRole) => new MailCrowd({ ...role, mails: Number(mails) }) }),
    ...(answers && { crowd: (role: CrowdRole) => new AnswerCrowd({ ...role, answers: Number(answers) }) }),
  };
}

/** Gives the exit code: 1 if anything was found. */
async function torture(options: Options, say: Say, totals: Totals): Promise<number> {
  const groups = groupsOf(options);
  const random = randomOf(Number(options.seed));
  let failures = 0;
  let epoch = 0;
  let cluster: Cluster | null = null;
  say(`seed ${options.seed}; ${groups.flat().length} faults in ${groups.length} runs; starting everything`);
  for (const group of groups) {
    const names = group.map(({ id }) => id).join('+');
    for (const isLastTry of [false, true]) {
      const run = { ...runOptionsOf(options), faults: group, epoch: ++epoch, random: random.fork(`${names} ${epoch}`) };
      cluster ??= await Cluster.start();
      const result = await runFaults(cluster, { ...run, say: (line) => say(`${names}: ${line}`) });
      const isAskedAgain = !isLastTry && result.findings.length > 0 && result.findings.every(mayBeTheMachine);
      totals.tell(names, group.length, result, isAskedAgain);
      if (result.findings.length === 0) break;
      say(`${names}: kept in ${await keepEvidence(names, cluster, result)}`);
      await cluster.stop();
      cluster = null; // who knows what is wrong with it
      if (isAskedAgain) continue;
      failures += 1;
      break;
    }
  }
  await cluster?.stop();
  return failures > 0 ? 1 : 0;
}

/**
 * What was found depends on time, which a busy machine may not have: it counts if it is found twice running. Whatever
 * is wrong with messages or walls counts at once.
 */
function mayBeTheMachine({ check }: Finding): boolean {
  return ['C6', 'C7', 'C11', 'C12', 'C13', 'own'].includes(check);
}

function groupsOf({ only, long, mails, answers }: Options): Fault[][] {
  if (mails) return [(only?.split(',') ?? breaksMailIn).map(faultNamed)];
  if (answers) return [(only?.split(',') ?? breaksMailOut).map(faultNamed)];
  if (only) return only.split(',').map((group) => group.split('+').map(faultNamed));
  return long ? faults.map((fault) => [fault]) : inPairs(faults.filter((fault) => !fault.long));
}

function faultNamed(id: string): Fault {
  const fault = [nothing, ...faults].find((one) => one.id === id);
  if (!fault) throw new Error(`There is no fault ${id}; --list tells what there is.`);
  return fault;
}

/** Where tools/test.mjs asked for it. */
async function tellTests(tests: TestTotals): Promise<void> {
  const file = process.env.HELPLINE_TOTALS;
  if (file) await writeFile(file, JSON.stringify(tests));
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function clock(began: number): string {
  return `[${seconds(performance.now() - began).padStart(7)}]`;
}
