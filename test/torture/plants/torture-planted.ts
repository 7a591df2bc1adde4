import { Cluster } from '../cluster/cluster.js';
import type { Fault } from '../faults/fault.js';
import { keepEvidence } from '../run/evidence.js';
import { type RunOptions, type RunResult, runFaults } from '../run/run-fault.js';
import { plants } from './index.js';
import type { Plant } from './plant.js';
import { caughtCode, plantingArgs, runPlanted } from './with-plant.js';

export interface PlantedOptions extends Omit<RunOptions, 'faults' | 'epoch'> {
  /** Suffered one after the other, all of them twice if need be, until one has brought the bug to light. */
  faults: readonly Fault[];
  tell: (names: string, result: RunResult) => void;
}

/** With the bug planted in the nodes (and, by the command line, in this very process): does anybody notice who has to? */
export async function torturePlanted(plant: Plant, { faults, tell, ...options }: PlantedOptions): Promise<boolean> {
  const cluster = await Cluster.start({ nodeArgs: [...plantingArgs] });
  try {
    for (const [index, fault] of [...faults, ...faults].entries()) {
      const result = await runFaults(cluster, {
        ...options,
        mailFirst: isAboutMail(plant),
        faults: [fault],
        epoch: index + 1,
      });
      tell(fault.id, result);
      const noticed = plant.caughtBy.filter((check) => result.findings.some((finding) => finding.check === check));
      if (noticed.length === 0) {
        options.say(`not caught under ${fault.id}; kept in ${await keepEvidence(plant.name, cluster, result)}`);
        continue;
      }
      options.say(`plant ${plant.name}: caught by ${noticed.join(', ')} under ${fault.id}`);
      return true;
    }
    options.say(`plant ${plant.name}: NOT caught`);
    return false;
  } finally {
    await cluster.stop();
  }
}

const isAboutMail = ({ caughtBy }: Plant): boolean => caughtBy.includes('C8') || caughtBy.includes('C9');

/** Each plant in a process of its own. Gives the names of those that somebody noticed, and of the others. */
export async function tortureAllPlants(names: readonly string[]): Promise<{ caught: string[]; missed: string[] }> {
  const told: { caught: string[]; missed: string[] } = { caught: [], missed: [] };
  for (const { name } of plants) {
    if (names.length > 0 && !names.includes(name)) continue;
    const code = await runPlanted(name, ['--plant', name]);
    told[code === caughtCode ? 'caught' : 'missed'].push(name);
  }
  return told;
}
