import { type Entry, isKnown } from '../../../journal/entry.js';
import { fold } from '../../../journal/fold.js';
import type { ConversationState } from '../../../journal/index.js';
import type { Database } from '../../../platform/database.js';
import { canSee } from '../../../platform/visibility.js';
import { visibilityOf } from '../../../staff/index.js';
import type { StaffMember } from '../../../staff/store.js';
import { mayHave } from './staff.js';

/** Whatever routing gave to somebody while it was somebody's, or out of its turn. */
export async function assignedTwice(db: Database): Promise<string[]> {
  const findings: string[] = [];
  const states = new Map<string, ConversationState>();
  for await (const entry of db.collection<Entry>('entries').find().sort({ conversationId: 1, seq: 1 })) {
    const before = states.get(entry.conversationId) ?? null;
    if (entry.seq !== (before?.seq ?? 0) + 1) findings.push(`${entry.conversationId} has two entries of one number`);
    const isRouting = entry.type === 'assigned' && isKnown(entry) && entry.actor.id === 'routing';
    if (isRouting && before?.handler !== 'queue')
      findings.push(`${entry.conversationId} was ${before?.assigneeId}'s when routing gave it away`);
    states.set(entry.conversationId, fold(before, entry));
  }
  return findings;
}

/** Whose slot is of nothing that he has, and who has what he has no slot for. */
export async function unsettled(db: Database): Promise<string[]> {
  const members = await db.collection<StaffMember>('agents').find().toArray();
  const slots = members.flatMap((member) => member.slots.map(({ clientId }) => `${clientId} of ${member._id}`));
  const standing = await db.collection<ConversationState>('conversations').find({ handler: 'agent' }).toArray();
  const wanted = standing.map(({ assignedAs, assigneeId }) => `${assignedAs} of ${assigneeId}`);
  return [...slots.filter((slot) => !wanted.includes(slot)), ...wanted.filter((slot) => !slots.includes(slot))];
}

/** Somebody who is free beside somebody who waits and whom he could serve. */
async function freeBesideWaiting(db: Database): Promise<string | null> {
  const [members, waiting] = await Promise.all([
    db.collection<StaffMember>('agents').find({ availability: 'available' }).toArray(),
    db.collection<ConversationState>('conversations').find({ handler: 'queue', status: 'open' }).toArray(),
  ]);
  for (const conversation of waiting)
    for (const member of members) {
      const { own, inAll } = mayHave(member, conversation.channel);
      const isFree = member.used[conversation.channel] < own && member.used.chat + member.used.email < inAll;
      const isAsked = !conversation.passedBy.includes(member._id); // he put it back himself
      if (isFree && isAsked && canSee(visibilityOf(member), conversation))
        return `${member._id} is free beside ${conversation._id}`;
    }
  return null;
}

const looksASecond = 20;

/**
 * Waits until nobody is free beside somebody who waits. Finds what stays so for a second in which nothing is given out;
 * a second is so many looks, so that it is as long for us as for the desk where both are kept waiting by the machine.
 */
export async function comesToRest(db: Database): Promise<string | null> {
  let looks = 0;
  let entries = -1;
  for (;;) {
    const found = await freeBesideWaiting(db);
    if (!found) return null;
    const written = await db.collection('entries').countDocuments({ type: 'assigned' });
    looks = written > entries ? 0 : looks + 1;
    entries = written;
    if (looks > looksASecond) return found;
    await new Promise((resolve) => setTimeout(resolve, 1_000 / looksASecond));
  }
}
