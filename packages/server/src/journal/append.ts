import { hash as digest } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import { BSON } from '../platform/database.js';
import { DeskError } from '../platform/errors.js';
import { timedId } from '../platform/ids.js';
import type { Metrics } from '../platform/metrics.js';
import { type Batcher, backOff } from './batcher.js';
import { type Draft, type Entry, entryVersion } from './entry.js';
import { type ConversationState, fold } from './fold.js';
import type { Heads } from './heads.js';
import { Lanes } from './lanes.js';
import type { Shortcut } from './shortcut.js';
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
  /** The conversation is most likely not there yet: nobody looks for it before the entry is written as its first. */
  begins?: boolean;
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
const envelopeBytes = 4096;
const waitingAtMost = 10_000;

/** Appends entries, each conversation's one after the other, and tells `committed` of every one that is durable. */
export class Appender {
  readonly #store: JournalStore;
  readonly #heads: Heads;
  readonly #batcher: Batcher;
  readonly #clock: Clock;
  readonly #committed: Committed;
  readonly #metrics: Metrics;
  readonly #shortcut: Shortcut;
  readonly #lanes = new Lanes();

  constructor(parts: {
    store: JournalStore;
    heads: Heads;
    batcher: Batcher;
    clock: Clock;
    committed: Committed;
    metrics: Metrics;
    shortcut: Shortcut;
  }) {
    this.#store = parts.store;
    this.#heads = parts.heads;
    this.#batcher = parts.batcher;
    this.#clock = parts.clock;
    this.#committed = parts.committed;
    this.#metrics = parts.metrics;
    this.#shortcut = parts.shortcut;
  }

  /** Appends that have not ended yet. */
  get waiting(): number {
    return this.#lanes.waiting;
  }

  async append(request: Append): Promise<Appended> {
    const began = performance.now();
    try {
      if (this.#lanes.waiting >= waitingAtMost) throw new DeskError('busy', { retryAfterMs: 1_000 });
      const hash = bodyHash(request.body);
      const appended = await this.#lanes.run(request.conversationId, () => this.#appendInTurn(request, hash));
      this.#metrics.appendSeconds.observe((performance.now() - began) / 1000);
      this.#metrics.appends[appended.repeated ? 'repeated' : 'committed']++;
      return appended;
    } catch (error) {
      this.#metrics.appends.refused++;
      throw error;
    }
  }

  async #appendInTurn(request: Append, hash: string): Promise<Appended> {
    for (let isFirst = request.begins === true; ; isFirst = false) {
      const { conversationId } = request;
      const state = isFirst ? this.#heads.cached(conversationId) : await this.#heads.get(conversationId);
      const decided = decide(request, state);
      if (decided instanceof DeskError) {
        const holder = await this.#store.byClientId(request.conversationId, request.clientId);
        if (holder) return this.#repeat(holder, hash); // it had succeeded and only lost its answer
        const newest = await this.#heads.refresh(request.conversationId);
        if (newest?.seq === state?.seq) throw decided;
        continue; // refused for a state of the past
      }
      const entry = this.#numbered(request, hash, decided, state);
      const next = fold(state, entry); // before it is written: what can't be folded must never be there
      const holder = await this.#place(entry);
      if (holder === entry) return this.#commit(entry, next, request.from);
      await this.#heads.refresh(request.conversationId);
      if (holder.clientId === request.clientId) return this.#repeat(holder, hash);
      this.#metrics.lostRaces.inc(); // somebody else took the number: decide again on what he wrote
    }
  }

  #place(entry: Entry): Promise<Entry> {
    return this.#shortcut.watch(entry, this.#write(entry));
  }

  /**
   * Writes the entry and returns it, or the one that holds its clientId, else the one that holds its number.
   * A duplicate key tells that there is one, but perhaps not yet on a majority: until it is, the very same entry is
   * sent again, for another one might then stand beside it.
   */
  async #write(entry: Entry): Promise<Entry> {
    const bytes = sizeOf(entry);
    for (let tries = 0; ; tries++) {
      const outcome = await this.#batcher.write(entry, bytes);
      if (outcome === 'committed') return entry;
      if (outcome === 'poison')
        throw new DeskError('unprocessable', { detail: 'The database can not store this entry.' });
      const holders = await this.#store.holders(entry).catch(() => []);
      if (holders.some((holder) => holder._id === entry._id)) return entry; // an earlier try of ours had arrived
      const holder = holders.find(({ clientId }) => clientId === entry.clientId) ?? holders[0];
      if (holder) return holder;
      await backOff(tries);
    }
  }

  async #repeat(holder: Entry, hash: string): Promise<Appended> {
    if (holder.hash !== null && holder.hash !== hash) throw new DeskError('conflict');
    const state = await this.#heads.reaching(holder.conversationId, holder.seq);
    if (!state) throw new Error(`Conversation ${holder.conversationId} has an entry but no state.`);
    return { entry: holder, state, repeated: true };
  }

  #numbered(request: Append, hash: string, draft: Draft, state: ConversationState | null): Entry {
    const now = this.#clock();
    const workspaceId = state?.workspaceId ?? draft.workspaceId;
    if (!workspaceId) throw new Error('The first entry of a conversation must name its workspace.');
    const at = state && state.lastAt > now ? state.lastAt : now;
    const seq = (state?.seq ?? 0) + 1;
    return {
      ...draft,
      _id: timedId(at),
      workspaceId,
      conversationId: request.conversationId,
      seq,
      pub: (state?.pub ?? 0) + (draft.audience === 'public' ? 1 : 0),
      clientId: request.clientId,
      hash,
      v: entryVersion,
      at,
      mark: this.#shortcut.markFor(request.conversationId, seq),
    };
  }

  #commit(entry: Entry, state: ConversationState, from?: string): Appended {
    this.#heads.set(state);
    this.#committed(entry, state, from);
    return { entry, state, repeated: false };
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

const bodyHash = (body: unknown): string => digest('sha256', JSON.stringify(body) ?? '', 'base64url');

/** The bytes of an entry, or a little more. Counting them exactly costs as much as writing them. */
function sizeOf(entry: Entry): number {
  const atMost = envelopeBytes + 3 * JSON.stringify(entry.payload).length;
  if (atMost <= entryBytes) return atMost;
  const bytes = BSON.calculateObjectSize(entry, { ignoreUndefined: true });
  if (bytes > entryBytes)
    throw new DeskError('too_large', { detail: `An entry may have ${entryBytes} bytes, this one has ${bytes}.` });
  return bytes;
}
