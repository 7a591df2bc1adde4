import { z } from 'zod';
import { id, instant } from '../common.js';
import { agent, me } from '../entities.js';
import {
  availability,
  availabilityInterval,
  availabilityReason,
  newAvailabilityReason,
  workInterval,
} from '../presence.js';
import { door, inConversation, nothing } from './door.js';

const hoursAtMost = 48;

const spell = z
  .strictObject({ agentId: id, from: instant, to: instant })
  .refine(({ from, to }) => hoursBetween(from, to) > 0 && hoursBetween(from, to) <= hoursAtMost, {
    path: ['to'],
    error: `must be after the beginning, by ${hoursAtMost} hours at most`,
  });

const hoursBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 3_600_000;

/** Who is there, and who was. */
export const presenceDoors = {
  'agent.setAvailability': door('PUT /me/availability', z.strictObject({ availability, reasonId: id.optional() }), me),
  'agent.setAvailabilityOf': door(
    'PUT /agents/:agentId/availability',
    z.strictObject({ agentId: id, availability, reasonId: id.optional() }),
    agent,
  ),
  'agent.availabilityIntervals': door(
    'GET /agents/:agentId/availability',
    spell,
    z.strictObject({ items: z.array(availabilityInterval) }),
  ),
  'agent.workIntervals': door('GET /agents/:agentId/work', spell, z.strictObject({ items: z.array(workInterval) })),
  'availabilityReason.list': door(
    'GET /availability-reasons',
    nothing,
    z.strictObject({ items: z.array(availabilityReason) }),
  ),
  'availabilityReason.add': door('POST /availability-reasons', newAvailabilityReason, availabilityReason),
  'availabilityReason.remove': door(
    'DELETE /availability-reasons/:reasonId',
    z.strictObject({ reasonId: id }),
    nothing,
  ),
  /** Whether whoever has the conversation open looks at it. Said again twice a minute; silence ends it. */
  'conversation.lookedAt': door(
    'PUT /conversations/:conversationId/looked-at',
    inConversation.extend({ how: z.enum(['focused', 'blurred', 'left']) }),
    nothing,
  ),
} as const;
