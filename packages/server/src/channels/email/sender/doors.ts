import { answerOf, attaching, authored, envelopeOf } from '../../../conversations/index.js';
import { doorForAgents, type Row } from '../../../platform/doors.js';
import type { Secrets } from '../../../platform/secrets.js';
import type { Uploads } from '../../../uploads/index.js';
import type { Workspaces } from '../../../workspaces/index.js';
import { setSending } from '../sending-settings.js';
import type { Unsubscribing } from '../unsubscribing.js';
import { callBack } from './call-back.js';
import { forward } from './forward.js';
import type { PlanParts } from './plan.js';
import { startConversation } from './start-conversation.js';
import { usualRecipients } from './usual-recipients.js';

const writing = { points: 120, perSeconds: 60 };

export const senderDoors = (
  parts: PlanParts & { secrets: Secrets; uploads: Uploads; workspaces: Workspaces; unsubscribing: Unsubscribing },
): Row[] => [
  doorForAgents({
    name: 'conversation.recipients',
    permission: 'conversation.read',
    on: 'conversation',
    rate: { points: 600, perSeconds: 60 },
    async run({ conversationId }, { caller: { workspaceId } }) {
      const [usual, participants] = await Promise.all([
        usualRecipients(parts, { workspaceId, conversationId }, Number.POSITIVE_INFINITY),
        parts.store.participantsOf(conversationId),
      ]);
      return { ...usual, participants };
    },
  }),
  doorForAgents({
    name: 'conversation.callBack',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run(input, call) {
      const { conversationId, author } = authored(call, input);
      return answerOf(await callBack(parts, conversationId, input.of, author), call);
    },
  }),
  doorForAgents({
    name: 'conversation.forward',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run(input, call) {
      const { of, text } = input;
      const envelope = envelopeOf(input);
      const files = input.attachments ? await parts.uploads.attach(attaching(call, input)) : {};
      return answerOf(await forward(parts, { ...authored(call, input), of, text, envelope, ...files }), call);
    },
  }),
  doorForAgents({
    name: 'conversation.compose',
    permission: 'conversation.answer',
    on: 'nothing',
    rate: writing,
    async run(input, call) {
      const { inboxId, subject, text, attachments, bulk } = input;
      const written = authored(call, { ...input, conversationId: '' });
      const envelope = { ...envelopeOf(input), subject, ...(bulk ? { bulk } : {}) };
      const mail = { ...written, inboxId, text, envelope, attachments };
      const appended = await startConversation(parts, call.caller.visibility, mail);
      return { conversationId: appended.entry.conversationId, ...answerOf(appended, call) };
    },
  }),
  doorForAgents({
    name: 'mailbox.setSending',
    permission: 'mailbox.manage',
    on: 'nothing',
    rate: { points: 20, perSeconds: 60 },
    async run({ mailboxId, ...settings }, { caller }) {
      await setSending(parts, caller.visibility, mailboxId, settings);
      return {};
    },
  }),
];
