import type { ChannelName } from '@helpline/protocol';
import type { ConversationStore } from '../conversations/index.js';
import type { Journal } from '../journal/index.js';
import type { Staff, StaffMember } from '../staff/index.js';
import { type Policies, type Policy, type PolicyOf, policyOf } from './policies.js';
import type { Situation } from './policy.js';

export interface Parts {
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
  policies: Policies;
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
  #inHand: Map<string, number> | null = null;
  #isKnown = false;
  policies: Policy[] = [];
  policyOf: PolicyOf = policyOf([]);

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
    this.#inHand = null;
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
  took(agentId: string, conversation: Placed): void {
    const member = this.#members.get(agentId);
    if (!member) return;
    this.memberChanged(agentId);
    const { channel } = conversation;
    const used = { ...member.used, [channel]: member.used[channel] + 1 };
    this.#members.set(agentId, { ...member, used, lastAssignedAt: new Date() });
    for (const place of placesOf(conversation)) this.#count(place, 1);
  }

  /** Whether its inbox or team has as many in hand as it may. */
  fullFor({ inboxId, teamId, channel }: Placed): Situation['full'] {
    const ofInbox = this.policyOf({ inboxId, teamId: null }).settings.ceilings[channel];
    if (this.#isAt(ofInbox, placeOf('inbox', inboxId, channel))) return 'inbox_at_ceiling';
    const team = this.policies.find(({ of }) => of?.kind === 'team' && of.id === teamId);
    if (team && this.#isAt(team.settings.ceilings[channel], placeOf('team', teamId, channel))) return 'team_at_ceiling';
    return null;
  }

  #isAt(ceiling: number | null, place: string): boolean {
    return ceiling !== null && (this.#counts().get(place) ?? 0) >= ceiling;
  }

  #counts(): Map<string, number> {
    if (this.#inHand) return this.#inHand;
    this.#inHand = new Map();
    for (const { slots } of this.#members.values())
      for (const slot of slots) for (const place of placesOf(slot)) this.#count(place, slot.units);
    return this.#inHand;
  }

  #count(place: string, units: number): void {
    this.#inHand?.set(place, (this.#inHand.get(place) ?? 0) + units);
  }
}

interface Placed {
  inboxId: string;
  teamId: string | null;
  channel: ChannelName;
}

const placesOf = ({ inboxId, teamId, channel }: Placed): string[] => [
  placeOf('inbox', inboxId, channel),
  ...(teamId ? [placeOf('team', teamId, channel)] : []),
];

const placeOf = (kind: 'inbox' | 'team', id: string | null, channel: ChannelName): string => `${kind} ${channel} ${id}`;
