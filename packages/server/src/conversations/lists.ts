import type { Conversation, Input, Output, Payloads } from '@helpline/protocol';
import { limits } from '@helpline/protocol';
import { type Contact, type Contacts, contactView } from '../contacts/index.js';
import type { ConversationState, Entry, Journal } from '../journal/index.js';
import type { Filter } from '../platform/database.js';
import { DeskError } from '../platform/errors.js';
import { type Visibility, visibleFilter } from '../platform/visibility.js';
import type { ConversationStore } from './store.js';

type View = Input<'conversation.list'>['view'];

const previewCharacters = 140;

/** What agents see of many conversations at once. */
export class Lists {
  readonly #store: ConversationStore;
  readonly #journal: Journal;
  readonly #contacts: Contacts;

  constructor(store: ConversationStore, journal: Journal, contacts: Contacts) {
    this.#store = store;
    this.#journal = journal;
    this.#contacts = contacts;
  }

  async list(
    visibility: Visibility,
    agentId: string,
    view: View,
    cursor: string | undefined,
  ): Promise<Output<'conversation.list'>> {
    const { field, direction } = orderOf(view);
    const filter = { $and: [viewFilter(visibility, agentId, view), afterCursor(field, direction, cursor)] };
    const [found, mine, queue, open] = await Promise.all([
      this.#store.page(filter, { [field]: direction, _id: 1 }, limits.listPage + 1),
      ...(['mine', 'queue', 'open'] as const).map((one) => this.#store.count(viewFilter(visibility, agentId, one))),
    ]);
    const states = found.slice(0, limits.listPage);
    const last = states.at(-1);
    return {
      items: await this.present(states),
      next: found.length > limits.listPage && last ? cursorOf(last, field) : null,
      counts: { mine: mine ?? 0, queue: queue ?? 0, open: open ?? 0 },
    };
  }

  async present(states: ConversationState[]): Promise<Conversation[]> {
    const messageIds = states.flatMap((state) => [state.firstMessageId, state.lastMessage.id]);
    const [contacts, messages] = await Promise.all([
      this.#contacts.byIds(states.map((state) => state.contactId)),
      this.#journal.entriesById([...new Set(messageIds)]),
    ]);
    const byId = new Map(messages.map((message) => [message._id, message]));
    return states.map((state) => present(state, contacts.get(state.contactId), byId));
  }
}

function viewFilter(visibility: Visibility, agentId: string, view: View): Filter<ConversationState> {
  const visible = visibleFilter(visibility);
  if (view === 'mine') return { ...visible, assigneeId: agentId, handler: 'agent' };
  if (view === 'queue') return { ...visible, handler: 'queue' };
  return view === 'open'
    ? { ...visible, status: { $in: ['open', 'pending', 'snoozed'] } }
    : { ...visible, status: { $in: ['resolved', 'closed'] } };
}

/** What waits in the queue comes in its turn; elsewhere the newest is on top. */
const orderOf = (view: View) =>
  view === 'queue' ? ({ field: 'turn', direction: 1 } as const) : ({ field: 'lastAt', direction: -1 } as const);

type Field = ReturnType<typeof orderOf>['field'];

const cursorOf = (state: ConversationState, field: Field): string =>
  Buffer.from(JSON.stringify([state[field], state._id])).toString('base64url');

function afterCursor(field: Field, direction: 1 | -1, cursor: string | undefined): Filter<ConversationState> {
  if (!cursor) return {};
  const { last, id } = parseCursor(cursor, field);
  return { $or: [{ [field]: direction === 1 ? { $gt: last } : { $lt: last } }, { [field]: last, _id: { $gt: id } }] };
}

function parseCursor(cursor: string, field: Field): { last: Date | string; id: string } {
  try {
    const [last, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof last === 'string' && typeof id === 'string') {
      if (field === 'turn') return { last, id };
      if (!Number.isNaN(Date.parse(last))) return { last: new Date(last), id };
    }
  } catch {
    // falls through to the refusal below
  }
  throw new DeskError('bad_request', { errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list' }] });
}

function present(state: ConversationState, contact: Contact | undefined, messages: Map<string, Entry>): Conversation {
  const first = messages.get(state.firstMessageId);
  const last = messages.get(state.lastMessage.id);
  return {
    id: state._id,
    brandId: state.brandId,
    inboxId: state.inboxId,
    teamId: state.teamId,
    channel: state.channel,
    contact: contact ? contactView(contact) : { id: state.contactId, name: '', address: null, proof: 'none' },
    subject: first?.type === 'message' ? (first.payload.mail?.subject ?? first.payload.envelope?.subject ?? '') : '',
    status: state.status,
    handler: state.handler,
    assigneeId: state.assigneeId,
    priority: state.priority,
    dueAt: state.dueAt?.toISOString() ?? null,
    skills: state.skills ?? [], // right after an update a state may be stored as an older version made it
    snoozedUntil: state.snooze?.until.toISOString() ?? null,
    followUps: (state.followUps ?? []).map(({ seq: _, dueAt, ...one }) => ({ ...one, dueAt: dueAt.toISOString() })),
    offer: state.offer && { agentId: state.offer.agentId, until: state.offer.until.toISOString() },
    seq: state.seq,
    startedAt: state.startedAt.toISOString(),
    lastAt: state.lastAt.toISOString(),
    waitingSince: state.waitingSince?.toISOString() ?? null,
    preview: {
      text: last?.type === 'message' ? previewOf(last.payload) : '',
      by: state.lastMessage.by,
      channel: state.lastMessage.channel,
    },
  };
}

/** What was said, or what came without a word. */
const previewOf = ({ text, attachments = [] }: Payloads['message']): string =>
  (text || attachments.map(({ filename }) => filename).join(', ')).slice(0, previewCharacters);
