import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultSpan } from '../checks/final-state.js';
import type { Fault, Scene } from '../faults/fault.js';
import type { Random } from '../random.js';
import type { Crowd } from '../workload/crowd.js';

/** Between two faults, or nobody would ever try again in time. */
const calmMs = 5_000;

interface SufferOptions {
  random: Random;
  isLong: boolean;
  seconds?: number;
  say: (line: string) => void;
}

/** Strikes with all; each lasts its time and heals, whatever the others do. */
export async function suffer(
  faults: readonly Fault[],
  scene: Omit<Scene, 'random'>,
  options: SufferOptions,
): Promise<FaultSpan[]> {
  const suffering: Promise<FaultSpan>[] = [];
  const strike = async (fault: Fault): Promise<void> => {
    const random = options.random.fork(fault.id);
    await sleep(1_000 * random.next());
    const from = performance.now();
    const failed = (error: unknown) => scene.report(`${fault.id} could not be suffered as it should`, String(error));
    const heal = await fault.inject({ ...scene, random }).catch(failed);
    options.say(`${fault.id} struck: ${fault.title}`);
    const over = sleep(1_000 * secondsOf(fault, options)).then(async () => heal?.());
    suffering.push(over.catch(failed).then(() => ({ fault: fault.id, from, until: performance.now() })));
  };
  const strikeInTurn = async (some: readonly Fault[]): Promise<void> => {
    for (const fault of some) await strike(fault);
  };
  await Promise.all([
    strikeInTurn([...faults.filter(bringsBrowsers), ...faults.filter(breaksConnections)]),
    ...faults.filter((fault) => !bringsBrowsers(fault) && !breaksConnections(fault)).map(strike),
  ]);
  return Promise.all(suffering);
}

/** All of them, one after the other, for as long as there is work. */
export async function sufferAgainAndAgain(
  faults: readonly Fault[],
  scene: Omit<Scene, 'random'>,
  options: SufferOptions,
  crowd: Crowd,
): Promise<FaultSpan[]> {
  const spans: FaultSpan[] = [];
  for (let turn = 0; !(await crowd.isDone()); turn++) {
    const fault = faults[turn % faults.length];
    if (!fault) break;
    const random = options.random.fork(`turn ${turn}`);
    spans.push(...(await suffer([fault], scene, { ...options, random })));
    options.say(crowd.progress);
    await sleep(calmMs);
  }
  return spans;
}

/** Browsers must come in before connections break. */
const bringsBrowsers = ({ meets }: Fault): boolean => meets.includes('browser');
const breaksConnections = ({ meets }: Fault): boolean => meets.includes('network');

function secondsOf({ seconds = { short: 3, long: 10 } }: Fault, options: SufferOptions): number {
  return options.seconds ?? (options.isLong ? seconds.long : seconds.short);
}
