import type { Output } from '@helpline/protocol';
import type { Contacts } from '../../contacts/index.js';
import {
  answerOf,
  authored,
  type ConversationStore,
  type Lists,
  pend,
  snooze,
  triage,
} from '../../conversations/index.js';
import type { Appended, ConversationState, Journal } from '../../journal/index.js';
import { type AgentCaller, type Call, doorForAgents, type Row } from '../../platform/doors.js';
import { notFound } from '../../platform/errors.js';
import { canSee } from '../../platform/visibility.js';
import type { Staff } from '../../staff/index.js';
import type { Workspaces } from '../../workspaces/index.js';
import type { HandBacks } from './hand-back.js';
import { moveMany } from './move-many.js';
import { escalate, passOn } from './pass-on.js';
import { setVip } from './set-vip.js';

interface Parts {
  journal: Journal;
  staff: Staff;
  workspaces: Workspaces;
  contacts: Contacts;
  conversations: ConversationStore;
  lists: Lists;
  handBacks: HandBacks;
}

const rate = { points: 120, perSeconds: 60 };
/** Each is up to two hundred decisions. */
const rateOfMany = { points: 20, perSeconds: 60 };

export const moveDoors = (parts: Parts): Row[] => [
  doorForAgents({
    name: 'conversation.targets',
    permission: 'conversation.transfer',
    on: 'nothing',
    rate,
    async run(_input, { caller: { workspaceId } }) {
      const { workspaces } = parts;
      const [teams, brands] = await Promise.all([workspaces.teams(workspaceId), workspaces.brands(workspaceId)]);
      return {
        teams: teams.map(({ _id, name, escalatesTo = null }) => ({ id: _id, name, escalatesTo })),
        brands: brands.map(({ _id, name }) => ({ id: _id, name })),
      };
    },
  }),
  doorForAgents({
    name: 'conversation.transfer',
    permission: 'conversation.transfer',
    on: 'conversation',
    losesSight: true,
    rate,
    async run({ teamId, brandId, text, ...input }, call) {
      const to = { teamId, ...(brandId ? { brandId } : {}), ...(text ? { text } : {}) };
      return movedOf(await passOn(parts, await asked(parts, input, call), to), call);
    },
  }),
  doorForAgents({
    name: 'conversation.escalate',
    permission: 'conversation.transfer',
    on: 'conversation',
    losesSight: true,
    rate,
    run: async ({ text, ...input }, call) =>
      movedOf(await escalate(parts, await asked(parts, input, call), text), call),
  }),
  doorForAgents({
    name: 'conversation.triage',
    permission: 'conversation.assign',
    on: 'conversation',
    rate,
    run: async ({ priority, dueAt, skills, ...input }, call) =>
      answerOf(await triage(parts.journal, { ...authored(call, input), needs: { priority, dueAt, skills } }), call),
  }),
  doorForAgents({
    name: 'conversation.pend',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    run: async (input, call) => answerOf(await pend(parts.journal, authored(call, input)), call),
  }),
  doorForAgents({
    name: 'conversation.snooze',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    run: async ({ until, ...input }, call) => answerOf(await snooze(parts.journal, authored(call, input), until), call),
  }),
  doorForAgents({
    name: 'conversation.moveMany',
    permission: 'conversation.supervise',
    on: 'nothing',
    rate: rateOfMany,
    run({ clientId, ...input }, call) {
      const { actor, clientId: own } = authored(call, { conversationId: '', clientId });
      return moveMany(parts, { ...input, clientId: own, actor, visibility: call.caller.visibility });
    },
  }),
  doorForAgents({
    name: 'agent.handBack',
    permission: 'self.manage',
    on: 'nothing',
    rate,
    run: ({ availability }, { caller: { agentId, workspaceId } }) =>
      parts.handBacks.begin({ _id: agentId, workspaceId }, availability),
  }),
  doorForAgents({
    name: 'conversation.setVip',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    async run({ conversationId, vip }) {
      await setVip(parts, (await stateOf(parts, conversationId)).contactId, vip);
      const [conversation] = await parts.lists.present([await stateOf(parts, conversationId)]);
      if (!conversation) throw notFound();
      return conversation;
    },
  }),
];

async function asked(parts: Parts, input: { conversationId: string; clientId: string }, call: Call<AgentCaller>) {
  return { ...authored(call, input), conversation: await stateOf(parts, input.conversationId) };
}

async function stateOf({ journal }: Parts, conversationId: string): Promise<ConversationState> {
  const state = await journal.current(conversationId);
  if (!state) throw notFound();
  return state;
}

/** Tells whoever passed it on, too, whether it is still his to see. */
const movedOf = (appended: Appended, call: Call<AgentCaller>): Output<'conversation.transfer'> => ({
  ...answerOf(appended, call),
  visible: canSee(call.caller.visibility, appended.state),
});
