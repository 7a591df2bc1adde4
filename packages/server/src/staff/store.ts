import type { Availability, ChannelName, SetBy, Skill, StaffRole } from '@helpline/protocol';
import type { Collection, Database } from '../platform/database.js';

/** A place of an agent's capacity, taken for the very entry that assigns the conversation: anybody can settle it by repeating that insert. */
export interface Slot {
  conversationId: string;
  /** The number the `assigned` entry is to have. */
  seq: number;
  clientId: string;
  channel: ChannelName;
  /** Where the conversation is, for how much of an inbox and of a team is in hand. */
  inboxId: string;
  teamId: string | null;
  /** How much of the capacity it takes: none while the conversation waits for the customer, where that is set so. */
  units: 0 | 1;
  /** Until when he may accept it, where it is only offered to him. */
  offeredUntil?: Date;
  takenAt: Date;
}

/** Of the workspace's own list, as it was called when somebody gave it. */
export interface Reason {
  id: string;
  name: string;
}

/** The present stretch of a member's availability. */
export interface Stint {
  /** Counted up by each change. */
  n: number;
  since: Date;
  by: SetBy;
  reason: Reason | null;
  /** When it ends by itself. */
  until: Date | null;
  /** The conversation he wraps up. */
  conversationId: string | null;
}

export interface EndedStint extends Pick<Stint, 'n' | 'by' | 'reason'> {
  availability: Availability;
  from: Date;
  to: Date;
}

interface StoredInterval extends EndedStint {
  /** Agent and number. */
  _id: string;
  agentId: string;
  workspaceId: string;
}

export interface StaffMember {
  _id: string;
  workspaceId: string;
  name: string;
  email: string;
  passwordHash: string;
  role: StaffRole;
  brandIds: 'all' | string[];
  teamIds: string[];
  availability: Availability;
  stint: Stint;
  /** Not yet written down among the intervals. */
  endedStints: EndedStint[];
  capacity: Record<ChannelName, number>;
  used: Record<ChannelName, number>;
  slots: Slot[];
  /** The newest leadership that gives him conversations: one of the past may not any more. */
  ledBy?: number;
  /** As many in all, whatever the channels would allow; null for no such limit. */
  atOnce: number | null;
  isTrainee: boolean;
  skills: Skill[];
  /** When a conversation was last given to him; of equals, whoever waited longest is next. */
  lastAssignedAt: Date;
  /** Since when he is of the staff no more. */
  leftAt?: Date;
  hasOneTimePassword?: true;
}

export interface StaffSession {
  /** The hash of the token that the cookie holds. */
  _id: string;
  agentId: string;
  expiresAt: Date;
}

/** Written to by every change that could leave a workspace without an admin. */
interface StaffGuard {
  /** The workspace. */
  _id: string;
  changes: number;
}

export class StaffStore {
  readonly db: Database;
  readonly agents: Collection<StaffMember>;
  readonly sessions: Collection<StaffSession>;
  readonly guards: Collection<StaffGuard>;
  readonly intervals: Collection<StoredInterval>;

  constructor(db: Database) {
    this.db = db;
    this.guards = db.collection<StaffGuard>('staffGuards');
    this.agents = db.collection<StaffMember>('agents');
    this.sessions = db.collection<StaffSession>('staffSessions');
    this.intervals = db.collection<StoredInterval>('availabilityIntervals');
  }

  async prepare(): Promise<void> {
    await this.agents.createIndexes([
      { key: { email: 1 }, unique: true },
      { key: { workspaceId: 1, availability: 1 } },
      { key: { 'slots.conversationId': 1 } },
      { key: { availability: 1, 'stint.by.why': 1, _id: 1 } },
      { key: { 'endedStints.n': 1 }, sparse: true },
    ]);
    const stint = { n: 1, since: '$$NOW', by: { kind: 'self' }, reason: null, until: null, conversationId: null };
    await this.agents.updateMany({ stint: { $exists: false } }, [{ $set: { stint, endedStints: [] } }]); // who came before there was such a thing
    const usual = { atOnce: null, isTrainee: false, skills: [] };
    await this.agents.updateMany({ atOnce: { $exists: false } }, { $set: usual });
    const withoutUnits = { slots: { $elemMatch: { units: { $exists: false } } } };
    await this.agents.updateMany(
      withoutUnits,
      { $set: { 'slots.$[old].units': 1 } },
      { arrayFilters: [{ 'old.units': { $exists: false } }] },
    );
    await this.sessions.createIndexes([{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }, { key: { agentId: 1 } }]);
  }
}
