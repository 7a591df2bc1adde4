import { browserFaults } from './browser.js';
import type { Fault } from './fault.js';
import { mailFaults } from './mail.js';
import { mongoFaults } from './mongo.js';
import { networkFaults } from './network.js';
import { processFaults } from './processes.js';
import { redisFaults } from './redis.js';
import { timeFaults } from './time.js';

/** Every fault there is; a new one is added to the list of its kind. */
export const faults: readonly Fault[] = [
  ...processFaults,
  ...mongoFaults,
  ...redisFaults,
  ...networkFaults,
  ...browserFaults,
  ...mailFaults,
  ...timeFaults,
].sort((a, b) => a.id.localeCompare(b.id));
