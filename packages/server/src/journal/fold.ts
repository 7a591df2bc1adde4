import type { Actor, ChannelName, Status } from '@helpline/protocol';
import { type Entry, isCustomer, isKnown } from './entry.js';

/** Raise it whenever `fold` or the state changes: every stored state is then made anew from its entries. */
export const foldVersion = 2;

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
  /** Since when it waits in the queue. */
  waitingSince: Date | null;
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

/** The state after one more entry. Pure; `null` is before the first. */
export function fold(state: ConversationState | null, entry: Entry): ConversationState {
  if (!state) return opened(entry);
  const next = { ...state, seq: entry.seq, pub: entry.pub, lastAt: entry.at };
  if (!isKnown(entry)) return { ...next, beyond: true };
  switch (entry.type) {
    case 'message':
      return wrote(next, entry);
    case 'assigned':
      return entry.payload.agentId === null
        ? queued(next, entry.at)
        : assignedTo(next, entry.payload.agentId, entry.clientId);
    case 'status':
      return changedStatus(next, entry.payload.to, entry.at);
    case 'identified':
      return { ...next, contactId: entry.payload.contactId };
    case 'note':
    case 'delivery':
    case 'redacted':
    case 'forwarded':
    case 'split_off':
      return next;
  }
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
  return state.status === 'open' ? next : changedStatus(next, 'open', entry.at);
}

function assignedTo(state: ConversationState, agentId: string, assignedAs: string): ConversationState {
  return { ...state, assigneeId: agentId, assignedSeq: state.seq, assignedAs, handler: 'agent', waitingSince: null };
}

function queued(state: ConversationState, at: Date): ConversationState {
  return { ...state, assigneeId: null, assignedSeq: 0, assignedAs: null, handler: 'queue', waitingSince: at };
}

function changedStatus(state: ConversationState, to: Status, at: Date): ConversationState {
  const next = { ...state, status: to };
  const wasNobodys = state.handler === 'none';
  if (to === 'resolved' || to === 'closed') return { ...next, handler: 'none', waitingSince: null };
  return wasNobodys ? queued(next, at) : next;
}
