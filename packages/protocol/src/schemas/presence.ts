import { z } from 'zod';
import { id, instant } from './common.js';

export const availability = z.enum(['available', 'busy', 'break', 'training', 'wrap_up', 'offline']);
export type Availability = z.infer<typeof availability>;

/** What somebody's availability can have a reason of the workspace's own for. */
export const excusable = z.enum(['busy', 'break', 'training']);

const reasonName = z.string().trim().min(1).max(40);
const reason = z.strictObject({ id, name: z.string() });

/** Why somebody is not available, in the workspace's own words: Lunch, for a break. */
export const availabilityReason = z.strictObject({ id, availability: excusable, name: z.string() });
export type AvailabilityReason = z.infer<typeof availabilityReason>;

export const newAvailabilityReason = z.strictObject({ availability: excusable, name: reasonName });

/** Who said how somebody is available: himself, a supervisor, or the desk by itself. */
export const setBy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('self') }),
  z.strictObject({ kind: z.literal('supervisor'), id, name: z.string() }),
  z.strictObject({
    kind: z.literal('desk'),
    why: z.enum(['connection_lost', 'connection_back', 'missed_offer', 'resolved', 'wrapped_up']),
  }),
]);
export type SetBy = z.infer<typeof setBy>;

/** The present stretch of somebody's availability. */
export const stint = z.strictObject({
  since: instant,
  by: setBy,
  reason: reason.nullable(),
  /** When it ends by itself; null for when somebody says so. */
  until: instant.nullable(),
});
export type Stint = z.infer<typeof stint>;

/** A stretch of somebody's availability; the present one has no end yet. */
export const availabilityInterval = z.strictObject({
  availability,
  by: setBy,
  reason: reason.nullable(),
  from: instant,
  to: instant.nullable(),
});
export type AvailabilityInterval = z.infer<typeof availabilityInterval>;

export const workKind = z.enum(['active', 'hold', 'wrap_up']);
export type WorkKind = z.infer<typeof workKind>;

/** How long somebody was at a conversation. `hold`: it was open, and he looked elsewhere. */
export const workInterval = z.strictObject({
  /** Null where the reader may not see it. */
  conversationId: id.nullable(),
  kind: workKind,
  from: instant,
  to: instant,
});
export type WorkInterval = z.infer<typeof workInterval>;
