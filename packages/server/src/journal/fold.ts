import type { Actor, ChannelName, Payloads, Priority, Skill, Status } from '@helpline/protocol';
import { type Entry, isCustomer, isKnown } from './entry.js';
import { lineOf, turnOf } from './queue.js';

/** Raise it whenever `fold` or the state changes: every stored state is then made anew from its entries. */
export const foldVersion = 7;

/** What a conversation is, after all its entries. Holds no text, so that redacting a text changes no state. */
export interface ConversationState {
  _id: string;
  foldVersion: number;
  workspaceId: string;
  brandId: string;
  inboxId: string;
  teamId: string | null;
  contactId: string;
  channel: ChannelName;
  status: Status;
  handler: 'bot' | 'queue' | 'agent' | 'none';
  assigneeId: string | null;
  /** The entry that made the present assignee; 0 without one. */
  assignedSeq: number;
  /** That entry's clientId, which the assignee's slot carries too. */
  assignedAs: string | null;
  seq: number;
  pub: number;
  startedAt: Date;
  lastAt: Date;
  /** Since when it waits in the queue; another team goes on with the wait of the one before. */
  waitingSince: Date | null;
  priority: Priority;
  dueAt: Date | null;
  /** Its place among all that wait, as text: the smallest is next. Null while it does not wait. */
  turn: string | null;
  /** Those it waits with for the same agents, by the name of their line. */
  line: string | null;
  /** What whoever gets it must be able to, besides what its inbox or team asks for. */
  skills: Skill[];
  /** Until when it sleeps, and the entry that said so; null where it does not. */
  snooze: { until: Date; seq: number } | null;
  /** What was promised to the customer and is still to be kept. */
  followUps: FollowUp[];
  /** For whom it is held while it waits, and which entry did that. */
  offer: { agentId: string; as: string; until: Date } | null;
  /** Who did not take it while it waited this time. */
  passedBy: string[];
  /** When the last of them passed it. */
  passedAt: Date | null;
  /** Where routing itself has moved it while it waited this time: from which team, how many steps on, and whether as that was closed. */
  rerouted: { homeTeamId: string | null; steps: number; asClosed: boolean };
  /** Who had it last, while nobody has it. */
  lastAssigneeId: string | null;
  firstMessageId: string;
  lastMessage: { id: string; seq: number; by: Actor['kind']; channel: ChannelName };
  /** The newest message by the customer, and where it came in. */
  lastCustomerMessage: { seq: number; channel: ChannelName } | null;
  /** Whether the customer ever wrote in the chat. */
  everInChat: boolean;
  /** The newest public message of each author. */
  writers: Record<string, number>;
  /** A newer node wrote something that this one does not understand: show it, decide nothing. */
  beyond: boolean;
}

/** A promise; its words stand in the entry with number `seq`. */
export interface FollowUp {
  id: string;
  seq: number;
  ownerId: string;
  dueAt: Date;
  /** It was due long ago, and others have been told. */
  isForgotten: boolean;
}

/** The state after one more entry. Pure; `null` is before the first. */
export function fold(state: ConversationState | null, entry: Entry): ConversationState {
  const next = state ? followedBy(state, entry) : opened(entry);
  return state && waitsAlike(state, next) ? next : { ...next, turn: turnOf(next), line: lineOf(next) };
}

/** Most entries are messages, which change nothing of how it waits. What did not change is the very same thing still. */
const waitsAlike = (before: ConversationState, after: ConversationState): boolean =>
  waiting.every((field) => before[field] === after[field]);

/** What `turn` and `line` are made of, but for what no entry changes. */
const waiting = [
  'waitingSince',
  'priority',
  'dueAt',
  'brandId',
  'teamId',
  'skills',
] as const satisfies readonly (keyof ConversationState)[];

