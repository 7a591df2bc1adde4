import { z } from 'zod';
import { type ErrorCode, errorStatus } from '../../errors.js';
import { limits } from '../../limits.js';
import { clientId, id, instant } from '../common.js';
import { agentEntry, brand, conversation } from '../entities.js';
import { availability } from '../presence.js';
import { team, triaged } from '../routing.js';
import { done, door, inConversation, nothing, word, write } from './door.js';

const errorCode = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]);
/** Whoever passes it on may see it no more. */
const moved = z.strictObject({ entry: agentEntry, visible: z.boolean() });

const moveTo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agent'), id }),
  z.strictObject({ kind: z.literal('team'), id }),
  z.strictObject({ kind: z.literal('queue') }),
]);
export type MoveTo = z.infer<typeof moveTo>;

/** How conversations go from hand to hand, and when they wait. */
export const moveDoors = {
  /** Where a conversation can be passed on to, besides agents. */
  'conversation.targets': door(
    'GET /targets',
    nothing,
    z.strictObject({ teams: z.array(team), brands: z.array(brand) }),
  ),
  /** Left out, the brand stays; without a team it is the whole brand's. */
  'conversation.transfer': door(
    'POST /conversations/:conversationId/transfers',
    write.extend({ teamId: id.nullable(), brandId: id.optional(), text: word.optional() }),
    moved,
  ),
  /** To the team that its team escalates to. */
  'conversation.escalate': door('POST /conversations/:conversationId/escalations', write.extend({ text: word }), moved),
  /** What is left out stays. */
  'conversation.triage': door('POST /conversations/:conversationId/triages', write.extend(triaged.shape), done),
  /** It waits for the customer. */
  'conversation.pend': door('POST /conversations/:conversationId/pending', write, done),
  'conversation.snooze': door('POST /conversations/:conversationId/snoozes', write.extend({ until: instant }), done),
  /** Moves many at once; `refused` says which were not, and why. Asked again under the same clientId, each is moved once. */
  'conversation.moveMany': door(
    'POST /conversations/moves',
    z.strictObject({ clientId, ids: z.array(id).min(1).max(limits.movesAtOnce), to: moveTo, text: word.optional() }),
    z.strictObject({
      moved: z.array(id),
      refused: z.array(z.strictObject({ id, code: errorCode, detail: z.string().optional() })),
    }),
  ),
  /** He is away, and what he has goes back to the queue; asked again until nothing is `left`. */
  'agent.handBack': door(
    'POST /me/hand-backs',
    z.strictObject({ availability: availability.extract(['break', 'offline']) }),
    z.strictObject({ given: z.int(), left: z.int() }),
  ),
  'conversation.setVip': door(
    'PUT /conversations/:conversationId/vip',
    inConversation.extend({ vip: z.boolean() }),
    conversation,
  ),
} as const;
