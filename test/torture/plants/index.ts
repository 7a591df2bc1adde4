import { clientPlants } from './client-plants.js';
import { journalPlants } from './journal-plants.js';
import { mailPlants } from './mail-plants.js';
import type { Plant } from './plant.js';
import { routingPlants } from './routing-plants.js';

/** Every bug that the harness has to notice. */
export const plants: readonly Plant[] = [...journalPlants, ...clientPlants, ...routingPlants, ...mailPlants];
