import { z } from 'zod';
import { id, instant } from './common.js';

export const priority = z.enum(['low', 'normal', 'high', 'urgent']);
/** What comes first in the queue. */
export type Priority = z.infer<typeof priority>;

const skillName = z.string().trim().min(1).max(40);
const level = z.int().min(1).max(5);
/** What somebody can, or must; a language is a skill like any other, named by its tag (de, pt-BR). 5 is best. */
export const skill = z.strictObject({ skill: skillName, level });
export type Skill = z.infer<typeof skill>;

const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'is not a time like 09:00');
/** When somebody works; 0 is Sunday. An interval that ends before it begins goes on into the next day. */
export const businessHours = z.strictObject({
  timeZone: z
    .string()
    .max(64)
    .refine((name) => isTimeZone(name), 'is not a time zone like Europe/Berlin'),
  days: z.array(z.strictObject({ day: z.int().min(0).max(6), from: timeOfDay, to: timeOfDay })).max(21),
  /** Dates on which nobody works, by the clock of the place. */
  holidays: z
    .array(z.strictObject({ date: z.iso.date(), name: z.string().max(80) }))
    .max(200)
    .optional(),
});
export type BusinessHours = z.infer<typeof businessHours>;

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== null;
  } catch {
    return false;
  }
}

/** How many conversations of each channel may be in hand at once; null is as many as agents can take. */
const ceilings = z.strictObject({ chat: z.int().min(0).nullable(), email: z.int().min(0).nullable() });

const seconds = z
  .int()
  .min(1)
  .max(7 * 86_400);

/** How what waits is given out: of an inbox, of a team, or of the whole workspace. */
export const routingSettings = z.strictObject({
  /** `manual`: agents pull from the queue themselves. */
  strategy: z.enum(['balanced', 'round_robin', 'most_skilled', 'manual']),
  /** Whom it is given to must accept within so many seconds, else it passes on; null: it is given at once. */
  offerSeconds: z.int().min(5).max(600).nullable(),
  /** The customer's last agent gets it first if he had him within so many hours; null for never. */
  stickyHours: z
    .int()
    .min(1)
    .max(24 * 90)
    .nullable(),
  /** What an agent must be able to, for all that comes in here. */
  skills: z.array(skill).max(20),
  /** After so long a wait skills are asked for no more; null for never. */
  anybodyAfterSeconds: seconds.nullable(),
  /** Where it goes when nobody took it: each step after so many seconds of waiting, the last has no further one. */
  overflow: z.array(z.strictObject({ afterSeconds: seconds, teamId: id })).max(3),
  /** Null: around the clock. */
  hours: businessHours.nullable(),
  /** What happens outside of the hours: it waits for them, the visitor leaves a message, or another team has it. */
  whenClosed: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('queue') }),
    z.strictObject({ kind: z.literal('form') }),
    z.strictObject({ kind: z.literal('team'), teamId: id }),
  ]),
  /** What comes in here begins with; a VIP's is one step higher. */
  priority,
  /** Whether a conversation that waits for the customer takes its agent's capacity. */
  pendingCounts: z.boolean(),
  /** How long an agent has to himself after he resolved one; 0 for no time. */
  wrapUpSeconds: z.int().min(0).max(3_600),
  ceilings,
});
export type RoutingSettings = z.infer<typeof routingSettings>;

/** Whose settings they are. The team's win over the inbox's, these over the workspace's. */
export const routingOf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('workspace') }),
  z.strictObject({ kind: z.literal('inbox'), id }),
  z.strictObject({ kind: z.literal('team'), id }),
]);
export type RoutingOf = z.infer<typeof routingOf>;

/** A department: who in it gets its conversations, its agents know by their own `teamIds`. */
export const team = z.strictObject({
  id,
  name: z.string(),
  /** Who gets what is too much for it. */
  escalatesTo: id.nullable(),
});
export type Team = z.infer<typeof team>;

const whyNot = ['not_available', 'at_capacity', 'not_of_brand', 'not_of_team', 'lacks_skill', 'passed_it_by'] as const;
const whyLess = ['more_loaded', 'had_one_later', 'less_skilled', 'not_their_last_agent'] as const;
const whyChosen = ['only_one', 'least_loaded', 'longest_without', 'most_skilled', 'their_last_agent'] as const;

/** Why routing chose as it did: every agent it looked at, and what spoke for or against. */
export const routingReason = z.strictObject({
  /** Its name and version: `balanced/7`. */
  policy: z.string(),
  /** Those most worth knowing come first: the chosen one, who could have had it, who could not. */
  candidates: z.array(
    z.strictObject({
      agentId: id,
      chosen: z.boolean(),
      why: z.enum([...whyChosen, ...whyLess, ...whyNot]),
      open: z.int(),
      capacity: z.int(),
    }),
  ),
  /** How many more it looked at than it names. */
  others: z.int().optional(),
  /** What kept everybody from it at once. */
  blocked: z.enum(['inbox_at_ceiling', 'team_at_ceiling', 'closed', 'manual']).optional(),
});
export type RoutingReason = z.infer<typeof routingReason>;

/** What it needs and when: only what changed is named. */
export const triaged = z.strictObject({
  priority: priority.optional(),
  dueAt: instant.nullable().optional(),
  skills: z.array(skill).max(20).optional(),
});

/** It is another team's, perhaps another brand's matter now, and waits there; with a word for whoever takes it. */
export const transferred = z.strictObject({
  teamId: id.nullable(),
  brandId: id.optional(),
  why: z.enum(['transfer', 'escalation', 'overflow', 'closed']),
  text: z.string().optional(),
});

/** It is held for an agent until then, who may accept it. */
export const offered = z.strictObject({ agentId: id, until: instant, reason: routingReason.nullable() });

/** He does not get it. `withdrawn`: it was not his doing, and he may be asked again. */
export const offerEnded = z.strictObject({ agentId: id, how: z.enum(['declined', 'missed', 'withdrawn']) });

/** Something promised to the customer: who keeps it, until when. What it is stands in the entry that promised it only. */
export const followUp = z.strictObject({
  id,
  state: z.enum(['promised', 'kept', 'cancelled', 'escalated']),
  ownerId: id,
  dueAt: instant,
  text: z.string(),
});

/** A promise that is still to be kept. */
export const openFollowUp = z.strictObject({
  id,
  ownerId: id,
  dueAt: instant,
  /** It was due long ago, and others have been told. */
  isForgotten: z.boolean(),
});
export type OpenFollowUp = z.infer<typeof openFollowUp>;
