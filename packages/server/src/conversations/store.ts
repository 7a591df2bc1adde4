import type { Status } from '@helpline/protocol';
import type { ConversationState } from '../journal/index.js';
import type { Collection, Database, Filter } from '../platform/database.js';

/** How far a participant has seen a conversation: last write wins, may be lost. */
export interface Seen {
  /** `<conversation>:<participant>` */
  _id: string;
  /** In the participant's own numbers. */
  position: number;
  seq: number;
  at: Date;
}

export type Waiting = Pick<ConversationState, '_id' | 'brandId' | 'teamId' | 'turn' | 'waitingSince'>;

/** Any name, said so that an index of those that have one is used. */
const anything = { $gt: '' };

/** Any moment, said so that an index of those that have one is used. */
const sometime = { $gt: new Date(0) };

export type Offered = ConversationState & { offer: NonNullable<ConversationState['offer']> };

export const isOffered = (state: ConversationState): state is Offered => state.offer !== null;

/** Reads what the journal projected, and keeps who has seen what. */
export class ConversationStore {
  readonly conversations: Collection<ConversationState>;
  readonly seen: Collection<Seen>;

  constructor(db: Database) {
    this.conversations = db.collection<ConversationState>('conversations');
    this.seen = db.collection<Seen>('seen');
  }

  async prepare(): Promise<void> {
    await this.conversations.createIndexes([
      { key: { workspaceId: 1, waitingSince: 1, _id: 1 }, partialFilterExpression: { handler: 'queue' } },
      { key: { workspaceId: 1, turn: 1, _id: 1 }, partialFilterExpression: { handler: 'queue' } },
      { key: { workspaceId: 1, line: 1, turn: 1 }, partialFilterExpression: { line: anything } },
      { key: { workspaceId: 1, 'offer.until': 1 }, partialFilterExpression: { 'offer.until': sometime } },
      { key: { workspaceId: 1, passedAt: 1 }, partialFilterExpression: { passedAt: sometime } },
      { key: { assigneeId: 1 }, partialFilterExpression: { handler: 'agent' } },
      { key: { workspaceId: 1, status: 1, lastAt: -1, _id: 1 } },
      { key: { contactId: 1 } },
      { key: { foldVersion: 1 } },
      { key: { 'snooze.until': 1 }, partialFilterExpression: { status: 'snoozed' } },
      { key: { 'followUps.ownerId': 1 }, partialFilterExpression: { 'followUps.0': { $exists: true } } },
      { key: { 'followUps.dueAt': 1 }, partialFilterExpression: { 'followUps.0': { $exists: true } } },
    ]);
  }

  page(filter: Filter<ConversationState>, sort: Record<string, 1 | -1>, limit: number): Promise<ConversationState[]> {
    return this.conversations.find(filter).sort(sort).limit(limit).toArray();
  }

  count(filter: Filter<ConversationState>): Promise<number> {
    return this.conversations.countDocuments(filter, { limit: 1000 });
  }

  /** Who waits in a workspace's queue for somebody in the chat, each in his turn. */
  waitingInChat(workspaceId: string): Promise<Waiting[]> {
    const projection = { brandId: 1, teamId: 1, turn: 1, waitingSince: 1 } as const;
    return this.conversations
      .find({ workspaceId, handler: 'queue', status: 'open', channel: 'chat' })
      .sort({ turn: 1 })
      .project<Waiting>(projection)
      .toArray();
  }

  /** In which something happened since, the latest first. */
  async idsActiveSince(workspaceId: string, since: Date, limit: number): Promise<string[]> {
    const status = { $in: ['open', 'pending', 'snoozed', 'resolved', 'closed'] satisfies Status[] }; // any, for the index
    const found = this.conversations
      .find({ workspaceId, status, lastAt: { $gte: since } }, { projection: { _id: 1 } })
      .sort({ lastAt: -1 })
      .limit(limit);
    return (await found.toArray()).map(({ _id }) => _id);
  }

  /** What an agent has to answer now. */
  assignedTo(agentId: string): Promise<ConversationState[]> {
    return this.conversations.find({ assigneeId: agentId, handler: 'agent' }).toArray();
  }

  /** Who had the last conversation with a contact that anything happened in since then. */
  async lastAgentOf(contactId: string, since: Date): Promise<string | null> {
    const had = { contactId, lastAssigneeId: { $ne: null }, lastAt: { $gte: since } };
    const [last] = await this.conversations.find(had).sort({ lastAt: -1 }).limit(1).toArray();
    return last?.lastAssigneeId ?? null;
  }

  /** The names of the lines in which somebody waits. */
  async lines(workspaceId: string): Promise<string[]> {
    const names = await this.conversations.distinct('line', { workspaceId, line: anything });
    return names.filter((name) => name !== null);
  }

  /** What waits in these lines, and is offered to nobody, in its turn. */
  inTurn(workspaceId: string, lines: string[], after: string, limit: number): Promise<ConversationState[]> {
    const waits = { workspaceId, line: { $in: lines }, turn: { $gt: after }, offer: null, status: 'open' } as const;
    return this.conversations.find(waits).sort({ turn: 1 }).limit(limit).toArray();
  }

  /** What is held for an agent until he accepts it. */
  async offeredTo(workspaceId: string, agentId: string): Promise<Offered[]> {
    const offered = { workspaceId, 'offer.until': sometime, 'offer.agentId': agentId };
    return (await this.conversations.find(offered).sort({ 'offer.until': 1 }).toArray()).filter(isOffered);
  }

  /** What is held for somebody who should have accepted it by now, soonest first. */
  async offeredUntil(workspaceId: string, now: Date): Promise<Offered[]> {
    const due = { workspaceId, 'offer.until': { ...sometime, $lte: now } };
    const found = await this.conversations.find(due).sort({ 'offer.until': 1 }).limit(100).toArray();
    return found.filter(isOffered);
  }

  /** When the next offer ends after now. */
  async nextOfferEnd(workspaceId: string, now: Date): Promise<Date | null> {
    const offered = { workspaceId, 'offer.until': { $gt: now } };
    const [next] = await this.conversations.find(offered).sort({ 'offer.until': 1 }).limit(1).toArray();
    return next?.offer?.until ?? null;
  }

  async workspacesWithQueue(): Promise<string[]> {
    const workspaceId = { $gt: '' }; // any, but said, or the index of what waits would not be used
    return this.conversations.distinct('workspaceId', { workspaceId, handler: 'queue', status: 'open' });
  }
}
