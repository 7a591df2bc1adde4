import type { ChannelName } from '@helpline/protocol';
import type { Slot, StaffMember } from '../../staff/index.js';
import { type Policy, type PolicyOf, policyOf } from './policies.js';
import type { Situation } from './policy.js';

interface Place {
  kind: 'inbox' | 'team';
  id: string;
  channel: ChannelName;
}

type Placed = Pick<Slot, 'inboxId' | 'teamId' | 'channel'>;

/**
 * How much of each inbox and team is in hand, as far as somebody set how much that may be: for an inbox its own policy
 * or that of the workspace, for a team its own.
 *
 * Counting the slots in memory keeps the ceilings although no single document holds such a count: only one node adds
 * slots by itself, since the agents' documents refuse those of a leader of the past (`Staff.lead`), and it knows all
 * its own. What people add meanwhile by hand may come on top, as it may to an agent's own capacity.
 */
export class Ceilings {
  readonly #policies: readonly Policy[];
  readonly #policyOf: PolicyOf;
  readonly #inHand = new Map<string, Place & { units: number }>();
  readonly #isAny: boolean;

  constructor(policies: readonly Policy[], members: Iterable<StaffMember>) {
    this.#policies = policies;
    this.#policyOf = policyOf(policies);
    this.#isAny = policies.some(({ settings: { ceilings } }) => ceilings.chat !== null || ceilings.email !== null);
    if (this.#isAny) for (const { slots } of members) for (const slot of slots) this.add(slot, slot.units);
  }

  add(placed: Placed, units = 1): void {
    if (!this.#isAny) return;
    for (const place of placesOf(placed)) {
      const key = keyOf(place);
      this.#inHand.set(key, { ...place, units: (this.#inHand.get(key)?.units ?? 0) + units });
    }
  }

  fullFor(placed: Placed): Situation['full'] {
    const full = this.#isAny && placesOf(placed).find((place) => this.#isFull(place));
    if (!full) return null;
    return full.kind === 'inbox' ? 'inbox_at_ceiling' : 'team_at_ceiling';
  }

  #isFull(place: Place): boolean {
    const ceiling = this.#ceilingOf(place);
    return ceiling !== null && (this.#inHand.get(keyOf(place))?.units ?? 0) >= ceiling;
  }

  #ceilingOf({ kind, id, channel }: Place): number | null {
    if (kind === 'inbox') return this.#policyOf({ inboxId: id, teamId: null }).settings.ceilings[channel];
    const ofTeam = this.#policies.find(({ of }) => of?.kind === 'team' && of.id === id);
    return ofTeam?.settings.ceilings[channel] ?? null;
  }
}

const placesOf = ({ inboxId, teamId, channel }: Placed): Place[] => [
  { kind: 'inbox', id: inboxId, channel },
  ...(teamId ? [{ kind: 'team', id: teamId, channel } as const] : []),
];

const keyOf = ({ kind, id, channel }: Place): string => `${kind} ${channel} ${id}`;
