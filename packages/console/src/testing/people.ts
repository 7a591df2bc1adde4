import type {
  Agent,
  AgentEntry,
  Conversation,
  Inbox,
  Mailbox,
  Me,
  Person,
  SendingSettings,
  Stint,
} from '@helpline/protocol';

const perChannel = (chat: number, email: number) => ({ chat, email });
const longAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** He said so himself, a while ago. */
export const ownStint: Stint = { since: longAgo(20), by: { kind: 'self' }, reason: null, until: null };
const usual = { stint: ownStint, atOnce: null, isTrainee: false, isActive: true, skills: [], teamIds: [] };

export const ben: Me = {
  id: 'ben',
  name: 'Ben Okafor',
  email: 'ben@acme.example',
  workspaceId: 'acme',
  hasOneTimePassword: false,
  role: 'admin',
  availability: 'available',
  used: perChannel(2, 1),
  capacity: perChannel(4, 8),
  ...usual,
};

export const carla: Agent = {
  id: 'carla',
  name: 'Carla Ruiz',
  role: 'agent',
  availability: 'busy',
  used: perChannel(4, 2),
  capacity: perChannel(4, 8),
  ...usual,
};

/** As those see him who look after the staff. */
export const personOf = ({ workspaceId: _, ...agent }: Agent & Partial<Me>): Person => ({
  email: `${agent.id}@acme.example`,
  brandIds: 'all',
  hasOneTimePassword: false,
  ...agent,
});

export const shopChat: Inbox = {
  id: 'shop-chat',
  name: 'Shop chat',
  channel: 'chat',
  brand: { id: 'shop', name: 'Acme Shop' },
  teamId: null,
  publicKey: 'web_1',
};

export const shopMail: Inbox = {
  ...shopChat,
  id: 'shop-mail',
  name: 'support@acme.example',
  channel: 'email',
  publicKey: null,
};

/** How a mailbox sends of which nobody has said how. */
export const sentAsUsual: SendingSettings = {
  sender: 'mailbox',
  signature: '',
  aliases: [],
  tagsReplies: false,
  copiesToSent: false,
  mailsAMinute: null,
  language: 'en',
  autoReply: null,
  dkim: null,
};

/** Ana chats and is Ben's; what differs is given. */
export const anasChat = (given: Partial<Conversation> = {}): Conversation => ({
  id: 'anas-chat',
  brandId: 'shop',
  inboxId: shopChat.id,
  teamId: null,
  priority: 'normal',
  dueAt: null,
  skills: [],
  snoozedUntil: null,
  followUps: [],
  offer: null,
  channel: 'chat',
  contact: { id: 'ana', name: 'Ana Lima', address: 'ana@lima.example', proof: 'jwt' },
  subject: '',
  status: 'open',
  handler: 'agent',
  assigneeId: ben.id,
  seq: 2,
  startedAt: longAgo(10),
  lastAt: longAgo(2),
  waitingSince: longAgo(2),
  preview: { text: 'Where is my order?', by: 'visitor', channel: 'chat' },
  ...given,
});

const ana = { kind: 'visitor', id: 'ana', name: 'Ana Lima' } as const;
const benActs = { kind: 'agent', id: 'ben', name: 'Ben Okafor' } as const;
const router = { kind: 'system', id: 'router' } as const;

const head = (seq: number, minutesAgo = 10 - seq) => ({
  id: `entry-${seq}`,
  seq,
  audience: 'public' as const,
  at: longAgo(minutesAgo),
});

export const fromAna = (seq: number, text: string): AgentEntry => ({
  ...head(seq),
  actor: ana,
  type: 'message',
  payload: { channel: 'chat', text },
});

export const fromBen = (seq: number, text: string, channel: 'chat' | 'email' = 'chat'): AgentEntry => ({
  ...head(seq),
  actor: benActs,
  type: 'message',
  payload: { channel, text },
});

export const notedByBen = (seq: number, text: string): AgentEntry => ({
  ...head(seq),
  audience: 'internal',
  actor: benActs,
  type: 'note',
  payload: { text },
});

