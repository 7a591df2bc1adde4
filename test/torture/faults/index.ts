import type { Fault } from './fault.js';
import { processFaults } from './processes.js';

/** Every fault there is; a new one is added to the list of its kind. */
export const faults: readonly Fault[] = [...processFaults].sort((a, b) => a.id.localeCompare(b.id));
