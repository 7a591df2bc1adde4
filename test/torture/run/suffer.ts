import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultSpan } from '../checks/final-state.js';
import type { Fault, Scene } from '../faults/fault.js';
import type { Random } from '../random.js';

interface SufferOptions {
  random: Random;
  isLong: boolean;
  seconds?: number;
  say: (line: string) => void;
}

/** Strikes with one after the other; each lasts its time and heals, whatever the others do. */
export async function suffer(
  faults: readonly Fault[],
  scene: Omit<Scene, 'random'>,
  options: SufferOptions,
): Promise<FaultSpan[]> {
  const suffering: Promise<FaultSpan>[] = [];
  for (const fault of inOrder(faults)) {
    const random = options.random.fork(fault.id);
    await sleep(1_000 * random.next());
    const from = performance.now();
    const failed = (error: unknown) => scene.report(`${fault.id} could not be suffered as it should`, String(error));
    const heal = await fault.inject({ ...scene, random }).catch(failed);
    options.say(`${fault.id} struck: ${fault.title}`);
    const over = sleep(1_000 * secondsOf(fault, options)).then(async () => heal?.());
    suffering.push(over.catch(failed).then(() => ({ fault: fault.id, from, until: performance.now() })));
  }
  return Promise.all(suffering);
}

/** Browsers must come in before the house breaks. */
const inOrder = (faults: readonly Fault[]): Fault[] => [
  ...faults.filter(bringsBrowsers),
  ...faults.filter((fault) => !bringsBrowsers(fault)),
];

const bringsBrowsers = ({ meets }: Fault): boolean => meets.includes('browser') || meets.includes('network');

function secondsOf({ seconds = { short: 3, long: 10 } }: Fault, options: SufferOptions): number {
  return options.seconds ?? (options.isLong ? seconds.long : seconds.short);
}
