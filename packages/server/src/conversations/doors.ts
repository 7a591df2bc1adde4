import type { Actor, Envelope, Input } from '@helpline/protocol';
import { limits } from '@helpline/protocol';
import { type Contacts, checkMayWrite, contactView } from '../contacts/index.js';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { type Announcer, conversationRoom } from '../platform/announcer.js';
import { type AgentCaller, type Call, doorForAgents, type Row } from '../platform/doors.js';
import { notFound } from '../platform/errors.js';
import { canSee } from '../platform/visibility.js';
import type { Attach, Uploads } from '../uploads/index.js';
import type { Lists } from './lists.js';
import { note } from './note.js';
import { agentPrefix, forAgent } from './present.js';
import { channelOfAnswer, reply } from './reply.js';
import { agentSaw, seenBy } from './seen.js';
import { resolve } from './set-status.js';
import { split } from './split.js';
import type { ConversationStore } from './store.js';

interface Parts {
  journal: Journal;
  contacts: Contacts;
  store: ConversationStore;
  lists: Lists;
  announcer: Announcer;
  uploads: Uploads;
}

const reading = { points: 600, perSeconds: 60 };
const writing = { points: 120, perSeconds: 60 };

/** Who writes, and under which clientId, when an agent calls. */
export function authored(
  { caller, connection }: Call<AgentCaller>,
  input: { conversationId: string; clientId: string },
) {
  const author: Actor = { kind: 'agent', id: caller.agentId, name: caller.name };
  return {
    author,
    actor: author,
    conversationId: input.conversationId,
    clientId: agentPrefix(caller.agentId) + input.clientId,
    from: connection?.id,
  };
}

/** What an agent's write answers with. */
export const answerOf = ({ entry }: Appended, { caller }: Call<AgentCaller>) => ({
  entry: forAgent(entry, agentPrefix(caller.agentId)),
});

/** What an agent's write names of what was uploaded. */
export function attaching(
  call: Call<AgentCaller>,
  input: { conversationId: string; clientId: string; text: string; attachments?: Attach['attachments'] },
): Attach {
  const { workspaceId, agentId } = call.caller;
  const { conversationId, text, attachments } = input;
  return { workspaceId, agentId, conversationId, clientId: authored(call, input).clientId, text, attachments };
}

type Addressed = Pick<Input<'conversation.reply'>, 'to' | 'cc' | 'bcc' | 'sendAt'>;

/** Whom a mail goes to as its author said. */
export function envelopeOf({ to, cc, bcc, sendAt }: Addressed): Envelope {
  const people = (addresses: string[] = []) => addresses.map((address) => ({ address, name: '' }));
  return { to: people(to), cc: people(cc), bcc: people(bcc), ...(sendAt ? { sendAt } : {}) };
}

const saysWhom = ({ to, cc, bcc, sendAt }: Addressed): boolean => Boolean(to ?? cc ?? bcc ?? sendAt);

