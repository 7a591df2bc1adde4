import type { ChannelName } from '@helpline/protocol';
import type { ConversationState } from '../journal/index.js';
import type { Filter } from '../platform/database.js';
import { visibleFilter } from '../platform/visibility.js';
import { hasRoom, type StaffMember, visibilityOf } from '../staff/index.js';
import type { Desk } from './desk.js';
import { scopeOf } from './policies.js';
import { givesNothingOut } from './policy.js';

const page = 100;
const channels: ChannelName[] = ['chat', 'email'];

/** What waits and somebody could take, in its turn: nobody waits behind what no free agent may have. */
export async function* inTurn(desk: Desk, now: Date): AsyncGenerator<ConversationState> {
  for (let after = ''; ; ) {
    const suitable = scopesOf(desk.members);
    if (suitable.length === 0) return;
    const shut = desk.policies.filter((policy) => givesNothingOut(policy, now));
    const $nor = [...shut.map((policy) => scopeOf(policy, desk.policies, 'teamId')), ...desk.ceilings.full];
    const offered = { workspaceId: desk.workspaceId, handler: 'queue', status: 'open', offer: null } as const;
    const filter = { ...offered, turn: { $gt: after }, $or: suitable, ...($nor.length > 0 ? { $nor } : {}) };
    const found = await desk.parts.conversations.page(filter, { turn: 1 }, page);
    yield* found;
    if (found.length < page) return;
    after = found.at(-1)?.turn ?? '';
  }
}

/** What the free agents could take, each sort of them once. */
function scopesOf(members: StaffMember[]): Filter<ConversationState>[] {
  const scopes = new Map<string, Filter<ConversationState>>();
  for (const member of members) {
    const free = channels.filter((channel) => hasRoom(member, channel));
    if (member.availability !== 'available' || free.length === 0) continue;
    const scope = { ...visibleFilter(visibilityOf(member)), channel: { $in: free } };
    scopes.set(JSON.stringify(scope), scope);
  }
  return [...scopes.values()];
}
