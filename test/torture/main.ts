import { parseArgs } from 'node:util';
import { Cluster } from './cluster/cluster.js';
import type { Fault } from './faults/fault.js';
import { faults } from './faults/index.js';
import { nothing } from './faults/nothing.js';
import { plants } from './plants/index.js';
import type { Plant } from './plants/plant.js';
import { isPlanted, plantingArgs, plantNamed, runPlanted, whoCaught } from './plants/with-plant.js';
import { randomOf } from './random.js';
import { keepEvidence } from './run/evidence.js';
import { inPairs } from './run/pairs.js';
import { type RunResult, runFaults } from './run/run-fault.js';

const usage = `pnpm torture [--only F12,F13] [--seconds N] [--seed S] [--long] [--list]
  --only      only these faults, each by itself
  --seconds   how long each fault lasts (otherwise each its own time)
  --seed      the same moments and choices again
  --long      everything for longer, each fault by itself, also what takes too long for every day
  --plant     with this bug planted, under the faults that provoke it: who notices?
  --list      what there is`;

const total = { faults: 0, invoked: 0, acknowledged: 0, lost: 0, doubled: 0, disordered: 0, unknown: 0 };

await main();

async function main(): Promise<void> {
  const options = readOptions();
  if (options.list) return list();
  if (options.plant && !isPlanted(options.plant)) process.exit(await runPlanted(options.plant));
  const began = performance.now();
  const failures = await torture(options, (line) => console.log(`${clock(began)} ${line}`));
  console.log(JSON.stringify(total));
  process.exit(failures > 0 ? 1 : 0);
}

type Options = ReturnType<typeof readOptions>;

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
      long: { type: 'boolean', default: false },
      plant: { type: 'string' },
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

/** Gives the number of groups in which something was found. */
async function torture(options: Options, say: (line: string) => void): Promise<number> {
  const plant = options.plant === undefined ? null : plantNamed(options.plant);
  const nodeArgs = plant ? [...plantingArgs] : [];
  const groups = plant ? provoking(plant, options) : groupsOf(options);
  const random = randomOf(Number(options.seed));
  let failures = 0;
  say(`seed ${options.seed}; ${groups.flat().length} faults in ${groups.length} runs; starting everything`);
  let cluster = await Cluster.start({ nodeArgs });
  for (const [index, group] of groups.entries()) {
    const names = group.map(({ id }) => id).join('+');
    const epoch = index + 1;
    const seconds = options.seconds === undefined ? {} : { seconds: Number(options.seconds) };
    const run = { faults: group, epoch, random: random.fork(names), isLong: options.long, visitors: 10, ...seconds };
    const result = await runFaults(cluster, { ...run, say: (line) => say(`${names}: ${line}`) });
    tell(names, result, say);
    total.faults += group.length;
    if (result.findings.length === 0) continue;
    failures += 1;
    if (plant && isCaught(plant, result, say)) break;
    say(`${names}: kept in ${await keepEvidence(names, cluster, result)}`);
    await cluster.stop();
    if (index < groups.length - 1) cluster = await Cluster.start({ nodeArgs });
  }
  await cluster.stop();
  return failures;
}

function groupsOf({ only, long }: Options): Fault[][] {
  const wanted = only?.split(',');
  const known = wanted ? [nothing, ...faults] : faults;
  const chosen = known.filter((fault) => (wanted ? wanted.includes(fault.id) : long || !fault.long));
  const missing = wanted?.find((id) => !known.some((fault) => fault.id === id));
  if (missing) throw new Error(`There is no fault ${missing}; --list tells what there is.`);
  return wanted || long ? chosen.map((fault) => [fault]) : inPairs(chosen);
}

/** Each fault by itself, until one has brought it to light. */
function provoking({ provokedBy }: Plant, options: Options): Fault[][] {
  const ids = provokedBy.length === 0 ? [nothing.id] : provokedBy;
  return groupsOf({ ...options, only: options.only ?? ids.join(',') });
}

function isCaught(plant: Plant, { findings }: RunResult, say: (line: string) => void): boolean {
  const checks = whoCaught(plant, findings);
  say(checks.length > 0 ? `plant ${plant.name}: caught by ${checks.join(', ')}` : `plant ${plant.name}: NOT caught`);
  return checks.length > 0;
}

function tell(
  names: string,
  { findings, figures, restless, settledInMs }: RunResult,
  say: (line: string) => void,
): void {
  const { invoked, acknowledged, lost, doubled, disordered, unknown, recovered } = figures;
  total.invoked += invoked;
  total.acknowledged += acknowledged;
  total.lost += lost;
  total.doubled += doubled;
  total.disordered += disordered;
  total.unknown += unknown;
  const numbers = `${acknowledged} of ${invoked} acknowledged, ${unknown} unknown (${recovered} there)`;
  say(`${findings.length === 0 ? 'ok    ' : 'FAILED'} ${names}: ${numbers}; at rest after ${seconds(settledInMs)}`);
  for (const what of restless) say(`${names}: not at rest: ${what}`);
  for (const { check, what } of findings.slice(0, 10)) say(`${names}: ${check} ${what}`);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function clock(began: number): string {
  return `[${seconds(performance.now() - began).padStart(7)}]`;
}
