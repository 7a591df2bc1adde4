import { hasRoom, may } from '@helpline/protocol';
import { answerOf, authored, type ConversationStore, endOffer, type Lists, reopen } from '../conversations/index.js';
import type { ConversationState, Journal } from '../journal/index.js';
import { type AgentCaller, doorForAgents, type Row } from '../platform/doors.js';
import { DeskError, notFound } from '../platform/errors.js';
import { canSee } from '../platform/visibility.js';
import type { Staff } from '../staff/index.js';
import { assignByHand } from './giving-out/claim.js';
import { accept } from './offers/accept.js';

const rate = { points: 120, perSeconds: 60 };

interface Parts {
  journal: Journal;
  staff: Staff;
  conversations: ConversationStore;
  lists: Lists;
}

export const routingDoors = ({ journal, staff, conversations, lists }: Parts): Row[] => [
  doorForAgents({
    name: 'conversation.assign',
    permission: 'conversation.assign',
    on: 'conversation',
    rate,
    async run({ agentId, text, expectedSeq, ...input }, call) {
      const conversation = await journal.state(input.conversationId);
      if (!conversation) throw notFound();
      if (agentId && agentId !== call.caller.agentId) await checkHasRoom(staff, call.caller, agentId, conversation);
      const asked = { ...authored(call, input), conversation, agentId, text, expectedSeq };
      return answerOf(await assignByHand(journal, staff, asked), call);
    },
  }),
  doorForAgents({
    name: 'conversation.offers',
    permission: 'conversation.answer',
    on: 'nothing',
    rate,
    async run(_input, { caller: { workspaceId, agentId, visibility } }) {
      const offered = await conversations.offeredTo(workspaceId, agentId);
      return { items: await lists.present(offered.filter((state) => canSee(visibility, state))) };
    },
  }),
  doorForAgents({
    name: 'conversation.accept',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    async run(input, call) {
      const { agentId } = call.caller;
      return answerOf(await accept(journal, staff, { ...authored(call, input), agentId }), call);
    },
  }),
  doorForAgents({
    name: 'conversation.decline',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    async run(input, call) {
      const { agentId } = call.caller;
      return answerOf(await endOffer(journal, { ...authored(call, input), agentId, how: 'declined' }), call);
    },
  }),
  doorForAgents({
    name: 'conversation.reopen',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    run: async (input, call) => answerOf(await reopen(journal, authored(call, input)), call),
  }),
];

/** More than he can take a supervisor may give somebody, and everybody himself. */
async function checkHasRoom(
  staff: Staff,
  { role, workspaceId }: AgentCaller,
  agentId: string,
  { channel, assigneeId }: ConversationState,
): Promise<void> {
  if (may(role, 'conversation.supervise') || assigneeId === agentId) return;
  if (!hasRoom(await staff.member(workspaceId, agentId), channel)) throw new DeskError('at_capacity');
}
