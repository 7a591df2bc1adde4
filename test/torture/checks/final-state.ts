import type { Delivery, LedgerLine } from '@helpline/server/dist/channels/email/store.js';
import type { Seen } from '@helpline/server/dist/conversations/store.js';
import type { ConversationState, Entry } from '@helpline/server/dist/journal/index.js';
import type { StaffMember } from '@helpline/server/dist/staff/store.js';
import type { ClientView } from '../history.js';

/** An agent as stored, without what is secret. */
export type AgentState = Omit<StaffMember, 'passwordHash' | 'email' | 'name' | 'stint' | 'endedStints'>;

/** One change of the database: the entries that were written and the agents as they became, in the order of the commits. */
export type Change = { kind: 'entry'; id: string; wall: Date } | { kind: 'agent'; agent: AgentState; wall: Date };

/** A mail that the sink was given. `accepted` when it has said 250 (the sender may never have heard it). */
export interface SinkMail {
  at: number;
  messageId: string;
  to: string[];
  /** The key in its text. */
  key: string | null;
  accepted: boolean;
}

/** A mail that lies in the support mailbox at the end. */
export interface MailboxMail {
  key: string | null;
  uidValidity: string;
  uid: number;
}

/** While a fault lasted, by the history's clock. */
export interface FaultSpan {
  fault: string;
  from: number;
  until: number;
}

/** What one process holds on to. */
export interface Resources {
  node: string;
  rssMb: number;
  sockets: number;
  fileDescriptors: number;
  cursors: number;
}

/** All that is there once everything has healed and come to rest, read with majority. */
export interface FinalState {
  /** By conversation, then by `seq`. */
  entries: Entry[];
  /** The stored states. */
  conversations: ConversationState[];
  agents: AgentState[];
  /** Null where they were not followed. */
  changes: Change[] | null;
  seen: Seen[];
  deliveries: Delivery[];
  ledger: LedgerLine[];
  mailbox: MailboxMail[];
  sink: SinkMail[];
  /** Of every client: how its lists ended, what its page shows, and how a fresh one of the same session begins. */
  views: ClientView[];
  /** Whose agent a client is. */
  agentOf: Record<string, string>;
  faults: FaultSpan[];
  /** When all this was read, by the history's clock and by the wall's. */
  readAt: number;
  readAtWall: Date;
  resources: { before: Resources[]; after: Resources[] };
}

export const emptyFinalState = (): FinalState => ({
  entries: [],
  conversations: [],
  agents: [],
  changes: null,
  seen: [],
  deliveries: [],
  ledger: [],
  mailbox: [],
  sink: [],
  views: [],
  agentOf: {},
  faults: [],
  readAt: 0,
  readAtWall: new Date(0),
  resources: { before: [], after: [] },
});
