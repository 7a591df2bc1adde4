import { fold } from '@helpline/server/dist/journal/fold.js';
import type { ConversationState, Entry } from '@helpline/server/dist/journal/index.js';
import { canSee } from '@helpline/server/dist/platform/visibility.js';
import { visibilityOf } from '@helpline/server/dist/staff/rules.js';
import { type AssignedEntry, isAutomatic } from './facts.js';
import type { AgentState, Change, FinalState } from './final-state.js';
import type { Finding } from './finding.js';

type Slot = AgentState['slots'][number];
/** Somebody who waits, and when that was committed. */
interface Waiting {
  state: ConversationState;
  since: Date;
}

/** The projection that routing reads may lag behind the journal by so much. */
const toleranceMs = 5_000;

/** Goes through all changes in the order of their commits: what was true at the moment of each? */
export function c7Replay({ changes, entries }: FinalState): Finding[] {
  const byId = new Map(entries.map((entry) => [entry._id, entry]));
  const house = new House();
  return (changes ?? []).flatMap((change) => {
    if (change.kind === 'agent') return house.agentChanged(change.agent);
    const entry = byId.get(change.id);
    return entry ? house.entryAppended(entry, change) : [];
  });
}

class House {
  readonly #states = new Map<string, ConversationState>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #agents = new Map<string, AgentState>();

  entryAppended(entry: Entry, { wall }: Change): Finding[] {
    const before = this.#states.get(entry.conversationId) ?? null;
    let state: ConversationState;
    try {
      state = fold(before, entry);
    } catch {
      return []; // reported elsewhere
    }
    this.#states.set(state._id, state);
    if (state.handler !== 'queue' || state.status !== 'open') this.#waiting.delete(state._id);
    else if (before?.waitingSince !== state.waitingSince) this.#waiting.set(state._id, { state, since: wall });
    return isAutomatic(entry) ? this.#assigned(entry) : [];
  }

  #assigned(entry: AssignedEntry): Finding[] {
    const agent = this.#agents.get(entry.payload.agentId ?? '');
    if (!agent || agent.slots.some(({ clientId }) => clientId === entry.clientId)) return [];
    return [finding('routing assigned without having taken a slot', { entry, slots: agent.slots })];
  }

  agentChanged(agent: AgentState): Finding[] {
    const before = this.#agents.get(agent._id);
    this.#agents.set(agent._id, agent);
    if (!before) return [];
    const held = new Set(before.slots.map(({ conversationId }) => conversationId));
    const fresh = agent.slots.filter(({ conversationId }) => !held.has(conversationId));
    const taken = fresh.filter(({ clientId }) => clientId.startsWith('system:routing:'));
    return taken.flatMap((slot) => [...this.#beyondCapacity(agent, slot), ...this.#overtaken(agent, before, slot)]);
  }

  #beyondCapacity(agent: AgentState, { channel }: Slot): Finding[] {
    const used = agent.slots.filter((slot) => slot.channel === channel).length;
    if (used <= agent.capacity[channel]) return [];
    return [finding('routing gave an agent more than he can take', { agent, channel })];
  }

  /** Somebody else has waited for longer, and this agent could have taken him. */
  #overtaken(agent: AgentState, before: AgentState, slot: Slot): Finding[] {
    const mine = this.#waiting.get(slot.conversationId);
    if (!mine) return [];
    const passed = [...this.#waiting.values()].find(
      ({ state, since }) =>
        state.channel === slot.channel &&
        canSee(visibilityOf(agent), state) &&
        isLonger(state.waitingSince, mine.state.waitingSince) &&
        isLonger(since, mine.since) &&
        !before.slots.some(({ conversationId }) => conversationId === state._id),
    );
    if (!passed) return [];
    return [finding('somebody who waited for longer was passed over', { agent: agent._id, taken: mine, passed })];
  }
}

const isLonger = (one: Date | null, other: Date | null): boolean =>
  one !== null && other !== null && one.getTime() + toleranceMs < other.getTime();

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C7', what, evidence });
