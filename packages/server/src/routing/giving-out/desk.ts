import type { ConversationStore } from '../../conversations/index.js';
import type { ConversationState, Journal } from '../../journal/index.js';
import type { Staff, StaffMember } from '../../staff/index.js';
import type { Workspaces } from '../../workspaces/index.js';
import { Ceilings } from '../policy/ceilings.js';
import { type Policies, type Policy, type PolicyOf, policyOf } from '../policy/policies.js';

export interface Parts {
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
  policies: Policies;
  workspaces: Pick<Workspaces, 'teams'>;
}

/**
 * What routing knows of a workspace: who is there, what each has, and how it is to be given out. Of all this only what
 * changed is read again, and others write too, so it may be of a moment ago: then a claim that rests on it is refused.
 */
export class Desk {
  readonly parts: Parts;
  readonly workspaceId: string;
  readonly #members = new Map<string, StaffMember>();
  readonly #changed = new Set<string>();
  #isKnown = false;
  policies: Policy[] = [];
  policyOf: PolicyOf = policyOf([]);
  ceilings = new Ceilings([], []);

  constructor(parts: Parts, workspaceId: string) {
    this.parts = parts;
    this.workspaceId = workspaceId;
  }

  /** Anything may have changed. */
  forget(): void {
    this.#isKnown = false;
  }

  memberChanged(agentId: string): void {
    this.#changed.add(agentId);
  }

  /** What is told meanwhile is read the next time. */
  async refresh(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    try {
      if (!this.#isKnown) await this.#readAll();
      else if (changed.length > 0) await this.#read(changed);
    } catch (error) {
      this.forget();
      throw error;
    }
    this.ceilings = new Ceilings(this.policies, this.#members.values());
  }

  async #readAll(): Promise<void> {
    this.#isKnown = true;
    const { staff, policies } = this.parts;
    const [members, set] = await Promise.all([staff.members(this.workspaceId), policies.all(this.workspaceId)]);
    this.#members.clear();
    for (const member of members) this.#members.set(member._id, member);
    this.policies = set;
    this.policyOf = policyOf(set);
  }

  async #read(agentIds: string[]): Promise<void> {
    const members = await this.parts.staff.members(this.workspaceId, agentIds);
    for (const agentId of agentIds) this.#members.delete(agentId);
    for (const member of members) this.#members.set(member._id, member);
  }

  get members(): StaffMember[] {
    return [...this.#members.values()];
  }

  /** He was given it. */
  took(agentId: string, conversation: ConversationState): void {
    this.memberChanged(agentId);
    this.ceilings.add(conversation);
    const member = this.#members.get(agentId);
    if (!member) return;
    const { channel } = conversation;
    const used = { ...member.used, [channel]: member.used[channel] + 1 };
    this.#members.set(agentId, { ...member, used, lastAssignedAt: new Date() });
  }
}
