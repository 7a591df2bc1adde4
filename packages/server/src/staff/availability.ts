import type { AvailabilityInterval, Availability as Being, SetBy, WorkKind } from '@helpline/protocol';
import { notFound } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { Connections } from './connections.js';
import { keepAvailability } from './keep-availability.js';
import type { Reasons } from './reasons.js';
import { kindOfWork } from './rules.js';
import { beginStint, intervalsOf, type NewStint, unless } from './stints.js';
import type { StaffMember, StaffStore } from './store.js';

interface Parts {
  store: StaffStore;
  reasons: Reasons;
  connections: Connections;
  tell: (member: StaffMember) => void;
}

/** Who says how somebody is, if not himself, and why, by a reason of the workspace's own. */
export interface Said {
  by?: SetBy;
  reasonId?: string | undefined;
}

/** How the people of the desk are: by their own word, a supervisor's, or the desk's. */
export class Availability {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws `unprocessable` for a reason that is none for being so. */
  async set(agentId: string, availability: Being, { reasonId, by = { kind: 'self' } }: Said): Promise<StaffMember> {
    const { store, reasons } = this.#parts;
    const before = await store.agents.findOne({ _id: agentId });
    if (!before) throw notFound();
    const reason = reasonId ? await reasons.forBeing(before.workspaceId, availability, reasonId) : null;
    const next = { availability, by, reason };
    return (await this.#begin(agentId, next, unless(next))) ?? before;
  }

  /** He let an offer pass that ran out then, so he is busy, unless he has said since how he is. */
  async missedOffer(agentId: string, at: Date): Promise<void> {
    const busy: NewStint = { availability: 'busy', by: { kind: 'desk', why: 'missed_offer' } };
    await this.#begin(agentId, busy, { availability: 'available', 'stint.since': { $lte: at } });
  }

  /** He resolved a conversation then, and has some time to himself, unless he was not available or is so anew. */
  async wrapUp(agentId: string, conversationId: string, resolvedAt: Date, until: Date): Promise<void> {
    const by: SetBy = { kind: 'desk', why: 'resolved' };
    const wrapUp: NewStint = { availability: 'wrap_up', by, until, conversationId };
    const wasThere = { availability: 'available', 'stint.since': { $lte: resolvedAt } } as const;
    if (await this.#begin(agentId, wrapUp, wasThere)) return;
    const extended = await this.#parts.store.agents.findOneAndUpdate(
      { _id: agentId, availability: 'wrap_up', 'stint.by.why': by.why, 'stint.until': { $lt: until } },
      { $set: { 'stint.until': until, 'stint.conversationId': conversationId } },
      { returnDocument: 'after' },
    );
    if (extended) this.#parts.tell(extended);
  }

  /** What having a conversation open is to him; null for no work: who is away has only left it open. */
  async kindOfWork(agentId: string, conversationId: string, isFocused: boolean): Promise<WorkKind | null> {
    const projection = { availability: 1, stint: 1 };
    const member = await this.#parts.store.agents.findOne({ _id: agentId }, { projection });
    return member && kindOfWork(member, conversationId, isFocused);
  }

  /** How he was between these moments. */
  intervals(member: StaffMember, from: Date, to: Date): Promise<AvailabilityInterval[]> {
    return intervalsOf(this.#parts.store, member, from, to);
  }

  /** Ends what ends by itself and looks who is gone or back, on the leading node, until `held` aborts. */
  keep(held: AbortSignal, awayAfterMs: number, log: Logger): Promise<void> {
    return keepAvailability({ ...this.#parts, awayAfterMs, log }, held);
  }

  async #begin(agentId: string, next: NewStint, onlyIf: Parameters<typeof beginStint>[3]): Promise<StaffMember | null> {
    const member = await beginStint(this.#parts.store, agentId, next, onlyIf);
    if (member) this.#parts.tell(member);
    return member;
  }
}
