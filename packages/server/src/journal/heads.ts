import { type ConversationState, foldAll } from './fold.js';
import type { JournalStore } from './store.js';

const kept = 20_000;
const page = 1000;

/** The newest states, cached; the least recently used one goes first. A stale one costs a lost race, never a wrong entry. */
export class Heads {
  readonly #store: JournalStore;
  readonly #states = new Map<string, ConversationState>();

  constructor(store: JournalStore) {
    this.#store = store;
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

  /** The state after all that a majority has. */
  async refresh(conversationId: string): Promise<ConversationState | null> {
    let state = this.#states.get(conversationId) ?? (await this.#store.snapshot(conversationId));
    for (;;) {
      const entries = await this.#store.after(conversationId, 'everything', state?.seq ?? 0, page);
      state = foldAll(state, entries);
      if (entries.length < page) break;
    }
    const newer = this.#states.get(conversationId);
    if (newer && newer.seq >= (state?.seq ?? 0)) return newer;
    if (state) this.set(state);
    return state;
  }

  set(state: ConversationState): void {
    this.#states.delete(state._id);
    this.#states.set(state._id, state);
    if (this.#states.size > kept) this.#states.delete(this.#states.keys().next().value ?? '');
  }
}
