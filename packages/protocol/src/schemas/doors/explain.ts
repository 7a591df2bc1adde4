import { z } from 'zod';
import { id, instant } from '../common.js';
import { actor } from '../entries.js';
import { routingOf, routingReason, skill } from '../routing.js';
import { door, inConversation } from './door.js';

/** What changes by itself, and when, for a conversation that waits. */
const nextStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opens'), at: instant }),
  z.strictObject({ kind: z.literal('skills_relaxed'), at: instant }),
  z.strictObject({ kind: z.literal('overflow'), at: instant, teamId: id }),
  z.strictObject({ kind: z.literal('offer_ends'), at: instant, agentId: id }),
  z.strictObject({ kind: z.literal('asked_again'), at: instant }),
]);
export type NextStep = z.infer<typeof nextStep>;

const decision = z.strictObject({
  at: instant,
  by: actor,
  kind: z.enum(['assigned', 'offered']),
  agentId: id,
  /** Null where a person decided. */
  reason: routingReason.nullable(),
});

const explanation = z.strictObject({
  /** What would be decided this moment; null unless it waits. */
  waiting: z
    .strictObject({
      since: instant,
      /** Whose settings are in force; null for the usual ones. */
      of: routingOf.nullable(),
      /** What whoever gets it must be able to. */
      skills: z.array(skill),
      reason: routingReason,
      /** The soonest first. */
      next: z.array(nextStep),
    })
    .nullable(),
  /** How whoever has it got it, the newest first; empty where nobody has. */
  decisions: z.array(decision),
});
export type Explanation = z.infer<typeof explanation>;

export const explainDoors = {
  /** Why nobody is on it, or why he is and not another. */
  'conversation.explain': door('GET /conversations/:conversationId/explanation', inConversation, explanation),
} as const;