export const conversationDoors = ({ journal, contacts, store, lists, announcer, uploads }: Parts): Row[] => [
  doorForAgents({
    name: 'conversation.list',
    permission: 'conversation.read',
    on: 'nothing',
    rate: reading,
    run: ({ view, cursor }, { caller }) => lists.list(caller.visibility, caller.agentId, view, cursor),
  }),
  doorForAgents({
    name: 'conversation.get',
    permission: 'conversation.read',
    on: 'conversation',
    rate: reading,
    run: ({ conversationId }) => one(journal, lists, conversationId),
  }),
  doorForAgents({
    name: 'conversation.watch',
    permission: 'conversation.read',
    on: 'conversation',
    rate: reading,
    async run({ conversationId }, { connection }) {
      connection?.join(conversationRoom(conversationId)); // before reading, so that nothing falls between
      const [conversation, seen] = await Promise.all([
        one(journal, lists, conversationId),
        seenBy(store, conversationId, 'customer'),
      ]);
      return { conversation, head: conversation.seq, seen: seen.seq };
    },
  }),
  doorForAgents({
    name: 'conversation.unwatch',
    permission: 'conversation.read',
    on: 'conversation',
    rate: reading,
    async run({ conversationId }, { connection }) {
      connection?.leave(conversationRoom(conversationId));
      return {};
    },
  }),
  doorForAgents({
    name: 'conversation.sync',
    permission: 'conversation.read',
    on: 'conversation',
    rate: reading,
    async run({ conversationId, after, limit }, { caller }) {
      const page = await journal.sync(conversationId, 'everything', after, limit ?? limits.syncPage);
      return { ...page, entries: page.entries.map((entry) => forAgent(entry, agentPrefix(caller.agentId))) };
    },
  }),
  doorForAgents({
    name: 'conversation.heads',
    permission: 'conversation.read',
    on: 'nothing',
    rate: reading,
    async run({ ids }, { caller }) {
      const states = await journal.newest(ids);
      const visible = states.filter((state) => canSee(caller.visibility, state));
      return { heads: Object.fromEntries(visible.map((state) => [state._id, state.seq])) };
    },
  }),
  doorForAgents({
    name: 'conversation.reply',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run(input, call) {
      const envelope = saysWhom(input) ? envelopeOf(input) : undefined;
      await checkMayAnswer(journal, contacts, input.conversationId, envelope);
      const { text, expectedSeq } = input;
      const written = { ...authored(call, input), text, expectedSeq, envelope };
      return answerOf(await reply(journal, { ...written, ...(await uploads.attach(attaching(call, input))) }), call);
    },
  }),
  doorForAgents({
    name: 'conversation.note',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run(input, call) {
      const files = await uploads.attach(attaching(call, input));
      return answerOf(await note(journal, { ...authored(call, input), text: input.text, ...files }), call);
    },
  }),
  doorForAgents({
    name: 'conversation.setDoNotContact',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run({ conversationId, doNotContact }) {
      const state = await journal.state(conversationId);
      if (state) await contacts.setDoNotContact(state.contactId, doNotContact);
      return one(journal, lists, conversationId);
    },
  }),
  doorForAgents({
    name: 'conversation.clearMailTrouble',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run({ conversationId }) {
      const state = await journal.state(conversationId);
      if (state) await contacts.clearTrouble(state.contactId);
      return one(journal, lists, conversationId);
    },
  }),
  doorForAgents({
    name: 'conversation.split',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    async run({ conversationId, of }, call) {
      const { author, from } = authored(call, { conversationId, clientId: '' });
      const { entry } = await split(journal, { conversationId, of, author, from });
      return { conversationId: entry.type === 'split_off' ? entry.payload.into : conversationId };
    },
  }),
  doorForAgents({
    name: 'conversation.resolve',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: writing,
    run: async (input, call) => answerOf(await resolve(journal, authored(call, input)), call),
  }),
  doorForAgents({
    name: 'conversation.typing',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: reading,
    async run({ conversationId }, { caller, connection }) {
      announcer.tellVisitors(conversationRoom(conversationId), 'typing', { conversationId, name: caller.name });
      announcer.tellAgents(
        conversationRoom(conversationId),
        'typing',
        { conversationId, name: caller.name, from: 'agent' },
        connection?.id,
      );
      return {};
    },
  }),
  doorForAgents({
    name: 'conversation.seen',
    permission: 'conversation.read',
    on: 'conversation',
    rate: reading,
    async run({ conversationId, seq }, { caller }) {
      await agentSaw(store, conversationId, caller.agentId, seq);
      return {};
    },
  }),
];

/** What the customer asks in the chat may be answered there. */
async function checkMayAnswer(
  journal: Journal,
  contacts: Contacts,
  conversationId: string,
  envelope: Envelope | undefined,
): Promise<void> {
  const state = await journal.state(conversationId);
  if (!state || (!envelope && channelOfAnswer(state) === 'chat')) return;
  const { to, cc, bcc } = envelope ?? { to: [], cc: [], bcc: [] };
  const given = [...to, ...cc, ...bcc].map(({ address }) => address);
  await checkMayWrite(
    contacts,
    state.workspaceId,
    to.length > 0 ? given : [...given, ...(await addressesOf(contacts, state))],
  );
}

async function addressesOf(contacts: Contacts, { contactId }: ConversationState): Promise<string[]> {
  const contact = await contacts.get(contactId);
  const address = contact && contactView(contact).address;
  return address ? [address] : [];
}

async function one(journal: Journal, lists: Lists, conversationId: string) {
  const state = await journal.current(conversationId);
  const [conversation] = state ? await lists.present([state]) : [];
  if (!conversation) throw notFound();
  return conversation;
}
