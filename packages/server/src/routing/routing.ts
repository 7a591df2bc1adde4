import type { Consumer, ConversationState } from '../journal/index.js';
import { sleep } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import type { StaffMember } from '../staff/index.js';
import { howItWaits } from './giving-out/claim.js';
import { Desk, type Parts as DeskParts } from './giving-out/desk.js';
import { look } from './giving-out/look.js';
import { releaseEnded, settleSlots } from './slots/settle.js';

interface Parts extends DeskParts {
  log: Logger;
}

const lookAtLeastEveryMs = 5_000;
const remembered = 100_000;

/** Gives waiting conversations to agents, on the one node that holds the lease, whenever something may have changed. */
export class Routing {
  readonly #parts: Parts;
  readonly #dirty = new Set<string>();
  readonly #desks = new Map<string, Desk>();
  /** When each workspace must be looked at though nothing changes there. */
  readonly #moments = new Map<string, Date>();
  /** How each conversation of the queue waits, as far as was noticed. */
  readonly #waiting = new Map<string, string>();
  /** Conversations whose slots take nothing: any message may bring them back. */
  readonly #resting = new Set<string>();
  #wake: () => void = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.journal.consume(this.#release);
    parts.journal.onProjected((states) => {
      for (const state of states) this.#noticeQueued(state);
    });
    parts.staff.onChanged((member) => this.#staffChanged(member));
    parts.policies.onChanged((workspaceId) => this.heardOf(workspaceId));
  }

  /** Gives out what waits, on the leading node, until `held` aborts. What fails is tried again. */
  async lead(held: AbortSignal, token: number): Promise<void> {
    this.#lookedAt = 0;
    while (!held.aborted) {
      try {
        await this.#lookEverywhereNowAndThen(token);
        await this.#lookWhereDirty(held);
        if (this.#dirty.size === 0) await this.#nextChange(held);
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'routing failed, trying again');
        this.#lookedAt = 0;
        await sleep(500, held);
      }
    }
  }

  async #lookWhereDirty(held: AbortSignal): Promise<void> {
    for (const [workspaceId, moment] of this.#moments) if (moment.getTime() <= Date.now()) this.#dirty.add(workspaceId);
    for (const workspaceId of [...this.#dirty]) {
      this.#dirty.delete(workspaceId);
      const moment = await look(this.#deskOf(workspaceId), held);
      if (moment) this.#moments.set(workspaceId, moment);
      else this.#moments.delete(workspaceId);
    }
  }

  #deskOf(workspaceId: string): Desk {
    const desk = this.#desks.get(workspaceId) ?? new Desk(this.#parts, workspaceId);
    this.#desks.set(workspaceId, desk);
    return desk;
  }

  /** Slots of ended assignments become free; must not be missed, so it follows the journal. */
  readonly #release: Consumer = {
    name: 'routing-slots',
    wants: ({ type, conversationId }) =>
      endsSlots.has(type) || (type === 'message' && this.#resting.has(conversationId)),
    handle: async (refs) => {
      for (const conversationId of new Set(refs.map((ref) => ref.conversationId))) {
        this.#resting.delete(conversationId);
        await releaseEnded(this.#parts, conversationId);
      }
    },
  };

  #lookedAt = 0;

  async #lookEverywhereNowAndThen(token: number): Promise<void> {
    if (Date.now() - this.#lookedAt < lookAtLeastEveryMs) return;
    this.#lookedAt = Date.now();
    await this.#parts.staff.lead(token); // before anything is read: a leader of the past adds nothing to it
    this.#desks.clear();
    for (const conversationId of await settleSlots(this.#parts)) this.#resting.add(conversationId);
    for (const workspaceId of await this.#parts.conversations.workspacesWithQueue()) this.#dirty.add(workspaceId);
  }

  /** Only what is new in the queue is a reason to look: further messages of what waits there are not. */
  #noticeQueued(state: ConversationState): void {
    const { _id, workspaceId, handler } = state;
    if (handler !== 'queue') {
      this.#waiting.delete(_id);
      return;
    }
    const now = howItWaits(state);
    if (this.#waiting.get(_id) === now) return;
    this.#waiting.set(_id, now);
    if (this.#waiting.size > remembered) this.#waiting.clear();
    this.look(workspaceId);
  }

  #staffChanged({ _id, workspaceId, slots }: StaffMember): void {
    for (const { units, conversationId } of slots) if (units === 0) this.#resting.add(conversationId);
    this.heardOf(workspaceId, _id);
  }

  /** This agent has changed there, or anything. */
  heardOf(workspaceId: string, agentId?: string): void {
    const desk = this.#desks.get(workspaceId);
    if (agentId) desk?.memberChanged(agentId);
    else {
      desk?.forget();
      this.#lookedAt = 0; // what slots take may be another matter now
    }
    this.look(workspaceId);
  }

  /** Something may have changed there: looks as soon as this node leads. */
  look(workspaceId: string): void {
    this.#dirty.add(workspaceId);
    this.#wake();
  }

  async #nextChange(signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const stop = new AbortController();
    const moments = [...this.#moments.values()].map((moment) => moment.getTime() - Date.now());
    const waitMs = Math.max(0, Math.min(lookAtLeastEveryMs, ...moments));
    await Promise.race([woken, sleep(waitMs, AbortSignal.any([signal, stop.signal]))]);
    stop.abort();
  }
}

const endsSlots: ReadonlySet<string> = new Set(['assigned', 'status', 'transferred', 'offer_ended']);
