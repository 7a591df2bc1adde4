import type { AgentEvents, VisitorEvents } from '@helpline/protocol';
import type { Namespace, Server } from 'socket.io';
import { forAgent, forVisitor, type Lists } from '../conversations/index.js';
import type { ConversationState, Entry, Journal } from '../journal/index.js';
import { type Announcer, agentRoom, conversationRoom } from '../platform/announcer.js';
import type { Logger } from '../platform/logger.js';
import { roomsOf } from '../platform/visibility.js';
import { meView, type Staff } from '../staff/index.js';

/** Tells over the live connections. */
export function announcerOn(io: () => Server): Announcer {
  return {
    tellVisitors(room, event, data, except) {
      tell(io().of('/visitor'), room, event, data, except);
    },
    tellAgents(room, event, data, except) {
      tell(io().of('/agent'), room, event, data, except);
    },
    endAgents(room) {
      io().of('/agent').in(room).disconnectSockets(true);
    },
    endVisitors(room, except) {
      among(io().of('/visitor'), room, except).disconnectSockets(true);
    },
  };
}

function tell(namespace: Namespace, room: string, event: string, data: unknown, except?: string): void {
  if (!isHeard(namespace.adapter.rooms.get(room), except)) return;
  among(namespace, room, except).emit(event, data);
}

/** One node is all there is so far: whom it does not know, nobody does. */
const isHeard = (listeners: Set<string> | undefined, except?: string): boolean =>
  listeners !== undefined && !(listeners.size === 1 && except !== undefined && listeners.has(except));

const among = (namespace: Namespace, room: string, except?: string) =>
  except ? namespace.to(room).except(except) : namespace.to(room);

/** Announces what is committed, to each audience what it may see. */
export function announceEntries(journal: Journal, announcer: Announcer): void {
  journal.onCommitted((entry: Entry, _state: ConversationState, from?: string) => {
    const { conversationId } = entry;
    const room = conversationRoom(conversationId);
    const forAgents: AgentEvents['entries'] = { conversationId, entries: [forAgent(entry, null)] };
    announcer.tellAgents(room, 'entries', forAgents, from);
    if (entry.audience !== 'public') return;
    const forVisitors: VisitorEvents['entries'] = { conversationId, entries: [forVisitor(entry, null)] };
    announcer.tellVisitors(room, 'entries', forVisitors, from);
  });
}

export function announceStaff(staff: Staff, announcer: Announcer): void {
  staff.onChanged((member) => announcer.tellAgents(agentRoom(member._id), 'me', meView(member)));
}

const gatherMs = 100;
const remembered = 20_000;

/**
 * Announces conversations to the lists of those who may see them. Everybody hears what changes a conversation's place
 * (status, handler, assignee); only the assignee hears of each further message.
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
      for (const room of told[i]?.rooms ?? []) this.#announcer.tellAgents(room, 'conversation', item);
    });
  }

  #roomsToTell(state: ConversationState): string[] {
    const place = [state.status, state.handler, state.assigneeId, state.contactId].join();
    const moved = this.#places.get(state._id) !== place;
    this.#places.set(state._id, place);
    if (this.#places.size > remembered) this.#places.delete(this.#places.keys().next().value ?? '');
    if (moved) return roomsOf(state);
    return state.assigneeId ? [agentRoom(state.assigneeId)] : [];
  }
}
