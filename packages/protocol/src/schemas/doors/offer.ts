import { done, door, write } from './door.js';

/** What an agent answers when a conversation is held for him; `too_late` when it is not any more. */
export const offerDoors = {
  'conversation.accept': door('POST /conversations/:conversationId/acceptances', write, done),
  /** Somebody else is asked. */
  'conversation.decline': door('POST /conversations/:conversationId/refusals', write, done),
} as const;
