import type { Availability, ChannelName, Skill, StaffRole } from '@helpline/protocol';
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
  takenAt: Date;
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
  capacity: Record<ChannelName, number>;
  used: Record<ChannelName, number>;
  slots: Slot[];
  /** As many in all, whatever the channels would allow; null for no such limit. */
  atOnce: number | null;
  isTrainee: boolean;
  skills: Skill[];
  /** When a conversation was last given to him; of equals, whoever waited longest is next. */
  lastAssignedAt: Date;
}

export interface StaffSession {
  /** The hash of the token that the cookie holds. */
  _id: string;
  agentId: string;
  expiresAt: Date;
}

export class StaffStore {
  readonly agents: Collection<StaffMember>;
  readonly sessions: Collection<StaffSession>;

  constructor(db: Database) {
    this.agents = db.collection<StaffMember>('agents');
    this.sessions = db.collection<StaffSession>('staffSessions');
  }

  async prepare(): Promise<void> {
    await this.agents.createIndexes([
      { key: { email: 1 }, unique: true },
      { key: { workspaceId: 1, availability: 1 } },
      { key: { 'slots.conversationId': 1 } },
    ]);
    const usual = { atOnce: null, isTrainee: false, skills: [] };
    await this.agents.updateMany({ atOnce: { $exists: false } }, { $set: usual }); // who came before there was such a thing
    const withoutUnits = { slots: { $elemMatch: { units: { $exists: false } } } };
    await this.agents.updateMany(
      withoutUnits,
      { $set: { 'slots.$[old].units': 1 } },
      { arrayFilters: [{ 'old.units': { $exists: false } }] },
    );
    await this.sessions.createIndexes([{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }, { key: { agentId: 1 } }]);
  }
}
