import type { Availability, ChannelName, StaffRole } from '@helpline/protocol';
import { normalAddress } from '../contacts/index.js';
import type { Database } from '../platform/database.js';
import type { AgentCaller } from '../platform/doors.js';
import { notFound } from '../platform/errors.js';
import { hashOf } from '../platform/ids.js';
import { Guesses } from './guesses.js';
import { callerOf } from './rules.js';
import { passwordHash, signIn } from './sign-in.js';
import { giveSlotBack, membersWithSlotFor, setSlots, setUnits, takeSlot } from './slots.js';
import { type Slot, type StaffMember, StaffStore } from './store.js';

export interface NewMember {
  _id: string;
  workspaceId: string;
  name: string;
  email: string;
  password: string;
  role: StaffRole;
  brandIds: 'all' | string[];
  teamIds: string[];
  capacity: Record<ChannelName, number>;
}

type Changed = (member: StaffMember) => void;

/** The people of the desk: who they are, whether they are there, how much they can take. */
export class Staff {
  readonly #store: StaffStore;
  readonly #guesses = new Guesses();
  readonly #changed: Changed[] = [];

  constructor(db: Database) {
    this.#store = new StaffStore(db);
  }

  prepare(): Promise<void> {
    return this.#store.prepare();
  }

  /** Hints that somebody's availability or slots changed. */
  onChanged(listener: Changed): void {
    this.#changed.push(listener);
  }

  /** Creates the member, or leaves who is there. */
  async add({ password, ...member }: NewMember): Promise<void> {
    if (await this.#store.agents.findOne({ _id: member._id }, { projection: { _id: 1 } })) return;
    await this.#store.agents.insertOne({
      ...member,
      email: normalAddress(member.email),
      passwordHash: await passwordHash(password),
      availability: 'offline',
      used: { chat: 0, email: 0 },
      slots: [],
      atOnce: null,
      isTrainee: false,
      skills: [],
      lastAssignedAt: new Date(0),
    });
  }

  /** Throws `wrong_credentials`, and `too_many` after many of them from one place. */
  async signIn(email: string, password: string, ip: string): Promise<{ member: StaffMember; token: string }> {
    const account = normalAddress(email);
    await this.#guesses.count(account, ip);
    const signedIn = await signIn(this.#store, account, password);
    await this.#guesses.forgive(account, ip);
    return signedIn;
  }

  async signOut(sessionId: string): Promise<void> {
    await this.#store.sessions.deleteOne({ _id: sessionId });
  }

  /** Who holds this session token; null if nobody (any more). */
  async callerByToken(token: string): Promise<AgentCaller | null> {
    const session = await this.#store.sessions.findOne({ _id: hashOf(token), expiresAt: { $gt: new Date() } });
    const member = session && (await this.#store.agents.findOne({ _id: session.agentId }));
    return session && member ? callerOf(member, session._id) : null;
  }

  /** Who holds each of these sessions now. */
  async callersBySession(sessionIds: string[]): Promise<Map<string, AgentCaller>> {
    const valid = { _id: { $in: sessionIds }, expiresAt: { $gt: new Date() } };
    const sessions = await this.#store.sessions.find(valid).toArray();
    const members = await this.#store.agents.find({ _id: { $in: sessions.map(({ agentId }) => agentId) } }).toArray();
    const byId = new Map(members.map((member) => [member._id, member]));
    const callers = sessions.map(({ _id, agentId }) => [_id, byId.get(agentId)] as const);
    return new Map(callers.flatMap(([id, member]) => (member ? [[id, callerOf(member, id)] as const] : [])));
  }

  /** Throws `not_found`, also for somebody of another workspace. */
  async member(workspaceId: string, agentId: string): Promise<StaffMember> {
    const member = await this.#store.agents.findOne({ _id: agentId, workspaceId });
    if (!member) throw notFound();
    return member;
  }

  async memberByEmail(workspaceId: string, email: string): Promise<StaffMember | null> {
    return this.#store.agents.findOne({ email: normalAddress(email), workspaceId });
  }

  members(workspaceId: string): Promise<StaffMember[]> {
    return this.#store.agents.find({ workspaceId }).sort({ name: 1 }).toArray();
  }

  async setAvailability(agentId: string, availability: Availability): Promise<StaffMember> {
    const member = await this.#store.agents.findOneAndUpdate(
      { _id: agentId },
      { $set: { availability } },
      { returnDocument: 'after' },
    );
    if (!member) throw notFound();
    this.#tell(member);
    return member;
  }

  async takeSlot(agentId: string, slot: Slot, force: boolean): Promise<boolean> {
    const taken = await takeSlot(this.#store, agentId, slot, force);
    if (taken) await this.#tellById(agentId);
    return taken;
  }

  async giveSlotBack(agentId: string, slot: Slot): Promise<void> {
    if (await giveSlotBack(this.#store, agentId, slot)) await this.#tellById(agentId);
  }

  async setUnits(agentId: string, slot: Slot, units: Slot['units']): Promise<void> {
    if (await setUnits(this.#store, agentId, slot, units)) await this.#tellById(agentId);
  }

  membersWithSlotFor(conversationId: string): Promise<StaffMember[]> {
    return membersWithSlotFor(this.#store, conversationId);
  }

  /** Of all workspaces, one after the other. */
  everybody(): AsyncIterable<StaffMember> {
    return this.#store.agents.find().sort({ _id: 1 });
  }

  /** Puts these slots in the place of those that the member was read with; if they have changed since, does nothing. */
  setSlots(member: StaffMember, slots: Slot[]): Promise<void> {
    return setSlots(this.#store, member, slots);
  }

  membersWithSlots(): Promise<StaffMember[]> {
    return this.#store.agents.find({ 'slots.0': { $exists: true } }).toArray();
  }

  async #tellById(agentId: string): Promise<void> {
    const member = await this.#store.agents.findOne({ _id: agentId });
    if (member) this.#tell(member);
  }

  #tell(member: StaffMember): void {
    for (const listener of this.#changed) listener(member);
  }
}
