import { z } from 'zod';
import { id } from './common.js';
import { agent, staffRole } from './entities.js';
import { skill } from './routing.js';

const share = z.int().min(0).max(100);
const brandIds = z.union([z.literal('all'), z.array(id).max(200)]);

/** What somebody of the staff may do, where, and how much he takes. */
export const personSettings = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: staffRole,
  brandIds,
  teamIds: z.array(id).max(50),
  capacity: z.strictObject({ chat: share, email: share }),
  atOnce: z.int().min(1).max(200).nullable(),
  isTrainee: z.boolean(),
  skills: z.array(skill).max(50),
});
export type PersonSettings = z.infer<typeof personSettings>;

/** Somebody of the staff, as those see him who look after the staff. */
export const person = agent.extend({
  email: z.string(),
  brandIds,
  /** Whether he still signs in with the password that an admin was shown. */
  hasOneTimePassword: z.boolean(),
});
export type Person = z.infer<typeof person>;
