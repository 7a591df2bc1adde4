import type { Payloads } from '@helpline/protocol';
import { isOpen } from '../../calendar/index.js';
import { transfer } from '../../conversations/index.js';
import { type ConversationState, lineNamed } from '../../journal/index.js';
import type { Filter } from '../../platform/database.js';
import { DeskError } from '../../platform/errors.js';
import { type Policy, scopeOf } from '../policy/policies.js';
import { howItWaits, isForGood, routingActor } from './claim.js';
import type { Desk } from './desk.js';

const atOnce = 100;

export interface Move {
  /** What it is for. */
  filter: Filter<ConversationState>;
  teamId: string;
  why: Payloads['transferred']['why'];
  /** How long it must have waited for it. */
  afterSeconds: number;
}

/**
 * Moves what waits on to other teams: where its own is no more, where that is closed and another one stands in, and where
 * nobody took it in time. Each conversation goes no further than the list of where it came in says, one step at a look, and once for the
 * hours: it never goes in circles, and every team on its way gets its chance.
 */
export async function moveOn(desk: Desk, now: Date): Promise<void> {
  const { conversations, workspaces } = desk.parts;
  const ofTeams = (await conversations.lines(desk.workspaceId)).filter((name) => lineNamed(name).teamId !== null);
  const moves = movesOf(desk, now);
  if (ofTeams.length === 0 && moves.length === 0) return;
  const teamIds = new Set<string | null>((await workspaces.teams(desk.workspaceId)).map(({ _id }) => _id));
  await moveFromLostTeams(desk, ofTeams, teamIds);
  const moved = new Set<string>();
  for (const { filter, teamId, why, afterSeconds } of moves) {
    if (!teamIds.has(teamId)) continue; // whoever set it did not know that the team was being removed
    const waitingSince = { $lte: new Date(now.getTime() - afterSeconds * 1000) };
    for (const state of await conversations.page({ ...filter, waitingSince }, { turn: 1 }, atOnce)) {
      if (moved.has(state._id)) continue;
      moved.add(state._id);
      await move(desk, state, teamId, why);
    }
  }
}

/** What comes back to a team that is no more, or came to it as it was removed, goes home, or is everybody's. */
async function moveFromLostTeams(desk: Desk, ofTeams: string[], teamIds: Set<string | null>): Promise<void> {
  const lost = ofTeams.filter((name) => !teamIds.has(lineNamed(name).teamId));
  if (lost.length === 0) return;
  const filter = { workspaceId: desk.workspaceId, line: { $in: lost }, status: 'open', offer: null } as const;
  for (const state of await desk.parts.conversations.page(filter, { turn: 1 }, atOnce)) {
    const { homeTeamId } = state.rerouted;
    await move(desk, state, teamIds.has(homeTeamId) ? homeTeamId : null, 'transfer');
  }
}

/** Where what waits may have to go now or later on, while the hours do not change. */
export const movesOf = (desk: Desk, now: Date): Move[] =>
  desk.policies.flatMap((policy) => {
    const { hours, whenClosed, overflow } = policy.settings;
    if (hours && !isOpen(hours, now))
      return whenClosed.kind === 'team' ? [toStandIn(desk, policy, whenClosed.teamId)] : [];
    return overflow.map((step, i) => toNext(desk, policy, step, i));
  });

const toStandIn = (desk: Desk, policy: Policy, teamId: string): Move => ({
  filter: waitsElsewhere(desk, teamId, { ...scopeOf(policy, desk.policies, 'teamId') }, { 'rerouted.asClosed': false }),
  teamId,
  why: 'closed',
  afterSeconds: 0,
});

type Step = Policy['settings']['overflow'][number];

const toNext = (desk: Desk, policy: Policy, { teamId, afterSeconds }: Step, i: number): Move => ({
  filter: waitsElsewhere(
    desk,
    teamId,
    { ...scopeOf(policy, desk.policies, 'rerouted.homeTeamId') },
    { 'rerouted.steps': { $lte: i } },
  ),
  teamId,
  why: 'overflow',
  afterSeconds,
});

function waitsElsewhere(
  { workspaceId }: Desk,
  teamId: string,
  ...more: Filter<ConversationState>[]
): Filter<ConversationState> {
  return { workspaceId, handler: 'queue', status: 'open', offer: null, $and: [{ teamId: { $ne: teamId } }, ...more] };
}

/** Unless it waits no more as it did: the list of what waits lags behind the journal. */
async function move(
  { parts: { journal } }: Desk,
  { _id, ...read }: ConversationState,
  teamId: string | null,
  why: Move['why'],
): Promise<void> {
  for (;;) {
    const [now] = await journal.newest([_id]);
    if (!now || howItWaits(now) !== howItWaits({ _id, ...read })) return;
    const at = now.seq + 1;
    const moved = { conversationId: _id, clientId: `timer:${why}:${at}`, actor: routingActor, to: { teamId, why }, at };
    try {
      await transfer(journal, moved);
      return;
    } catch (error) {
      if (error instanceof DeskError && error.code === 'stale') continue; // the customer wrote on
      if (!isForGood(error)) throw error;
      return;
    }
  }
}
