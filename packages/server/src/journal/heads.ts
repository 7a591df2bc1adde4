import { type ConversationState, foldAll } from './fold.js';
import type { JournalStore } from './store.js';

const kept = 20_000;
const page = 1000;

/** The newest states, cached; the least recently used one goes first. A stale one costs a lost race, never a wrong entry. */
export class Heads {
  readonly #store: JournalStore;
  readonly #states = new Map<string, ConversationState>();
  /** Since when each cached state is known to be the newest; kept where other nodes write too. */
  readonly #newestAt = new Map<string, number>();
  readonly #trustedForMs: number;
  readonly #asked = new Set<string>();
  #looking: Promise<Map<string, number>> | null = null;

  /** `trustedForMs`: how long a reader is given a cached state without a look whether another node wrote. */
  constructor(store: JournalStore, trustedForMs = Number.POSITIVE_INFINITY) {
    this.#store = store;
    this.#trustedForMs = trustedForMs;
  }

  /** Null also where nobody has looked yet. */
  cached(conversationId: string): ConversationState | null {
    return this.#states.get(conversationId) ?? null;
  }

  async get(conversationId: string): Promise<ConversationState | null> {
    const cached = this.#states.get(conversationId);
    if (!cached) return this.refresh(conversationId);
    this.#states.delete(conversationId);
    this.#states.set(conversationId, cached);
    return cached;
  }

  /** The state after this entry at least: the cached one may be of before what another node wrote. */
  async reaching(conversationId: string, seq: number): Promise<ConversationState | null> {
    const state = await this.get(conversationId);
    return state && state.seq >= seq ? state : this.refresh(conversationId);
  }

  /** For readers: the newest state, or one that was the newest a moment ago. */
  async current(conversationId: string): Promise<ConversationState | null> {
    if (this.#isTrusted(conversationId)) return this.get(conversationId);
    this.#looking ??= this.#lookSoon();
    this.#asked.add(conversationId);
    const asked = performance.now();
    const seqs = await this.#looking;
    const state = await this.reaching(conversationId, seqs.get(conversationId) ?? 0);
    if (state) this.#newestAt.set(conversationId, asked);
    return state;
  }

  /** Whoever asks in the same turn shares one look. */
  #lookSoon(): Promise<Map<string, number>> {
    return new Promise((resolve) => {
      setImmediate(() => {
        const ids = [...this.#asked];
        this.#asked.clear();
        this.#looking = null;
        resolve(this.#store.newestSeqs(ids));
      });
    });
  }

  /** The newest states of those that there are, found with one look at all of them. */
  async newest(conversationIds: string[]): Promise<ConversationState[]> {
    const alone = this.#trustedForMs === Number.POSITIVE_INFINITY;
    const seqs = alone ? new Map<string, number>() : await this.#store.newestSeqs(conversationIds);
    const states = await Promise.all(conversationIds.map((id) => this.reaching(id, seqs.get(id) ?? 0)));
    return states.filter((state) => state !== null);
  }

  /** Another node wrote up to here: what is cached may be older. */
  heardOf(conversationId: string, seq: number): void {
    const cached = this.#states.get(conversationId);
    if (cached && cached.seq < seq) this.#newestAt.delete(conversationId);
  }

  /** The state after all that a majority has. */
  async refresh(conversationId: string): Promise<ConversationState | null> {
    const asked = performance.now();
    let state = this.#states.get(conversationId) ?? (await this.#store.snapshot(conversationId));
    for (;;) {
      const entries = await this.#store.after(conversationId, 'everything', state?.seq ?? 0, page);
      state = foldAll(state, entries);
      if (entries.length < page) break;
    }
    const newer = this.#states.get(conversationId);
    if (newer && newer.seq >= (state?.seq ?? 0)) state = newer;
    if (state) this.set(state, asked);
    return state;
  }

  /** `newestAt`: when nobody can have written anything newer. */
  set(state: ConversationState, newestAt = performance.now()): void {
    this.#states.delete(state._id);
    this.#states.set(state._id, state);
    if (this.#trustedForMs !== Number.POSITIVE_INFINITY) this.#newestAt.set(state._id, newestAt);
    if (this.#states.size <= kept) return;
    const oldest = this.#states.keys().next().value ?? '';
    this.#states.delete(oldest);
    this.#newestAt.delete(oldest);
  }

  #isTrusted(conversationId: string): boolean {
    if (this.#trustedForMs === Number.POSITIVE_INFINITY) return true;
    const newestAt = this.#newestAt.get(conversationId);
    return newestAt !== undefined && performance.now() - newestAt < this.#trustedForMs;
  }
}
