import type { AgentEvents, VisitorEvents } from '@helpline/protocol';
import type { Namespace, Server } from 'socket.io';
import { forAgent, forVisitor, type Lists } from '../conversations/index.js';
import type { ConversationState, Entry, Journal } from '../journal/index.js';
import { type Announcer, agentRoom, conversationRoom } from '../platform/announcer.js';
import type { Logger } from '../platform/logger.js';
import { roomsOf } from '../platform/visibility.js';
import { meView, type Staff } from '../staff/index.js';
import type { Audience, Hint, Nodes } from './nodes/index.js';
import { turnAwayStrangers } from './turn-away.js';

/** Tells over the live connections of this node, and tells the other nodes to do the same. */
export function announcerOn(io: () => Server, nodes: Nodes | null): Announcer {
  const tell = (hint: EventHint) => {
    tellHere(io(), hint);
    nodes?.tell(hint);
  };
  const end = (hint: EndHint) => {
    endHere(io(), hint);
    nodes?.tell(hint);
  };
  return {
    tellVisitors(room, event, data, except) {
      tell({ kind: 'event', audience: 'visitor', rooms: [room], event, data, except });
    },
    tellAgents(rooms, event, data, except) {
      tell({ kind: 'event', audience: 'agent', rooms: [rooms].flat(), event, data, except });
    },
    endAgents(room) {
      end({ kind: 'end', audience: 'agent', rooms: [room] });
    },
    endVisitors(room, except) {
      end({ kind: 'end', audience: 'visitor', rooms: [room], except });
    },
  };
}

type EventHint = Extract<Hint, { kind: 'event' }>;
type EndHint = Extract<Hint, { kind: 'end' }>;

function tellHere(io: Server, { audience, rooms, event, data, except }: EventHint): void {
  const namespace = io.of(`/${audience}`);
  const heardIn = rooms.filter((room) => isHeard(namespace.adapter.rooms.get(room), except));
  if (heardIn.length > 0) among(namespace, heardIn, except).emit(event, data);
}

function endHere(io: Server, { audience, rooms, except }: EndHint): void {
  among(io.of(`/${audience}`), rooms, except).disconnectSockets(true);
}

const isHeard = (listeners: Set<string> | undefined, except?: string): boolean =>
  listeners !== undefined && !(listeners.size === 1 && except !== undefined && listeners.has(except));

const among = (namespace: Namespace, rooms: string[], except?: string) =>
  except ? namespace.to(rooms).except(except) : namespace.to(rooms);

/** Announces what is committed, here and on the other nodes, to each audience what it may see. */
export function announceEntries(io: Server, journal: Journal, nodes: Nodes | null): void {
  journal.onCommitted((entry: Entry, _state: ConversationState, from?: string) => {
    announceEntry(io, journal, entry, from);
    nodes?.tell({ kind: 'entry', entry, from });
  });
}

function announceEntry(io: Server, journal: Journal, entry: Entry, except?: string): void {
  const { conversationId } = entry;
  const rooms = [conversationRoom(conversationId)];
  if (isHeardHere(io, 'agent', entry, except)) {
    const data: AgentEvents['entries'] = { conversationId, entries: [forAgent(entry, null)] };
    tellHere(io, { kind: 'event', audience: 'agent', rooms, event: 'entries', data, except });
  }
  if (entry.audience === 'public' && isHeardHere(io, 'visitor', entry, except)) {
    const data: VisitorEvents['entries'] = { conversationId, entries: [forVisitor(entry, null)] };
    tellHere(io, { kind: 'event', audience: 'visitor', rooms, event: 'entries', data, except });
  }
  // A hint: whoever asks for the conversation is asked anew whether he may see it.
  if (entry.type === 'transferred') turnAwayStrangers(io, journal, entry).catch(() => {});
}

const isHeardHere = (io: Server, audience: Audience, { conversationId }: Entry, except?: string): boolean =>
  isHeard(io.of(`/${audience}`).adapter.rooms.get(conversationRoom(conversationId)), except);

export function announceStaff(staff: Staff, announcer: Announcer, nodes: Nodes | null): void {
  staff.onChanged((member) => {
    announcer.tellAgents(agentRoom(member._id), 'me', meView(member));
    nodes?.tell({ kind: 'staff', workspaceId: member.workspaceId, agentId: member._id });
  });
}

/** What happens here when another node tells something. */
export function listenToNodes(
  io: Server,
  nodes: Nodes,
  journal: Journal,
  staffChanged: (workspaceId: string, agentId?: string) => void,
): void {
  nodes.onHeard((hint) => {
    if (hint.kind === 'event') tellHere(io, hint);
    else if (hint.kind === 'end') endHere(io, hint);
    else if (hint.kind === 'staff') staffChanged(hint.workspaceId, hint.agentId);
    else {
      journal.heardOf(hint.entry.conversationId, hint.entry.seq);
      announceEntry(io, journal, hint.entry, hint.from);
    }
  });
}

const gatherMs = 100;
const remembered = 20_000;

/**
 * Announces conversations to the lists of those who may see them. Everybody hears what changes a conversation's place
 * (status, handler, assignee, team, what it needs, what was promised); only the assignee hears of each further message.
 */
export class ListAnnouncer {
  readonly #lists: Lists;
  readonly #announcer: Announcer;
  readonly #log: Logger;
  readonly #places = new Map<string, string>();
  readonly #changed = new Map<string, ConversationState>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ journal, lists, log }: { journal: Journal; lists: Lists; log: Logger }, announcer: Announcer) {
    this.#lists = lists;
    this.#log = log;
    this.#announcer = announcer;
    journal.onProjected((states) => {
      for (const state of states) this.#changed.set(state._id, state);
      this.#timer ??= setTimeout(() => void this.#announce(), gatherMs);
    });
  }

  async #announce(): Promise<void> {
    const states = [...this.#changed.values()];
    this.#changed.clear();
    this.#timer = undefined;
    try {
      await this.#announceAll(states);
    } catch (error) {
      this.#log.warn({ err: error }, 'lists were not told of a change'); // a hint: they read anew when they come back
    }
  }

  async #announceAll(states: ConversationState[]): Promise<void> {
    const told = states
      .map((state) => ({ state, rooms: this.#roomsToTell(state) }))
      .filter(({ rooms }) => rooms.length > 0);
    const items = await this.#lists.present(told.map(({ state }) => state));
    items.forEach((item, i) => {
      this.#announcer.tellAgents(told[i]?.rooms ?? [], 'conversation', item);
    });
  }

  #roomsToTell(state: ConversationState): string[] {
    const place = placeOf(state);
    const moved = this.#places.get(state._id) !== place;
    this.#places.set(state._id, place);
    if (this.#places.size > remembered) this.#places.delete(this.#places.keys().next().value ?? '');
    if (moved) return roomsOf(state);
    return state.assigneeId ? [agentRoom(state.assigneeId)] : [];
  }
}

const placeOf = ({ status, handler, assigneeId, contactId, ...more }: ConversationState): string =>
  JSON.stringify([status, handler, assigneeId, contactId, more.brandId, more.teamId, more.priority, more.followUps]);
