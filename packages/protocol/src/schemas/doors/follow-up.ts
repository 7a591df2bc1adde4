import { z } from 'zod';
import { id, instant } from '../common.js';
import { conversation } from '../entities.js';
import { openFollowUp } from '../routing.js';
import { done, door, word, write } from './door.js';

/** A promise in a list, with the conversation it was made in. */
const listedFollowUp = openFollowUp.extend({ text: z.string(), conversation });
export type ListedFollowUp = z.infer<typeof listedFollowUp>;

/** What is promised to customers. */
export const followUpDoors = {
  /** Mine, or those that were forgotten and that I may see; what is due first comes first. */
  'followUp.list': door(
    'GET /follow-ups',
    z.strictObject({ whose: z.enum(['mine', 'forgotten']) }),
    z.strictObject({ items: z.array(listedFollowUp), more: z.boolean() }),
  ),
  /** Left out, the owner is whoever promises. */
  'followUp.promise': door(
    'POST /conversations/:conversationId/follow-ups',
    write.extend({ dueAt: instant, ownerId: id.optional(), text: word.optional() }),
    done,
  ),
  'followUp.settle': door(
    'POST /conversations/:conversationId/follow-ups/settled',
    write.extend({ id, state: z.enum(['kept', 'cancelled']) }),
    done,
  ),
} as const;
