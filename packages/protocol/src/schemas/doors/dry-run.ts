import { z } from 'zod';
import { id, instant } from '../common.js';
import { routingOf, routingSettings } from '../routing.js';
import { door } from './door.js';

/** What waits and loads would have been. Waits are in seconds; whoever nobody got counts with the time he waited. */
const dryRunSide = z.strictObject({
  median: z.int(),
  p90: z.int(),
  /** How many waited longer than was asked about. */
  breaches: z.int(),
  /** How many nobody got. */
  neverGiven: z.int(),
  /** The wait that so many of a hundred had at most, for 0, 5, … 100. */
  waits: z.array(z.int()),
});
export type DryRunSide = z.infer<typeof dryRunSide>;

const load = z.strictObject({
  /** How many he got. */
  given: z.int(),
  /** For how many hours he had something in hand, each conversation by itself. */
  hours: z.number(),
});

const dryRunResult = z.strictObject({
  from: instant,
  to: instant,
  conversations: z.int(),
  /** There were more; the oldest were left out. */
  isCutOff: z.boolean(),
  /** Where it was not recorded when somebody was there, his conversations tell: for so many agents. */
  guessedPresence: z.int(),
  breachMinutes: z.int(),
  /** As it really was. */
  recorded: dryRunSide,
  /** By the settings as they are. */
  current: dryRunSide,
  /** By the settings that are tried. */
  changed: dryRunSide,
  agents: z.array(z.strictObject({ agentId: id, current: load, changed: load })),
});
export type DryRunResult = z.infer<typeof dryRunResult>;

export const dryRunDoors = {
  /** Goes through what came in the last days anew, by changed settings; nothing is changed. Refused with `busy` while another one runs. */
  'routing.dryRun': door(
    'POST /routing/dry-runs',
    z.strictObject({
      of: routingOf,
      settings: routingSettings,
      days: z.int().min(1).max(31),
      breachMinutes: z.int().min(1).max(1_440),
    }),
    z.strictObject({ runId: id }),
  ),
  /** How far it has come, from 0 to 1, and what came out. It is known for ten minutes. */
  'routing.dryRunResult': door(
    'GET /routing/dry-runs/:runId',
    z.strictObject({ runId: id }),
    z.strictObject({ done: z.number(), result: dryRunResult.nullable() }),
  ),
} as const;
