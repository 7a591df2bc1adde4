import { fold } from '@helpline/server/dist/journal/fold.js';
import type { ConversationState, Entry } from '@helpline/server/dist/journal/index.js';
import { canSee } from '@helpline/server/dist/platform/visibility.js';
import { visibilityOf } from '@helpline/server/dist/staff/rules.js';
import { c7Replay } from './c7-replay.js';
import { isAutomatic, journals } from './facts.js';
import type { AgentState } from './final-state.js';
import type { Check, Finding } from './finding.js';

/** Assignment: one assignee at a time, nobody beyond his capacity, nobody overtaken, no slot without its assignment. */
export const c7Assignment: Check = (_history, final) => {
  const states = [...journals(final).values()].flatMap((journal) => replayed(journal) ?? []);
  return [
    ...[...journals(final).values()].flatMap(ofChain),
    ...final.agents.flatMap((agent) => ofSlots(agent, states, final.readAtWall)),
    ...withoutSlot(final.agents, states),
    ...waitingInVain(final.agents, states),
    ...c7Replay(final),
  ];
};

/** Routing assigns only what waits, and only to somebody whom it saw with room for it. */
function ofChain(journal: Entry[]): Finding[] {
  let state: ConversationState | null = null;
  return journal.flatMap((entry) => {
    const before: ConversationState | null = state;
    state = next(state, entry);
    if (!isAutomatic(entry)) return [];
    const chosen = entry.payload.reason?.candidates.find((one) => one.chosen);
    const full = chosen !== undefined && chosen.open >= chosen.capacity;
    return [
      ...(before && before.handler !== 'queue' ? [finding('routing gave away what was not waiting', entry)] : []),
      ...(full ? [finding('routing chose somebody whom it saw at his capacity', entry)] : []),
    ];
  });
}

const replayed = (journal: Entry[]): ConversationState | null => journal.reduce<ConversationState | null>(next, null);

/** What can't be folded is for another check to report. */
function next(state: ConversationState | null, entry: Entry): ConversationState | null {
  try {
    return fold(state, entry);
  } catch {
    return state;
  }
}

const stands = (state: ConversationState, agentId: string): boolean =>
  state.handler === 'agent' && state.assigneeId === agentId;

/** A slot that a crash left behind is settled within this time. */
const settledAfterMs = 45_000;

function ofSlots(agent: AgentState, states: ConversationState[], now: Date): Finding[] {
  const byId = new Map(states.map((state) => [state._id, state]));
  const miscounted = (['chat', 'email'] as const).filter(
    (channel) => agent.used[channel] !== agent.slots.filter((slot) => slot.channel === channel).length,
  );
  const idle = agent.slots.filter((slot) => {
    if (slot.takenAt.getTime() > now.getTime() - settledAfterMs) return false;
    const state = byId.get(slot.conversationId);
    return !state || !stands(state, agent._id) || state.assignedAs !== slot.clientId;
  });
  return [
    ...miscounted.map((channel) => finding('an agent does not use what his slots say', { channel, agent })),
    ...idle.map((slot) => finding('a slot is held for an assignment that does not stand', { agent: agent._id, slot })),
  ];
}

function withoutSlot(agents: AgentState[], states: ConversationState[]): Finding[] {
  const slots = new Set(agents.flatMap(({ _id, slots }) => slots.map((slot) => `${_id} ${slot.clientId}`)));
  return states
    .filter((state) => state.handler === 'agent' && !slots.has(`${state.assigneeId} ${state.assignedAs}`))
    .map(({ _id, assigneeId, assignedAs }) =>
      finding('an assignment stands and takes no slot', { conv: _id, assigneeId, assignedAs }),
    );
}

function waitingInVain(agents: AgentState[], states: ConversationState[]): Finding[] {
  return states
    .filter((state) => state.handler === 'queue' && state.status === 'open')
    .flatMap((state) => {
      const free = agents.find((agent) => couldTake(agent, state));
      return free ? [finding('somebody waits beside a free agent', { conv: state._id, agent: free._id })] : [];
    });
}

const couldTake = (agent: AgentState, state: ConversationState): boolean =>
  agent.availability === 'available' &&
  agent.used[state.channel] < agent.capacity[state.channel] &&
  canSee(visibilityOf(agent), state);

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C7', what, evidence });
