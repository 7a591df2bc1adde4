import type { Audience } from '@helpline/protocol';
import { answered, type Collection, type Database, type Filter, refusedAsDuplicates } from '../platform/database.js';
import { timedId } from '../platform/ids.js';
import type { Entry } from './entry.js';
import { type ConversationState, foldVersion } from './fold.js';
import { upcast } from './upcast.js';

const majority = { readConcern: { level: 'majority' } } as const;
const durable = { w: 'majority', j: true, wtimeout: 10_000 } as const;

/** What MongoDB says of an insert of several entries. */
export interface Inserted {
  written: number;
  /** Those that were not, by their place. */
  refused: { index: number; code: number }[];
  /** Whether a majority has journaled what was written. */
  isDurable: boolean;
}

/** The two collections of the kernel: `entries`, the truth, and `conversations`, what was computed from it. */
export class JournalStore {
  readonly entries: Collection<Entry>;
  readonly conversations: Collection<ConversationState>;
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
    this.entries = db.collection<Entry>('entries');
    this.conversations = db.collection<ConversationState>('conversations');
  }

  async prepare(): Promise<void> {
    await this.entries.createIndexes([
      { key: { conversationId: 1, seq: 1 }, unique: true },
      { key: { conversationId: 1, clientId: 1 }, unique: true },
    ]);
  }

  /** As a bare command: the driver's own way for many documents measures each once more, which costs as much as writing it. */
  async insert(entries: Entry[]): Promise<Inserted> {
    const { collectionName } = this.entries;
    const command = { insert: collectionName, documents: entries, ordered: false, writeConcern: durable };
    const answer = await answered(this.#db.command(command, { ignoreUndefined: true }));
    return { written: answer.n, refused: answer.writeErrors ?? [], isDurable: !answer.writeConcernError };
  }

  byClientId(conversationId: string, clientId: string): Promise<Entry | null> {
    return this.#one({ conversationId, clientId });
  }

  /** The entries that keep this one from being written, or itself: who has its clientId and who its number. */
  holders({ conversationId, clientId, seq }: Entry): Promise<Entry[]> {
    return this.#all(this.entries.find({ conversationId, $or: [{ clientId }, { seq }] }, majority));
  }

  byIds(ids: string[]): Promise<Entry[]> {
    return this.#all(this.entries.find({ _id: { $in: ids } }, majority));
  }

  bySeq(conversationId: string, seq: number): Promise<Entry | null> {
    return this.#one({ conversationId, seq });
  }

  /** Entries after a position, oldest first: by `seq`, or for the public audience by `pub` (which never exceeds seq). */
  after(
    conversationId: string,
    audience: 'everything' | Extract<Audience, 'public'>,
    position: number,
    limit: number,
  ): Promise<Entry[]> {
    const seen = { conversationId, seq: { $gt: position } };
    const filter = audience === 'public' ? { ...seen, audience, pub: { $gt: position } } : seen;
    return this.#all(this.entries.find(filter, majority).sort({ seq: 1 }).limit(limit));
  }

  /** All entries of these conversations, each conversation's in their order, without what they say. */
  wordless(conversationIds: string[]): Promise<Entry[]> {
    const said = { 'payload.text': 0, 'payload.mail': 0, 'payload.attachments': 0, 'payload.reason': 0 } as const;
    const found = this.entries.find({ conversationId: { $in: conversationIds } }, { ...majority, projection: said });
    return this.#all(found.sort({ conversationId: 1, seq: 1 }));
  }

  /** The newest numbers of a conversation. */
  async newest(conversationId: string): Promise<{ seq: number; pub: number }> {
    const fields = { projection: { _id: 0, seq: 1, pub: 1 }, sort: { seq: -1 }, ...majority } as const;
    const found = this.entries.findOne<{ seq: number; pub: number }>({ conversationId }, fields);
    return (await found) ?? { seq: 0, pub: 0 };
  }

  /** The newest numbers of many conversations, read from the index alone. */
  async newestSeqs(conversationIds: string[]): Promise<Map<string, number>> {
    const found = this.entries.aggregate<{ _id: string; seq: number }>(
      [
        { $match: { conversationId: { $in: conversationIds } } },
        { $sort: { conversationId: -1, seq: -1 } },
        { $group: { _id: '$conversationId', seq: { $first: '$seq' } } },
      ],
      majority,
    );
    return new Map((await found.toArray()).map(({ _id, seq }) => [_id, seq]));
  }

  /** Everything since a moment (null: since ever), as it came. */
  since<F extends Partial<Record<keyof Entry, 1>>>(moment: Date | null, fields: F) {
    const filter = moment ? { _id: { $gte: timedId(moment, 0) } } : {};
    return this.entries
      .find<Pick<Entry, Extract<keyof F, keyof Entry>>>(filter, { ...majority, projection: fields })
      .sort({ _id: 1 });
  }

  /** The stored state, unless an older `fold` made it. */
  snapshot(conversationId: string): Promise<ConversationState | null> {
    return this.conversations.findOne({ _id: conversationId, foldVersion }, majority);
  }

  /** Keeps the states that are newer than what is stored; after that, whoever reads what a majority has sees them. */
  async keep(states: ConversationState[]): Promise<void> {
    const begun = states.filter(({ seq }) => seq === 1);
    const there = await this.#addStates(begun);
    await this.#replaceOlder(states.filter(({ seq }) => seq > 1).concat(there));
  }

  /** Adding many costs little beside replacing them. Gives those that are there already. */
  async #addStates(states: ConversationState[]): Promise<ConversationState[]> {
    if (states.length === 0) return [];
    const refused = await this.conversations
      .insertMany(states, { ordered: false })
      .then(() => new Set<number>(), refusedAsDuplicates);
    return states.filter((_, index) => refused.has(index));
  }

  async #replaceOlder(states: ConversationState[]): Promise<void> {
    if (states.length === 0) return;
    const writes = states.map((state) => ({
      replaceOne: {
        filter: { _id: state._id, $or: [{ seq: { $lt: state.seq } }, { foldVersion: { $ne: foldVersion } }] },
        replacement: state,
        upsert: true,
      },
    }));
    await this.conversations.bulkWrite(writes, { ordered: false }).catch(refusedAsDuplicates); // a newer one is in its place
  }

  /** All there is, conversation after conversation. */
  inOrder(): AsyncIterable<Entry> {
    return this.entries.find({}, majority).sort({ conversationId: 1, seq: 1 }).batchSize(1000).map(upcast);
  }

  /** The stored state, whatever made it. */
  stored(conversationId: string): Promise<ConversationState | null> {
    return this.conversations.findOne({ _id: conversationId }, majority);
  }

  /** The stored states after an id, up to one (null: to the end). */
  storedBetween(after: string, upTo: string | null): Promise<ConversationState[]> {
    const _id = upTo === null ? { $gt: after } : { $gt: after, $lte: upTo };
    return this.conversations.find({ _id }, majority).toArray();
  }

  /** Replaces a wrong state, unless somebody has written another one meanwhile. */
  async replace({ _id, seq }: ConversationState, right: ConversationState): Promise<void> {
    await this.conversations.replaceOne({ _id, seq }, right);
  }

  /** Drops a state that has no entries. */
  async forget({ _id, seq }: ConversationState): Promise<void> {
    await this.conversations.deleteOne({ _id, seq });
  }

  /** The conversations whose stored state an older `fold` made, some at a time. */
  async *outdated(): AsyncIterable<string[]> {
    const filter = { foldVersion: { $ne: foldVersion } };
    let ids: string[] = [];
    for await (const { _id } of this.conversations.find(filter, { projection: { _id: 1 }, ...majority })) {
      ids.push(_id);
      if (ids.length < 100) continue;
      yield ids;
      ids = [];
    }
    yield ids;
  }

  /** Takes the text and the names out of an entry for good; its numbers, type, time and place stay. */
  async blank(entryId: string): Promise<void> {
    await this.entries.updateOne(
      { _id: entryId },
      {
        $set: { 'payload.text': '', hash: null },
        $unset: { 'payload.mail': '', 'payload.attachments': '', 'actor.name': '' },
      },
    );
  }

  async #one(filter: Filter<Entry>): Promise<Entry | null> {
    const entry = await this.entries.findOne(filter, majority);
    return entry && upcast(entry);
  }

  async #all(found: { toArray(): Promise<Entry[]> }): Promise<Entry[]> {
    return (await found.toArray()).map(upcast);
  }
}
