import type { Logger } from '../platform/logger.js';
import { nowAndThen } from '../platform/now-and-then.js';
import type { Connections } from './connections.js';
import { beginStint, type NewStint, writeEndedDown } from './stints.js';
import type { StaffMember, StaffStore } from './store.js';

interface Parts {
  store: StaffStore;
  connections: Connections;
  /** For how long he who is available may be without a connection; 0 for as long as he likes. */
  awayAfterMs: number;
  tell: (member: StaffMember) => void;
  log: Logger;
}

const lookEveryMs = 1_000;
/** Who is back so soon goes on as if nothing had been. */
const comesBackWithinMs = 5 * 60_000;

/** Ends what ends by itself and looks who is gone or back, on the leading node, until `held` aborts. What fails is tried again. */
export async function keepAvailability(parts: Parts, held: AbortSignal): Promise<void> {
  /** Since when each one is without a connection, by this process's own clock. */
  const goneSince = new Map<string, number>();
  await nowAndThen(lookEveryMs, { held, log: parts.log, what: 'keeping availability' }, async () => {
    await endWrapUps(parts);
    if (parts.awayAfterMs > 0) await lookWhoIsThere(parts, goneSince, held);
    await writeEndedDown(parts.store);
  });
}

async function endWrapUps(parts: Parts): Promise<void> {
  const over = {
    availability: 'wrap_up',
    $expr: { $lte: ['$stint.until', '$$NOW'] },
    'stint.until': { $ne: null },
  } as const;
  for (const member of await parts.store.agents.find(over).toArray())
    await change(parts, member, { availability: 'available', by: { kind: 'desk', why: 'wrapped_up' } });
}

async function lookWhoIsThere(parts: Parts, goneSince: Map<string, number>, held: AbortSignal): Promise<void> {
  const there = await parts.connections.everybody();
  for (const member of await backAgain(parts, there))
    await change(parts, member, { availability: 'available', by: { kind: 'desk', why: 'connection_back' } });
  const gone = await parts.store.agents
    .find({ availability: { $in: ['available', 'wrap_up'] }, _id: { $nin: there } })
    .toArray();
  forgetAllBut(goneSince, new Set(gone.map(({ _id }) => _id)));
  for (const member of gone) {
    const since = goneSince.get(member._id) ?? performance.now();
    goneSince.set(member._id, since);
    if (held.aborted) return; // he may be back since this was looked at: another node leads
    if (performance.now() - since < parts.awayAfterMs) continue;
    await change(parts, member, { availability: 'offline', by: { kind: 'desk', why: 'connection_lost' } });
  }
}

const backAgain = ({ store }: Parts, there: string[]): Promise<StaffMember[]> =>
  store.agents
    .find({
      availability: 'offline',
      'stint.by.why': 'connection_lost',
      $expr: { $gt: ['$stint.since', { $subtract: ['$$NOW', comesBackWithinMs] }] },
      _id: { $in: there },
    })
    .toArray();

function forgetAllBut(goneSince: Map<string, number>, gone: ReadonlySet<string>): void {
  for (const agentId of goneSince.keys()) if (!gone.has(agentId)) goneSince.delete(agentId);
}

/** Only if he is still as he was when he was looked at, by whomever it was changed since. */
async function change({ store, tell }: Parts, { _id, stint }: StaffMember, next: NewStint): Promise<void> {
  const until = stint.until;
  const changed = await beginStint(store, _id, next, { 'stint.n': stint.n, 'stint.until': until });
  if (changed) tell(changed);
}
