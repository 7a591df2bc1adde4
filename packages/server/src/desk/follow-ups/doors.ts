import { answerOf, authored } from '../../conversations/index.js';
import type { Journal } from '../../journal/index.js';
import { doorForAgents, type Row } from '../../platform/doors.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { canSee } from '../../platform/visibility.js';
import { type Staff, visibilityOf } from '../../staff/index.js';
import type { FollowUps } from './follow-ups.js';
import { promise, settle } from './promise.js';

interface Parts {
  journal: Journal;
  staff: Staff;
  followUps: FollowUps;
}

const rate = { points: 120, perSeconds: 60 };

export const followUpDoors = ({ journal, staff, followUps }: Parts): Row[] => [
  doorForAgents({
    name: 'followUp.list',
    permission: 'conversation.read',
    on: 'nothing',
    rate,
    run: ({ whose }, { caller }) => followUps.list(caller.visibility, caller.agentId, whose),
  }),
  doorForAgents({
    name: 'followUp.promise',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    async run({ dueAt, ownerId, text = '', ...input }, call) {
      const owner = ownerId ?? call.caller.agentId;
      if (ownerId) await checkMayKeep(journal, staff, input.conversationId, call.caller.workspaceId, ownerId);
      return answerOf(await promise(journal, { ...authored(call, input), dueAt, ownerId: owner, text }), call);
    },
  }),
  doorForAgents({
    name: 'followUp.settle',
    permission: 'conversation.answer',
    on: 'conversation',
    rate,
    run: async ({ id, state, ...input }, call) =>
      answerOf(await settle(journal, { ...authored(call, input), id, state }), call),
  }),
];

/** Whoever is to keep it must be able to see what it is about. */
async function checkMayKeep(
  journal: Journal,
  staff: Staff,
  conversationId: string,
  workspaceId: string,
  ownerId: string,
): Promise<void> {
  const state = await journal.state(conversationId);
  if (!state) throw notFound();
  if (!canSee(visibilityOf(await staff.member(workspaceId, ownerId)), state))
    throw new DeskError('unprocessable', { detail: "The agent is not of the conversation's brand and team." });
}
