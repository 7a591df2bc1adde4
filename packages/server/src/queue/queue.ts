import type { QueuePlace, VisitorSession } from '@helpline/protocol';
import type { ConversationStore, Waiting } from '../conversations/index.js';
import type { ConversationState, Journal } from '../journal/index.js';
import { type Announcer, conversationRoom } from '../platform/announcer.js';
import { sleep } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import { Remembered } from '../platform/remembered.js';
import type { Policies, PolicyOf } from '../routing/index.js';
import type { Staff } from '../staff/index.js';
import { isWorthTelling, type Line, lineOf, placeAt } from './lines.js';
import { Looks } from './looks.js';
import { openingFor } from './opening.js';
import { StartStore } from './store.js';

interface Parts {
  db: Database;
  journal: Journal;
  conversations: ConversationStore;
  staff: Staff;
  policies: Policies;
  log: Logger;
}

/** Somebody who waits, as of the last look. */
interface Known {
  line: string;
  turn: string | null;
  since: Date;
  hands: number;
  /** Null while he was told nothing. */
  told: QueuePlace | null;
}

const lookEveryMs = 1_000;
const lookEverywhereEveryMs = 10_000;
const tellAtOnce = 1_000;
const policyGoodForMs = 5_000;

/** Who waits in the chat: where he stands, how long it may take, and what he is told of it. */
export class Queue {
  readonly #parts: Parts;
  readonly #starts: StartStore;
  readonly #looks: Looks;
  readonly #policies: Remembered<PolicyOf>;
  readonly #changed = new Set<string>();
  /** On the leading node: who waits in each workspace. */
  readonly #known = new Map<string, Map<string, Known>>();
  #started: Parameters<StartStore['keep']>[0] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#starts = new StartStore(parts.db);
    this.#looks = new Looks({ ...parts, starts: this.#starts });
    this.#policies = new Remembered(policyGoodForMs, (workspaceId) => parts.policies.ofWorkspace(workspaceId));
    parts.journal.onProjected((states) => {
      for (const state of states) this.#notice(state);
    });
    parts.staff.onChanged(({ workspaceId }) => this.look(workspaceId));
  }

  prepare(): Promise<void> {
    return this.#starts.prepare();
  }

  /** Where the conversation stands; null unless it waits in the chat. */
  async placeOf(state: Asking): Promise<QueuePlace | null> {
    if (!isWaiting(state)) return null;
    const line = (await this.#looks.recent(state.workspaceId)).get(lineOf(state));
    const index = line?.waiting.findIndex(({ _id }) => _id === state._id) ?? -1;
    const position = index === -1 ? (line?.waiting.length ?? 0) + 1 : index + 1; // it may just have come
    return placeAt(position, line?.secondsPerPlace ?? null);
  }

  /** What a visitor of an inbox is told of its hours. */
  async opening(workspaceId: string, inbox: { inboxId: string; teamId: string | null }): Promise<Hours> {
    const policyOf = (await this.#policies.get(workspaceId)) ?? (await this.#parts.policies.ofWorkspace(workspaceId));
    return openingFor(policyOf, inbox, new Date());
  }

  /** Something may have changed there. */
  look(workspaceId: string): void {
    this.#changed.add(workspaceId);
  }

  /** On the leading node, until `held` aborts: tells those who wait how they come forward. Hints: what fails is told later. */
  async lead(held: AbortSignal, announcer: Announcer): Promise<void> {
    this.#known.clear();
    let lookedEverywhere = 0;
    while (!held.aborted) {
      const began = Date.now();
      try {
        if (began - lookedEverywhere > lookEverywhereEveryMs) {
          lookedEverywhere = began;
          for (const workspaceId of await this.#parts.conversations.workspacesWithQueue()) this.look(workspaceId);
        }
        await this.#tellChanged(announcer);
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'the queue could not be told its places');
      }
      await sleep(Math.max(lookEveryMs, 9 * (Date.now() - began)), held); // whatever it takes, a tenth of the time at most
    }
  }

  async #tellChanged(announcer: Announcer): Promise<void> {
    const started = this.#started;
    this.#started = [];
    await this.#starts.keep(started);
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const workspaceId of changed) await this.#tell(workspaceId, announcer);
  }

  async #tell(workspaceId: string, announcer: Announcer): Promise<void> {
    const look = await this.#looks.fresh(workspaceId);
    const before = this.#known.get(workspaceId) ?? new Map<string, Known>();
    const now = new Map<string, Known>();
    this.#known.set(workspaceId, now);
    let told = 0;
    const tell = (conversationId: string, place: QueuePlace | null) => {
      told++;
      announcer.tellVisitors(conversationRoom(conversationId), 'queue', { conversationId, place });
    };
    for (const line of look.values())
      for (const [i, waiting] of line.waiting.entries()) {
        const { _id } = waiting;
        const place = placeAt(i + 1, line.secondsPerPlace);
        const last = before.get(_id)?.told ?? null;
        const isNews = (!last || isWorthTelling(last, place)) && told < tellAtOnce;
        if (isNews) tell(_id, place);
        now.set(_id, knownAs(line, waiting, isNews ? place : last));
      }
    if (told >= tellAtOnce) this.look(workspaceId);
    for (const conversationId of before.keys()) if (!now.has(conversationId)) tell(conversationId, null);
  }

  #notice(state: ConversationState): void {
    const known = this.#known.get(state.workspaceId)?.get(state._id);
    const isThere = isWaiting(state);
    if (!known && !isThere) return;
    if (isThere && known?.turn === state.turn && known.line === lineOf(state)) return; // he only writes on
    this.look(state.workspaceId);
    if (!known || state.handler !== 'agent') return;
    const { line, since, hands } = known;
    const _id = `${state._id} ${state.assignedSeq}`;
    this.#started.push({ _id, workspaceId: state.workspaceId, line, since, at: state.lastAt, hands });
  }
}

type Hours = VisitorSession['hours'];

type Asking = Pick<ConversationState, '_id' | 'workspaceId' | 'brandId' | 'teamId' | 'handler' | 'status' | 'channel'>;

const isWaiting = ({ handler, status, channel }: Asking): boolean =>
  handler === 'queue' && status === 'open' && channel === 'chat';

const knownAs = ({ name, hands }: Line, { turn, waitingSince }: Waiting, told: QueuePlace | null): Known => ({
  line: name,
  turn,
  since: waitingSince ?? new Date(),
  hands,
  told,
});