function followedBy(state: ConversationState, entry: Entry): ConversationState {
  const next = { ...state, seq: entry.seq, pub: entry.pub, lastAt: entry.at };
  if (!isKnown(entry)) return { ...next, beyond: true };
  switch (entry.type) {
    case 'message':
      return wrote(next, entry);
    case 'assigned':
      return entry.payload.agentId === null
        ? putBack(next, entry)
        : assignedTo(next, entry.payload.agentId, entry.clientId);
    case 'status':
      return changedStatus(next, entry.payload, entry.at);
    case 'identified':
      return { ...next, contactId: entry.payload.contactId };
    case 'triaged':
      return needing(next, entry.payload);
    case 'transferred':
      return movedOn(next, entry.payload, entry.at);
    case 'offered':
      return {
        ...next,
        offer: { agentId: entry.payload.agentId, as: entry.clientId, until: new Date(entry.payload.until) },
      };
    case 'offer_ended':
      return passedBy(next, entry.payload, entry.at);
    case 'follow_up':
      return { ...next, followUps: promisedIn(next, entry.payload) };
    case 'note':
    case 'delivery':
    case 'redacted':
    case 'forwarded':
    case 'split_off':
      return next;
  }
}

/** The state after each of a conversation's entries, from its first on. */
export function statesAfter(entries: readonly Entry[]): ConversationState[] {
  const states: ConversationState[] = [];
  for (const entry of entries) states.push(fold(states.at(-1) ?? null, entry));
  return states;
}

export const foldAll = (state: ConversationState | null, entries: readonly Entry[]): ConversationState | null =>
  entries.reduce<ConversationState | null>(fold, state);

function opened(entry: Entry): ConversationState {
  if (entry.type !== 'message' || !entry.payload.opening)
    throw new Error(`Conversation ${entry.conversationId} does not begin with an opening message.`);
  const { workspaceId, brandId, inboxId, teamId, contactId, channel } = entry.payload.opening;
  const blank: ConversationState = {
    _id: entry.conversationId,
    foldVersion,
    workspaceId,
    brandId,
    inboxId,
    teamId,
    contactId,
    channel,
    status: 'open',
    handler: 'queue',
    assigneeId: null,
    assignedSeq: 0,
    assignedAs: null,
    seq: entry.seq,
    pub: entry.pub,
    startedAt: entry.at,
    lastAt: entry.at,
    waitingSince: entry.at,
    priority: entry.payload.opening.priority ?? 'normal',
    dueAt: null,
    turn: null,
    line: null,
    skills: [],
    snooze: null,
    followUps: [],
    offer: null,
    ...nobodyPassed,
    rerouted: atHome(teamId),
    lastAssigneeId: null,
    firstMessageId: entry._id,
    lastMessage: { id: entry._id, seq: entry.seq, by: entry.actor.kind, channel },
    lastCustomerMessage: null,
    everInChat: false,
    writers: {},
    beyond: !isKnown(entry),
  };
  return wrote(isCustomer(entry.actor) ? blank : { ...blank, ...waitingForCustomer }, entry);
}

/** We wrote first: nobody has to do anything until he answers. */
const waitingForCustomer = { status: 'pending', handler: 'none', waitingSince: null } as const;

function wrote(state: ConversationState, entry: Entry & { type: 'message' }): ConversationState {
  const { channel, automatic } = entry.payload;
  if (automatic && entry.actor.kind === 'system') return state; // no answer, and nothing to be seen first
  const next: ConversationState = {
    ...state,
    lastMessage: { id: entry._id, seq: entry.seq, by: entry.actor.kind, channel },
    writers: { ...state.writers, [entry.actor.id]: entry.seq },
  };
  if (!isCustomer(entry.actor)) return next;
  next.everInChat = state.everInChat || channel === 'chat';
  if (automatic) return next;
  next.lastCustomerMessage = { seq: entry.seq, channel };
  return state.status === 'open' ? next : changedStatus(next, { to: 'open' }, entry.at);
}

