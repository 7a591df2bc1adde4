import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import { BSON } from '../platform/database.js';
import { DeskError } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import type { Batcher } from './batcher.js';
import { type Draft, type Entry, entryVersion } from './entry.js';
import { type ConversationState, fold } from './fold.js';
import type { Heads } from './heads.js';
import { Lanes } from './lanes.js';
import type { JournalStore } from './store.js';

export interface Append {
  conversationId: string;
  /** `<kind>:<session or system part>:<given id>`; the same for every try of the same thing. */
  clientId: string;
  /** What the author gave; a repeated clientId with another body is a conflict. */
  body: unknown;
  /** A fact (a customer's message) is appended whatever a newer node wrote; a decision is not. */
  kind: 'fact' | 'decision';
  /** What to append, given what is there now; run again after every lost race. Throws a DeskError to refuse. */
  rule: (state: ConversationState | null) => Draft;
  /** The connection the call came on: it gets the answer and needs no telling. */
  from?: string;
}

/** Hints of what was just committed; `from` as in the request. */
export type Committed = (entry: Entry, state: ConversationState, from?: string) => void;

export interface Appended {
  entry: Entry;
  state: ConversationState;
  /** It had been appended before: nothing is new. */
  repeated: boolean;
}

const entryBytes = 256 * 1024;
const waitingAtMost = 10_000;

/** Appends entries, each conversation's one after the other, and tells `committed` of every one that is durable. */
export class Appender {
  readonly #store: JournalStore;
  readonly #heads: Heads;
  readonly #batcher: Batcher;
  readonly #clock: Clock;
  readonly #committed: Committed;
  readonly #lanes = new Lanes();

  constructor(parts: {
    store: JournalStore;
    heads: Heads;
    batcher: Batcher;
    clock: Clock;
    committed: Committed;
  }) {
    this.#store = parts.store;
    this.#heads = parts.heads;
    this.#batcher = parts.batcher;
    this.#clock = parts.clock;
    this.#committed = parts.committed;
  }

  append(request: Append): Promise<Appended> {
    if (this.#lanes.waiting >= waitingAtMost) throw new DeskError('busy', { retryAfterMs: 1_000 });
    return this.#lanes.run(request.conversationId, () => this.#appendInTurn(request, bodyHash(request.body)));
  }

  async #appendInTurn(request: Append, hash: string): Promise<Appended> {
    for (;;) {
      const state = await this.#heads.get(request.conversationId);
      const decided = decide(request, state);
      if (decided instanceof DeskError) return this.#repeatedOr(request, hash, decided);
      const entry = this.#numbered(request, hash, decided, state);
      const bytes = sizeOf(entry);
      const outcome = await this.#batcher.write(entry, bytes);
      if (outcome === 'committed') return this.#commit(state, entry, request.from);
      if (outcome === 'poison')
        throw new DeskError('unprocessable', { detail: 'The database can not store this entry.' });
      this.#heads.drop(request.conversationId);
      const holder = await this.#store.byClientId(request.conversationId, request.clientId);
      if (holder?._id === entry._id) return this.#commit(state, entry, request.from); // an earlier try of ours had arrived
      if (holder) return this.#repeat(holder, hash);
      // Somebody else took the number: decide again on what he wrote.
    }
  }

  /** A refusal may be of a call that had succeeded and only lost its answer. */
  async #repeatedOr(request: Append, hash: string, refusal: DeskError): Promise<Appended> {
    const holder = await this.#store.byClientId(request.conversationId, request.clientId);
    if (!holder) throw refusal;
    return this.#repeat(holder, hash);
  }

  async #repeat(holder: Entry, hash: string): Promise<Appended> {
    if (holder.hash !== null && holder.hash !== hash) throw new DeskError('conflict');
    const state = await this.#heads.get(holder.conversationId);
    if (!state) throw new Error(`Conversation ${holder.conversationId} has an entry but no state.`);
    return { entry: holder, state, repeated: true };
  }

  #numbered(request: Append, hash: string, draft: Draft, state: ConversationState | null): Entry {
    const now = this.#clock();
    const { workspaceId = state?.workspaceId, ...content } = draft;
    if (!workspaceId) throw new Error('The first entry of a conversation must name its workspace.');
    return {
      _id: newId(),
      workspaceId,
      conversationId: request.conversationId,
      seq: (state?.seq ?? 0) + 1,
      pub: (state?.pub ?? 0) + (draft.audience === 'public' ? 1 : 0),
      clientId: request.clientId,
      hash,
      v: entryVersion,
      at: state && state.lastAt > now ? state.lastAt : now,
      ...content,
    };
  }

  #commit(state: ConversationState | null, entry: Entry, from?: string): Appended {
    const next = fold(state, entry);
    this.#heads.set(next);
    this.#committed(entry, next, from);
    return { entry, state: next, repeated: false };
  }
}

function decide(request: Append, state: ConversationState | null): Draft | DeskError {
  try {
    if (state?.beyond && request.kind === 'decision')
      return new DeskError('unprocessable', {
        detail: 'A newer version of Helpline wrote here; this one may not decide.',
      });
    return request.rule(state);
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  }
}

const bodyHash = (body: unknown): string => createHash('sha256').update(JSON.stringify(body)).digest('base64url');

function sizeOf(entry: Entry): number {
  const bytes = BSON.calculateObjectSize(entry, { ignoreUndefined: true });
  if (bytes > entryBytes)
    throw new DeskError('too_large', { detail: `An entry may have ${entryBytes} bytes, this one has ${bytes}.` });
  return bytes;
}
