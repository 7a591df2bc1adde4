import { randomBytes } from 'node:crypto';
import type { PersonSettings } from '@helpline/protocol';
import argon2 from 'argon2';
import { isDuplicateKey } from '../platform/database.js';
import { DeskError, notFound } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import type { Guesses } from './guesses.js';
import { keepingAnAdmin } from './last-admin.js';
import { passwordHash } from './sign-in.js';
import type { NewMember } from './staff.js';
import type { StaffMember, StaffStore } from './store.js';

interface WithPassword {
  member: StaffMember;
  /** Known to nobody else, and kept nowhere. */
  password: string;
}

interface Parts {
  store: StaffStore;
  guesses: Guesses;
  add: (member: NewMember) => Promise<void>;
  tell: (member: StaffMember) => void;
}

/** Who belongs to the staff, and how each gets in. */
export class People {
  readonly #store: StaffStore;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#store = parts.store;
    this.#parts = parts;
  }

  /** Also those who have left. */
  all(workspaceId: string): Promise<StaffMember[]> {
    return this.#store.agents.find({ workspaceId }).sort({ name: 1, _id: 1 }).toArray();
  }

  /** Throws `conflict` where somebody has the address already. */
  async add(workspaceId: string, email: string, settings: PersonSettings): Promise<WithPassword> {
    const password = oneTimePassword();
    const agentId = newId();
    try {
      await this.#parts.add({ _id: agentId, workspaceId, email, password, ...settings });
    } catch (error) {
      if (isDuplicateKey(error)) throw taken();
      throw error;
    }
    const rest = { $set: { ...settings, hasOneTimePassword: true as const } };
    return { member: await this.#change(workspaceId, agentId, rest), password };
  }

  /** Throws `unprocessable` where nobody would be left to manage the staff. */
  update(workspaceId: string, agentId: string, settings: PersonSettings): Promise<StaffMember> {
    return this.#change(workspaceId, agentId, { $set: settings });
  }

  /** He is signed out everywhere, and can't sign in. Throws `unprocessable` as `update` does. */
  async deactivate(workspaceId: string, agentId: string): Promise<StaffMember> {
    const member = await this.#change(workspaceId, agentId, { $set: { leftAt: new Date() } });
    await this.#signOutEverywhere(agentId);
    return member;
  }

  async reactivate(workspaceId: string, agentId: string): Promise<WithPassword> {
    await this.#change(workspaceId, agentId, { $unset: { leftAt: '' } });
    return this.resetPassword(workspaceId, agentId);
  }

  /** In place of one that was forgotten; he is signed out everywhere. */
  async resetPassword(workspaceId: string, agentId: string): Promise<WithPassword> {
    const password = oneTimePassword();
    const hash = await passwordHash(password);
    const change = { $set: { passwordHash: hash, hasOneTimePassword: true as const } };
    const member = await this.#change(workspaceId, agentId, change);
    await this.#signOutEverywhere(agentId);
    return { member, password };
  }

  /** His own; gives the sessions that ended by it, which are all but this one. Throws `wrong_credentials`, and `too_many` after many of them. */
  async setPassword(agentId: string, sessionId: string, { current, password, ip }: NewPassword): Promise<string[]> {
    const member = await this.#store.agents.findOne({ _id: agentId });
    if (!member) throw notFound();
    await this.#parts.guesses.count(member.email, ip);
    if (!(await argon2.verify(member.passwordHash, current))) throw wrongPassword();
    await this.#parts.guesses.forgive(member.email, ip);
    const change = {
      $set: { passwordHash: await passwordHash(password) },
      $unset: { hasOneTimePassword: '' as const },
    };
    const changed = await this.#store.agents.findOneAndUpdate({ _id: agentId }, change, { returnDocument: 'after' });
    if (changed) this.#parts.tell(changed);
    const others = { agentId, _id: { $ne: sessionId } };
    const ended = await this.#store.sessions.find(others).toArray();
    await this.#store.sessions.deleteMany(others);
    return ended.map(({ _id }) => _id);
  }

  /** Everybody does: the team is no more. */
  async leaveTeam(workspaceId: string, teamId: string): Promise<void> {
    await this.#store.agents.updateMany({ workspaceId, teamIds: teamId }, { $pull: { teamIds: teamId } });
  }

  async #change(workspaceId: string, agentId: string, change: Change): Promise<StaffMember> {
    const member = await keepingAnAdmin(this.#store, workspaceId, (session) =>
      this.#store.agents.findOneAndUpdate({ _id: agentId, workspaceId }, change, { session, returnDocument: 'after' }),
    );
    if (!member) throw notFound();
    this.#parts.tell(member);
    return member;
  }

  async #signOutEverywhere(agentId: string): Promise<void> {
    await this.#store.sessions.deleteMany({ agentId });
  }
}

type Change = { $set: Partial<StaffMember> } | { $unset: { leftAt: '' } };

interface NewPassword {
  current: string;
  password: string;
  /** From where. */
  ip: string;
}

/** 96 random bits, short enough to be read out. */
const oneTimePassword = (): string => randomBytes(12).toString('base64url');

const taken = (): DeskError =>
  new DeskError('conflict', { errors: [{ pointer: '/email', detail: 'Somebody has this address already.' }] });

const wrongPassword = (): DeskError =>
  new DeskError('wrong_credentials', { errors: [{ pointer: '/current', detail: 'This is not your password.' }] });
