import type { ConversationState } from '../../journal/index.js';
import type { Policy } from '../policy/policies.js';
import { areAskedAgain, choose } from '../policy/policy.js';
import { isRelaxed } from '../policy/skills.js';
import { lastAgentOf } from '../policy/sticky.js';
import { claim } from './claim.js';
import type { Desk } from './desk.js';
import { inTurn } from './waiting.js';

/** Who had no slot for a conversation, whatever was known of them. */
type Refused = Map<string, string[]>;

/**
 * Gives out what waits in a workspace's queue, each in its turn, until nobody suitable is free or `held` aborts: a
 * leader of the past knows only who waited when it led.
 */
export async function drain(desk: Desk, held?: AbortSignal): Promise<void> {
  const refused: Refused = new Map();
  for (let again = true; again && !held?.aborted; ) {
    await desk.refresh();
    again = await giveSome(desk, refused, new Date(), held);
  }
}

const givenAtOnce = 50;

/**
 * Whether it should be looked again: after some, and when somebody turned out not to be free, the first in turn comes
 * first again, for meanwhile somebody may have become free for him. Slots are taken in turn, entries written together.
 */
async function giveSome(desk: Desk, refused: Refused, now: Date, held?: AbortSignal): Promise<boolean> {
  const hopeless = new Set<string>();
  const written: Promise<unknown>[] = [];
  try {
    for await (const conversation of inTurn(desk, now)) {
      if (held?.aborted || written.length === givenAtOnce) break;
      const policy = desk.policyOf(conversation);
      const needs = needsOf(conversation, policy, now);
      if (hopeless.has(needs)) continue;
      const outcome = await give(desk, conversation, policy, refused, now);
      if (outcome === 'refused') return true;
      if (typeof outcome === 'object') written.push(awaitedLater(outcome.written));
      if (outcome === 'nobody' && !refused.has(conversation._id)) hopeless.add(needs);
    }
  } finally {
    await allWritten(written);
  }
  return written.length > 0;
}

/** What is still being written waits, for the journal, and would be claimed once more: so it ends, whatever fails. */
async function allWritten(written: Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(written)) if (end.status === 'rejected') throw end.reason;
}

function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {}); // it is told where it is awaited
  return promise;
}

/** Where nobody was found, nobody is found for what needs the same: since then all have only got less room. */
function needsOf(conversation: ConversationState, { settings }: Policy, now: Date): string {
  const { inboxId, brandId, teamId, channel, skills, passedBy } = conversation;
  const asked = isRelaxed(conversation, settings, now) ? [] : skills;
  const passed = passedBy.length > 0 ? [passedBy, areAskedAgain(conversation, now)] : null;
  return JSON.stringify([inboxId, brandId, teamId, channel, asked, passed]);
}

async function give(desk: Desk, conversation: ConversationState, policy: Policy, refused: Refused, now: Date) {
  const { journal, staff, conversations } = desk.parts;
  const unable = refused.get(conversation._id) ?? [];
  const asked = unable.length > 0 ? desk.members.filter(({ _id }) => !unable.includes(_id)) : desk.members;
  const lastAgentId = await lastAgentOf(conversations, conversation, policy, now);
  const situation = { policy, now, lastAgentId, full: desk.ceilings.fullFor(conversation) };
  const { agentId, reason } = choose(conversation, asked, situation);
  if (!agentId) return 'nobody';
  const { offerSeconds } = policy.settings;
  const claimed = await claim(journal, staff, conversation, { agentId, reason, offerSeconds });
  if (typeof claimed === 'object') desk.took(agentId, conversation);
  if (claimed !== 'no_slot') return claimed;
  refused.set(conversation._id, [...unable, agentId]);
  desk.memberChanged(agentId);
  return 'refused';
}
