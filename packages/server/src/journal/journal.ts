import type { Actor } from '@helpline/protocol';
import { type Clock, systemClock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { grouped } from '../platform/grouped.js';
import type { Leases } from '../platform/leases.js';
import type { Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { type Append, type Appended, Appender, type Committed } from './append.js';
import { Batcher } from './batcher.js';
import type { Entry } from './entry.js';
import { type ConversationState, statesAfter } from './fold.js';
import type { Consumer } from './follower.js';
import { Heads } from './heads.js';
import { projector, renewOutdated } from './projector.js';
import { redact } from './redact.js';
import { type Examined, type RepairOptions, repairConversations } from './repair.js';
import { Shortcut } from './shortcut.js';
import { JournalStore } from './store.js';
import { Tail } from './tail.js';

/** A page of a conversation for one audience. `head` is the newest number that audience has. */
export interface SyncPage {
  entries: Entry[];
  head: number;
  more: boolean;
}

type Projected = (states: ConversationState[]) => void;

/** The truth of every conversation: append to it, read it, follow it. */
export class Journal {
  readonly #db: Database;
  readonly #store: JournalStore;
  readonly #heads: Heads;
  readonly #shortcut = new Shortcut();
  readonly #appender: Appender;
  readonly #log: Logger;
  readonly #committed: Committed[] = [];
  readonly #projected: Projected[] = [];
  readonly #consumers: Consumer[] = [];
  #tail: Tail | null = null;

  constructor(db: Database, log: Logger, clock: Clock = systemClock, metrics = new Metrics(), trustedForMs?: number) {
    this.#db = db;
    this.#log = log;
    this.#store = new JournalStore(db);
    this.#heads = new Heads(this.#store, trustedForMs);
    this.#appender = new Appender({
      store: this.#store,
      heads: this.#heads,
      batcher: new Batcher((entries) => this.#store.insert(entries), metrics),
      clock,
      metrics,
      shortcut: this.#shortcut,
      committed: (entry, state, from) => this.#hint(this.#committed, (listener) => listener(entry, state, from)),
    });
    metrics.watch('appends_waiting', 'Appends on this node that have not ended yet.', () => [
      { value: this.#appender.waiting },
    ]);
    const lag = 'How long the oldest entry that a consumer has not handled is there; on the leading node only.';
    metrics.watch('tail_lag_seconds', lag, () => this.#tail?.lags() ?? [], 'consumer');
    this.consume(
      projector(this.#store, this.#heads, (states) => this.#hint(this.#projected, (listener) => listener(states))),
    );
  }

  prepare(): Promise<void> {
    return this.#store.prepare();
  }

  /** Appends what the request's rule decides; resolves once it is durable. Rejects with the rule's DeskError, `conflict`, `too_large` or `busy`. */
  append(request: Append): Promise<Appended> {
    return this.#appender.append(request);
  }

  /** The state after the newest entry this node knows of, and after number `atLeast` if that is known to be there. */
  state(conversationId: string, atLeast = 0): Promise<ConversationState | null> {
    return this.#heads.reaching(conversationId, atLeast);
  }

  /** As `state`, for whoever shows it to somebody: where other nodes write too, of a moment ago at most. */
  current(conversationId: string): Promise<ConversationState | null> {
    return this.#heads.current(conversationId);
  }

  /** The newest states of these conversations, by one look at what a majority has. */
  newest(conversationIds: string[]): Promise<ConversationState[]> {
    return this.#heads.newest(conversationIds);
  }

  /** Another node has told that there is an entry of this number. A hint like any other. */
  heardOf(conversationId: string, seq: number): void {
    this.#heads.heardOf(conversationId, seq);
  }

  /** What comes after a position, in the audience's own numbers. */
  async sync(
    conversationId: string,
    audience: 'everything' | 'public',
    after: number,
    limit: number,
  ): Promise<SyncPage> {
    const found = await this.#store.after(conversationId, audience, after - 1, limit + 2); // what the reader has last, too: it may be the head
    const missing = found.filter((entry) => numberFor(audience, entry) > after);
    const more = missing.length > limit;
    const entries = missing.slice(0, limit);
    const last = found.at(-1);
    if (last && !more) return { entries, head: numberFor(audience, last), more };
    const head = numberFor(audience, await this.#store.newest(conversationId));
    return { entries, head, more: more || head > after };
  }

  /** Every state that each of these conversations was in, the oldest first. */
  async pasts(conversationIds: string[]): Promise<ConversationState[][]> {
    const ofEach = grouped(await this.#store.wordless(conversationIds), (entry) => entry.conversationId);
    return [...ofEach.values()].map((entries) => statesAfter(entries));
  }

  entriesById(ids: string[]): Promise<Entry[]> {
    return this.#store.byIds(ids);
  }

  entryByClientId(conversationId: string, clientId: string): Promise<Entry | null> {
    return this.#store.byClientId(conversationId, clientId);
  }

  redact(conversationId: string, seq: number, actor: Actor): Promise<Appended> {
    return redact(this.#store, (request) => this.append(request), conversationId, seq, actor);
  }

  /** Puts right what was computed from the journal. */
  repair(options: RepairOptions): Promise<Examined> {
    return repairConversations(this.#store, options);
  }

  /** Hints, told in this process after the commit: they may be lost, and nothing may depend on them. */
  onCommitted(listener: Committed): void {
    this.#committed.push(listener);
  }

  /** Hints, told on the leading node after the `conversations` collection was brought up. */
  onProjected(listener: Projected): void {
    this.#projected.push(listener);
  }

  /** What must see every entry, crash or not. Register before `lead`. */
  consume(consumer: Consumer): void {
    this.#consumers.push(consumer);
  }

  /** Runs the consumers, and what else only one node does, on the node that holds the lease, until `signal` aborts. */
  lead(
    leases: Leases,
    signal: AbortSignal,
    alsoDo = async (_held: AbortSignal, _token: number): Promise<void> => {},
  ): Promise<void> {
    return leases.whileHeld('leader', signal, async (held, token) => {
      const tail = new Tail(this.#db, this.#store, this.#shortcut, this.#consumers, this.#log, token);
      this.#tail = tail;
      await Promise.all([
        renewOutdated(this.#store, this.#heads, this.#log, held),
        tail.follow(held),
        alsoDo(held, token),
      ]);
      this.#tail = null;
    });
  }

  /** A listener that fails must not make a committed entry look refused. */
  #hint<T>(listeners: T[], tell: (listener: T) => void): void {
    for (const listener of listeners) {
      try {
        tell(listener);
      } catch (error) {
        this.#log.error({ err: error }, 'a listener of the journal failed');
      }
    }
  }
}

const numberFor = (audience: 'everything' | 'public', entry: { seq: number; pub: number }): number =>
  audience === 'public' ? entry.pub : entry.seq;