export const routedToBen = (seq: number): AgentEntry => ({
  ...head(seq),
  audience: 'internal',
  actor: router,
  type: 'assigned',
  payload: {
    agentId: ben.id,
    reason: {
      policy: 'least_loaded',
      candidates: [
        { agentId: ben.id, chosen: true, why: 'least_loaded', open: 1, capacity: 4 },
        { agentId: carla.id, chosen: false, why: 'at_capacity', open: 4, capacity: 4 },
      ],
    },
  },
});

export const delivered = (
  seq: number,
  of: number,
  state: 'sent' | 'failed' | 'unknown' | 'bounced' | 'called_back' | 'not_needed',
  detail?: string,
): AgentEntry => ({
  ...head(seq),
  audience: 'internal',
  actor: { kind: 'system', id: 'mail' },
  type: 'delivery',
  payload: { of, state, to: ['ana@lima.example'], messageId: '<1@acme.example>', ...(detail && { detail }) },
});

/** Ana's mail, quoted text and HTML kept apart, with a file. */
export const mailFromAna = (seq: number): AgentEntry => ({
  ...head(seq),
  actor: { kind: 'contact', id: 'ana', name: 'Ana Lima' },
  type: 'message',
  payload: {
    channel: 'email',
    text: 'The invoice is attached.\nCould you have a look at https://acme.example/orders/17, please?',
    attachments: [
      { fileId: 'invoice', filename: 'invoice.pdf', mimeType: 'application/pdf', size: 48_213, inline: false },
    ],
    mail: {
      messageId: '<2@lima.example>',
      subject: 'Question about my invoice',
      from: { address: 'ana@lima.example', name: 'Ana Lima' },
      to: [{ address: 'support@acme.example', name: '' }],
      cc: [],
      replyTo: null,
      date: null,
      mailClass: 'personal',
      references: [],
      fullText: 'The invoice is attached.\nCould you have a look?\n\n> Dear Ana, …',
      htmlFileId: 'html',
    },
  },
});

export const statusBy = (seq: number, to: 'open' | 'resolved'): AgentEntry => ({
  ...head(seq),
  actor: benActs,
  type: 'status',
  payload: { to },
});

export const supportMailbox: Mailbox = {
  id: 'support',
  inboxId: shopMail.id,
  address: 'support@acme.example',
  displayName: 'Acme Support',
  state: 'connected',
  detail: null,
  signIn: null,
  lastFetchedAt: null,
  imap: { host: 'imap.acme.example', port: 993, secure: true, user: 'support' },
  smtp: { host: 'smtp.acme.example', port: 587, secure: false, user: 'support' },
  authservId: null,
  history: null,
  sending: sentAsUsual,
};

const internal = (seq: number) => ({ ...head(seq), audience: 'internal' as const, actor: benActs });

/** Ben moves, sorts and promises something, one after the other. */
export const moved = (first: number): AgentEntry[] => [
  {
    ...internal(first),
    type: 'assigned',
    payload: { agentId: carla.id, reason: null, text: 'She knows the kettles.' },
  },
  {
    ...internal(first + 1),
    type: 'transferred',
    payload: { teamId: repairs.id, why: 'escalation', text: 'The lid again.' },
  },
  {
    ...internal(first + 2),
    type: 'triaged',
    payload: { priority: 'urgent', dueAt: null, skills: [{ skill: 'de', level: 3 }] },
  },
  { ...internal(first + 3), type: 'follow_up', payload: promise('promised') },
  { ...internal(first + 4), type: 'status', payload: { to: 'snoozed', until: promise('promised').dueAt } },
  {
    ...internal(first + 5),
    actor: router,
    type: 'offered',
    payload: { agentId: carla.id, until: longAgo(0), reason: { policy: 'balanced/1', candidates: [] } },
  },
  {
    ...internal(first + 6),
    actor: router,
    type: 'offer_ended',
    payload: { agentId: carla.id, how: 'missed' },
  },
];

const promise = (state: 'promised' | 'kept') => ({
  id: 'call',
  state,
  ownerId: ben.id,
  dueAt: '2099-01-01T08:00:00.000Z',
  text: 'A call about the lid',
});

/** What Ben promised, as the conversation shows it. */
export const toCall = { id: 'call', ownerId: ben.id, dueAt: promise('promised').dueAt, isForgotten: false };

/** Sales escalate to repairs. */
export const repairs = { id: 'repairs', name: 'Repairs', escalatesTo: null };
export const sales = { id: 'sales', name: 'Sales', escalatesTo: repairs.id };
