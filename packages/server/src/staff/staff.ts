import type { Availability as Being, ChannelName, StaffRole } from '@helpline/protocol';
import { normalAddress } from '../contacts/index.js';
import type { Database } from '../platform/database.js';
import type { AgentCaller } from '../platform/doors.js';
import { notFound } from '../platform/errors.js';
import { hashOf } from '../platform/ids.js';
import { Availability, type Said } from './availability.js';
import { Connections } from './connections.js';
import { Guesses } from './guesses.js';
import { People } from './people.js';
import { Reasons } from './reasons.js';
import { callerOf } from './rules.js';
import { passwordHash, signIn } from './sign-in.js';
import { giveSlotBack, lead, membersWithSlotFor, renameSlot, setSlots, setUnits, takeSlot } from './slots.js';
import { firstStint } from './stints.js';
import { type Slot, type StaffMember, StaffStore } from './store.js';
import { Work } from './work.js';

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
  readonly availability: Availability;
  readonly reasons: Reasons;
  readonly connections: Connections;
  readonly work: Work;
  readonly people: People;
  readonly #store: StaffStore;
  readonly #guesses = new Guesses();
  readonly #changed: Changed[] = [];
  #leadership = 0;

  constructor(db: Database) {
    this.#store = new StaffStore(db);
    this.people = new People({
      store: this.#store,
      guesses: this.#guesses,
      add: (member) => this.add(member),
      tell: (member) => this.#tell(member),
    });
    this.reasons = new Reasons(db);
    this.connections = new Connections(db);
    this.work = new Work(db);
    this.availability = new Availability({
      store: this.#store,
      reasons: this.reasons,
      connections: this.connections,
      tell: (member) => this.#tell(member),
    });
  }

  async prepare(): Promise<void> {
    await Promise.all([this.#store, this.reasons, this.connections, this.work].map((one) => one.prepare()));
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
      stint: firstStint(new Date()),
      endedStints: [],
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
    return session && member && !member.leftAt ? callerOf(member, session._id) : null;
  }

  /** Who holds each of these sessions now. */
  async callersBySession(sessionIds: string[]): Promise<Map<string, AgentCaller>> {
    const valid = { _id: { $in: sessionIds }, expiresAt: { $gt: new Date() } };
    const sessions = await this.#store.sessions.find(valid).toArray();
    const ids = sessions.map(({ agentId }) => agentId);
    const members = await this.#store.agents.find({ _id: { $in: ids }, leftAt: { $exists: false } }).toArray();
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

  /** All who have not left, or those of them. */
  members(workspaceId: string, agentIds?: string[]): Promise<StaffMember[]> {
    const those = agentIds ? { _id: { $in: agentIds } } : {};
    return this.#store.agents
      .find({ workspaceId, ...those, leftAt: { $exists: false } })
      .sort({ name: 1 })
      .toArray();
  }

  setAvailability(agentId: string, availability: Being, said: Said = {}): Promise<StaffMember> {
    return this.availability.set(agentId, availability, said);
  }

  missedOffer(agentId: string, at = new Date()): Promise<void> {
    return this.availability.missedOffer(agentId, at);
  }

  /** This node gives conversations out now; whoever did so before it is given no slot any more. */
  async lead(token: number): Promise<void> {
    await lead(this.#store, token);
    this.#leadership = token;
  }

  async takeSlot(agentId: string, slot: Slot, force: boolean): Promise<boolean> {
    return this.#toldOf(await takeSlot(this.#store, agentId, slot, force, this.#leadership));
  }

  async giveSlotBack(agentId: string, slot: Slot): Promise<void> {
    this.#toldOf(await giveSlotBack(this.#store, agentId, slot));
  }

  async renameSlot(agentId: string, offeredAs: string, slot: Slot): Promise<boolean> {
    return this.#toldOf(await renameSlot(this.#store, agentId, offeredAs, slot));
  }

  async setUnits(agentId: string, slot: Slot, units: Slot['units']): Promise<void> {
    this.#toldOf(await setUnits(this.#store, agentId, slot, units));
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

  #toldOf(member: StaffMember | null): boolean {
    if (member) this.#tell(member);
    return member !== null;
  }

  #tell(member: StaffMember): void {
    for (const listener of this.#changed) listener(member);
  }
}
