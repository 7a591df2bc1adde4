import { limits, type Output } from '@helpline/protocol';
import { type ConversationStore, customerSaw, forVisitor, visitorPrefix } from '../../conversations/index.js';
import type { Appended, Journal } from '../../journal/index.js';
import { type Announcer, conversationRoom, sessionRoom } from '../../platform/announcer.js';
import { type Call, doorForAnyone, doorForVisitors, type Row, type VisitorCaller } from '../../platform/doors.js';
import type { Chat } from './chat.js';

interface Parts {
  chat: Chat;
  journal: Journal;
  conversations: ConversationStore;
  announcer: Announcer;
  files: { publicLink(conversationId: string, n: number, index: number): Promise<Output<'visitor.fileLink'>> };
}

const writing = { points: 40, perSeconds: 60 };
const reading = { points: 300, perSeconds: 60 };

const answerOf = ({ entry }: Appended, { caller }: Call<VisitorCaller>) => ({
  entry: forVisitor(entry, visitorPrefix(caller.sessionId)),
});

/** His other tabs learn of it, and this one hears what comes. */
function began(appended: Appended, call: Call<VisitorCaller>, announcer: Announcer) {
  const { conversationId } = appended.entry;
  call.connection?.join(conversationRoom(conversationId));
  announcer.tellVisitors(sessionRoom(call.caller.sessionId), 'session', {}, call.connection?.id);
  return { conversationId, ...answerOf(appended, call) };
}

export const chatDoors = ({ chat, journal, conversations, announcer, files }: Parts): Row[] => [
  doorForAnyone({
    name: 'visitor.open',
    permission: 'anyone',
    on: 'nothing',
    rate: { points: 60, perSeconds: 60 },
    run: ({ inbox, token }, { origin, sameOrigin }) => chat.open(inbox, token, { origin, sameOrigin }),
  }),
  doorForVisitors({
    name: 'visitor.session',
    permission: 'chat.use',
    on: 'nothing',
    rate: reading,
    run: (_input, { caller }) => chat.session(caller),
  }),
  doorForVisitors({
    name: 'visitor.identify',
    permission: 'chat.use',
    on: 'nothing',
    rate: { points: 20, perSeconds: 60 },
    async run({ identityToken }, { caller, connection }) {
      const { session, left } = await chat.identify(caller, identityToken);
      if (left) {
        connection?.leave(conversationRoom(left));
        announcer.endVisitors(sessionRoom(caller.sessionId), connection?.id); // his other tabs listen there too
      }
      announcer.tellVisitors(sessionRoom(caller.sessionId), 'session', {}, connection?.id);
      return session;
    },
  }),
  doorForVisitors({
    name: 'visitor.start',
    permission: 'chat.use',
    on: 'nothing',
    rate: writing,
    run: async ({ clientId, text }, call) =>
      began(await chat.start(call.caller, clientId, text, call.connection?.id), call, announcer),
  }),
  doorForVisitors({
    name: 'visitor.leaveMessage',
    permission: 'chat.use',
    on: 'nothing',
    rate: { points: 10, perSeconds: 60 },
    run: async (left, call) => began(await chat.leaveMessage(call.caller, left, call.connection?.id), call, announcer),
  }),
  doorForVisitors({
    name: 'visitor.send',
    permission: 'chat.use',
    on: 'conversation',
    rate: writing,
    run: async ({ conversationId, clientId, text }, call) =>
      answerOf(await chat.send(call.caller, conversationId, clientId, text, call.connection?.id), call),
  }),
  doorForVisitors({
    name: 'visitor.sync',
    permission: 'chat.use',
    on: 'conversation',
    rate: reading,
    async run({ conversationId, after, limit }, { caller, connection }) {
      connection?.join(conversationRoom(conversationId)); // before reading, so that nothing falls between
      const page = await journal.sync(conversationId, 'public', after, limit ?? limits.syncPage);
      return { ...page, entries: page.entries.map((entry) => forVisitor(entry, visitorPrefix(caller.sessionId))) };
    },
  }),
  doorForVisitors({
    name: 'visitor.fileLink',
    permission: 'chat.use',
    on: 'conversation',
    rate: { points: 60, perSeconds: 60 },
    run: ({ conversationId, n, index }) => files.publicLink(conversationId, n, index),
  }),
  doorForVisitors({
    name: 'visitor.typing',
    permission: 'chat.use',
    on: 'conversation',
    rate: reading,
    async run({ conversationId }) {
      announcer.tellAgents(conversationRoom(conversationId), 'typing', { conversationId, name: '', from: 'customer' });
      return {};
    },
  }),
  doorForVisitors({
    name: 'visitor.seen',
    permission: 'chat.use',
    on: 'conversation',
    rate: reading,
    async run({ conversationId, n }) {
      const seq = await customerSaw(conversations, journal, conversationId, n);
      if (seq !== null) announcer.tellAgents(conversationRoom(conversationId), 'seen', { conversationId, seq });
      return {};
    },
  }),
];
