import {
  type Agent,
  type AvailabilityReason,
  type Brand,
  type Conversation,
  type Inbox,
  type Me,
  may,
  type Team,
} from '@helpline/protocol';
import type { ConnectionState } from '@helpline/sdk/agent';
import type { Route } from './route.js';
import type { View } from './views.js';

/** All the console knows at one moment. */
export interface State {
  session: 'starting' | 'unreachable' | 'signed_out' | 'ended' | 'signed_in';
  connection: ConnectionState;
  me: Me | null;
  agents: ReadonlyMap<string, Agent>;
  inboxes: ReadonlyMap<string, Inbox>;
  teams: ReadonlyMap<string, Team>;
  brands: ReadonlyMap<string, Brand>;
  /** Why somebody may be busy, on a break or in training, in the workspace's own words. */
  reasons: readonly AvailabilityReason[];
  route: Route;
  view: View;
  /** Every conversation heard of since the lists were last loaded; a view shows its share of them. */
  known: ReadonlyMap<string, Conversation>;
  /** For each view that was loaded, where its next page begins. */
  next: Partial<Record<View, string | null>>;
  counts: { mine: number; queue: number; open: number } | null;
  listError: unknown;
  /** The last thing that went wrong or was done, for a moment. */
  notice: { text: string; bad: boolean } | null;
}

export const nothingKnown: State = {
  session: 'starting',
  connection: 'idle',
  me: null,
  agents: new Map(),
  inboxes: new Map(),
  teams: new Map(),
  brands: new Map(),
  reasons: [],
  route: { page: 'list', view: 'mine' },
  view: 'mine',
  known: new Map(),
  next: {},
  counts: null,
  listError: null,
  notice: null,
};

export const managesMailboxes = ({ me }: State): boolean => me !== null && may(me.role, 'mailbox.manage');

export const movesMany = ({ me }: State): boolean => me !== null && may(me.role, 'conversation.supervise');

/** Whether mailboxes, and what was held back of their mails, can be asked for now. */
export const reachesMailboxes = (state: State): boolean => managesMailboxes(state) && state.connection === 'connected';

/** Takes conversations in; of two states of one, the one with the higher number stays. */
export function merge(
  known: ReadonlyMap<string, Conversation>,
  heard: readonly Conversation[],
): Map<string, Conversation> {
  const merged = new Map(known);
  for (const one of heard) if (one.seq >= (merged.get(one.id)?.seq ?? 0)) merged.set(one.id, one);
  return merged;
}

/** Whether something that I promised is due, or I should look after what others forgot. */
export function isPromiseDue({ known, me }: State, now = Date.now()): boolean {
  const looksAfter = me !== null && may(me.role, 'conversation.supervise');
  return [...known.values()].some(({ followUps }) =>
    followUps.some(
      (one) => (one.isForgotten && looksAfter) || (one.ownerId === me?.id && Date.parse(one.dueAt) <= now),
    ),
  );
}
