import { answerOf, authored, reopen } from '../conversations/index.js';
import type { Journal } from '../journal/index.js';
import { doorForAgents, type Row } from '../platform/doors.js';
import { notFound } from '../platform/errors.js';
import type { Staff } from '../staff/index.js';
import { assignByHand } from './claim.js';

const rate = { points: 120, perSeconds: 60 };

export const routingDoors = ({ journal, staff }: { journal: Journal; staff: Staff }): Row[] => [
  doorForAgents({
    name: 'conversation.assign',
    permission: 'conversation.assign',
    on: 'conversation',
    rate,
    async run(input, call) {
      const conversation = await journal.state(input.conversationId);
      if (!conversation) throw notFound();
      return answerOf(
        await assignByHand(journal, staff, { ...authored(call, input), conversation, agentId: input.agentId }),
        call,
      );
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
