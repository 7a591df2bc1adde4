import type { DoorName, Input } from '@helpline/protocol';
import { identitySecret } from './house.js';

const write = (conversationId: string) => ({ conversationId, clientId: crypto.randomUUID() });
const server = { host: '127.0.0.1', port: 1, secure: false, user: 'support', password: identitySecret };

/** Something acceptable to say at every door; a door that is new needs its line here. */
export const inputs: { [D in DoorName]: (conversationId: string) => Input<D> } = {
  'visitor.open': () => ({ inbox: 'web_tulips' }),
  'visitor.session': () => ({}),
  'visitor.identify': () => ({ identityToken: 'no-token' }),
  'visitor.start': () => ({ clientId: crypto.randomUUID(), text: 'Hello' }),
  'visitor.send': (id) => ({ ...write(id), text: 'Hello' }),
  'visitor.sync': (conversationId) => ({ conversationId, after: 0 }),
  'visitor.typing': (conversationId) => ({ conversationId }),
  'visitor.seen': (conversationId) => ({ conversationId, n: 1 }),
  'agent.signIn': () => ({ email: 'nobody@tulips.example', password: 'wrong' }),
  'agent.signOut': () => ({}),
  'agent.me': () => ({}),
  'agent.setAvailability': () => ({ availability: 'offline' }),
  'agent.list': () => ({}),
  'inbox.list': () => ({}),
  'conversation.list': () => ({ view: 'open' }),
  'conversation.get': (conversationId) => ({ conversationId }),
  'conversation.watch': (conversationId) => ({ conversationId }),
  'conversation.unwatch': (conversationId) => ({ conversationId }),
  'conversation.sync': (conversationId) => ({ conversationId, after: 0 }),
  'conversation.heads': (conversationId) => ({ ids: [conversationId] }),
  'conversation.reply': (id) => ({ ...write(id), text: 'Hello', expectedSeq: 1_000 }),
  'conversation.note': (id) => ({ ...write(id), text: 'Between us' }),
  'conversation.assign': (id) => ({ ...write(id), agentId: null }),
  'conversation.resolve': write,
  'conversation.reopen': write,
  'conversation.typing': (conversationId) => ({ conversationId }),
  'conversation.seen': (conversationId) => ({ conversationId, seq: 1 }),
  'mailbox.list': () => ({}),
  'mailbox.connect': () => ({
    brandId: 'tulips',
    address: 'support@tulips.example',
    displayName: 'Tulips',
    imap: server,
    smtp: server,
  }),
  'mailbox.disconnect': (mailboxId) => ({ mailboxId }),
  'suspended.list': () => ({}),
  'suspended.release': (mailId) => ({ mailId }),
  'suspended.delete': (mailId) => ({ mailId }),
  'file.link': (conversationId) => ({ conversationId, fileId: 'file' }),
};
