import { z } from 'zod';
import { conversation } from '../entities.js';
import { done, door, nothing, write } from './door.js';

/** What an agent answers when a conversation is held for him; `too_late` when it is not any more. */
export const offerDoors = {
  /** What is held for oneself, what ends first in front. */
  'conversation.offers': door('GET /me/offers', nothing, z.strictObject({ items: z.array(conversation) })),
  'conversation.accept': door('POST /conversations/:conversationId/acceptances', write, done),
  /** Somebody else is asked. */
  'conversation.decline': door('POST /conversations/:conversationId/refusals', write, done),
} as const;
