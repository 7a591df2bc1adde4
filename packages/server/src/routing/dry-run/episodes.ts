import type { ConversationState } from '../../journal/index.js';

/** What of a conversation that waits decides who gets it, and when. */
type Waiting = Pick<
  ConversationState,
  | '_id'
  | 'workspaceId'
  | 'brandId'
  | 'inboxId'
  | 'teamId'
  | 'contactId'
  | 'channel'
  | 'skills'
  | 'priority'
  | 'dueAt'
  | 'waitingSince'
  | 'lastAssigneeId'
  | 'rerouted'
>;

/** One wait of a conversation for somebody, and what became of it. Times are in milliseconds. */
export interface Episode {
  /** The conversation as it began to wait. */
  state: Waiting;
  since: number;
  /** Who got it, and when; null while nobody had. */
  given: { agentId: string; at: number } | null;
  /** When whoever had it had it no more, or it waited no more without having had anybody; null for not yet. */
  endedAt: number | null;
  /** How much of the time somebody had it, it waited for the customer or slept. */
  pendingMs: number;
}

/** Pure. The waits of one conversation, from every state it was in, the oldest first. */
export function episodesOf(states: readonly ConversationState[]): Episode[] {
  const episodes: Episode[] = [];
  let current: Episode | null = null;
  let before: ConversationState | null = null;
  for (const state of states) {
    const at = state.lastAt.getTime();
    if (current && before) addPending(current, before, at);
    if (current && hasEnded(current, state)) {
      current.endedAt = at;
      current = null;
    }
    if (!current && waits(state)) {
      current = { state, since: state.waitingSince?.getTime() ?? at, given: null, endedAt: null, pendingMs: 0 };
      episodes.push(current);
    }
    if (current && !current.given && state.assigneeId) current.given = { agentId: state.assigneeId, at };
    before = state;
  }
  return episodes;
}

const waits = ({ handler, status }: ConversationState): boolean => handler === 'queue' && status === 'open';

/** Routing's own moves are part of a wait; a person's are the end of it. */
function hasEnded({ given, state: began }: Episode, state: ConversationState): boolean {
  if (given) return state.handler !== 'agent';
  return !state.assigneeId && (!waits(state) || state.rerouted.homeTeamId !== began.rerouted.homeTeamId);
}

function addPending(episode: Episode, before: ConversationState, until: number): void {
  const isPending = before.status === 'pending' || before.status === 'snoozed';
  if (before.handler === 'agent' && isPending) episode.pendingMs += until - before.lastAt.getTime();
}
