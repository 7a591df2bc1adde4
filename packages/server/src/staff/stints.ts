import type { Availability, AvailabilityInterval, SetBy } from '@helpline/protocol';
import type { Filter } from '../platform/database.js';
import type { EndedStint, Reason, StaffMember, StaffStore, Stint } from './store.js';

/** How somebody is to be from now on. */
export interface NewStint {
  availability: Availability;
  by: SetBy;
  reason?: Reason | null;
  /** When it is to end by itself. */
  until?: Date | null;
  /** The conversation he wraps up. */
  conversationId?: string | null;
}

/** What whoever comes first begins with. */
export const firstStint = (since: Date): Stint => ({
  n: 1,
  since,
  by: { kind: 'self' },
  reason: null,
  until: null,
  conversationId: null,
});

/**
 * Begins another stretch if `onlyIf` holds; gives the member as he is then, or null. It is one update of his own
 * document: what ends and what begins meet in one moment of the database's clock, and what ended waits there until it
 * is written down.
 */
export async function beginStint(
  store: StaffStore,
  agentId: string,
  { availability, by, reason = null, until = null, conversationId = null }: NewStint,
  onlyIf: Filter<StaffMember> = {},
): Promise<StaffMember | null> {
  const now = { $max: ['$$NOW', '$stint.since'] };
  const { n, since, ...said } = { n: '$stint.n', since: '$stint.since', by: '$stint.by', reason: '$stint.reason' };
  const ended = { n, availability: '$availability', ...said, from: since, to: now };
  const begun = { n: { $add: [n, 1] }, since: now };
  const stint = { $mergeObjects: [{ $literal: { by, reason, until, conversationId } }, begun] };
  const endedStints = { $concatArrays: ['$endedStints', [ended]] };
  return store.agents.findOneAndUpdate({ ...onlyIf, _id: agentId }, [{ $set: { availability, stint, endedStints } }], {
    returnDocument: 'after',
  });
}

/** Nothing ends where nothing would be new. */
export const unless = ({ availability, by, reason }: NewStint): Filter<StaffMember> => ({
  $nor: [{ availability, 'stint.by.kind': by.kind, 'stint.reason.id': reason?.id ?? null }],
});

/** Puts what ended into its collection. Repeated, or done by two at once, it is the same. */
export async function writeEndedDown(store: StaffStore): Promise<void> {
  for await (const member of store.agents.find({ 'endedStints.n': { $exists: true } })) {
    const { _id: agentId, workspaceId, endedStints } = member;
    await store.intervals.bulkWrite(
      endedStints.map((ended) => ({
        updateOne: {
          filter: { _id: `${agentId}:${ended.n}` },
          update: { $setOnInsert: { agentId, workspaceId, ...ended } },
          upsert: true,
        },
      })),
    );
    const written = endedStints.map(({ n }) => n);
    await store.agents.updateOne({ _id: agentId }, { $pull: { endedStints: { n: { $in: written } } } });
  }
}

/** How he was between these moments. The member was read before, so that nothing slips through while it is written down. */
export async function intervalsOf(
  store: StaffStore,
  member: StaffMember,
  from: Date,
  to: Date,
): Promise<AvailabilityInterval[]> {
  const written = await store.intervals.find({ agentId: member._id, to: { $gt: from }, from: { $lt: to } }).toArray();
  const { n, by, reason, since } = member.stint;
  const open = { n, availability: member.availability, by, reason, from: since, to: null };
  const byNumber = new Map([...written, ...member.endedStints, open].map((one) => [one.n, one]));
  return [...byNumber.values()]
    .filter((one) => one.from < to && (one.to === null || one.to > from))
    .toSorted((a, b) => a.n - b.n)
    .map(intervalView);
}

const intervalView = ({
  availability,
  by,
  reason,
  from,
  to,
}: Omit<EndedStint, 'to'> & { to: Date | null }): AvailabilityInterval => ({
  availability,
  by,
  reason,
  from: from.toISOString(),
  to: to?.toISOString() ?? null,
});