const nobodyPassed: Pick<ConversationState, 'passedBy' | 'passedAt'> = { passedBy: [], passedAt: null };
const waitsNoMore = { waitingSince: null, offer: null, ...nobodyPassed };

const atHome = (teamId: string | null) => ({ homeTeamId: teamId, steps: 0, asClosed: false });

function assignedTo(state: ConversationState, agentId: string, assignedAs: string): ConversationState {
  const mine = { assigneeId: agentId, assignedSeq: state.seq, assignedAs, lastAssigneeId: agentId };
  return { ...state, ...waitsNoMore, rerouted: atHome(state.teamId), ...mine, handler: 'agent' };
}

/** Nobody has it any more. What is open waits for somebody; what sleeps goes on sleeping, and will wait when it wakes. */
function queued(state: ConversationState, at: Date): ConversationState {
  const nobodys = {
    assigneeId: null,
    assignedSeq: 0,
    assignedAs: null,
    ...waitsNoMore,
    rerouted: atHome(state.teamId),
  };
  const waits = { handler: 'queue', waitingSince: at } as const;
  return { ...state, ...nobodys, ...(state.status === 'open' ? waits : { handler: 'none' }) };
}

/** Whoever puts it back himself is not the next to get it. */
function putBack(state: ConversationState, { actor, at }: Entry): ConversationState {
  const next = queued(state, at);
  const isHis = actor.kind === 'agent' && actor.id === state.assigneeId;
  return isHis && next.handler === 'queue' ? { ...next, passedBy: [actor.id], passedAt: at } : next;
}

function needing(state: ConversationState, { priority, dueAt, skills }: Payloads['triaged']): ConversationState {
  return {
    ...state,
    priority: priority ?? state.priority,
    dueAt: dueAt === undefined ? state.dueAt : dateOf(dueAt),
    skills: skills ?? state.skills,
  };
}

const dateOf = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

/** Whoever waits goes on waiting as long as he did: another team is no new beginning. */
function movedOn(
  state: ConversationState,
  { teamId, brandId, why }: Payloads['transferred'],
  at: Date,
): ConversationState {
  const { homeTeamId, steps, asClosed } = state.rerouted;
  const moved = { ...state, teamId, brandId: brandId ?? state.brandId };
  const next = state.handler === 'none' ? moved : queued(moved, state.waitingSince ?? at);
  if (why === 'overflow') return { ...next, rerouted: { homeTeamId, steps: steps + 1, asClosed } };
  if (why === 'closed') return { ...next, rerouted: { homeTeamId, steps, asClosed: true } };
  return { ...next, rerouted: atHome(teamId) };
}

function passedBy(state: ConversationState, { agentId, how }: Payloads['offer_ended'], at: Date): ConversationState {
  if (how === 'withdrawn') return { ...state, offer: null };
  return { ...state, offer: null, passedBy: [...state.passedBy.filter((id) => id !== agentId), agentId], passedAt: at };
}

function changedStatus(state: ConversationState, { to, until }: Payloads['status'], at: Date): ConversationState {
  const snooze = to === 'snoozed' && until ? { until: new Date(until), seq: state.seq } : null;
  const next = { ...state, status: to, snooze };
  if (to === 'resolved' || to === 'closed') return { ...next, ...waitsNoMore, handler: 'none' };
  return state.handler === 'agent' ? next : queued(next, at);
}

function promisedIn(
  { followUps, seq }: ConversationState,
  { id, state, ...promise }: Payloads['follow_up'],
): FollowUp[] {
  if (state === 'kept' || state === 'cancelled') return followUps.filter((one) => one.id !== id);
  if (state === 'escalated') return followUps.map((one) => (one.id === id ? { ...one, isForgotten: true } : one));
  return [...followUps, { id, seq, ownerId: promise.ownerId, dueAt: new Date(promise.dueAt), isForgotten: false }];
}
