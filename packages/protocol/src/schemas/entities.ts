import { z } from 'zod';
import { roles, type StaffRole } from '../permissions.js';
import { languages } from '../texts/translate.js';
import { channelName, emailAddress, id, instant, position } from './common.js';
import { actor, attachment, audience, mailAddress, payloads, proof, status } from './entries.js';
import { availability, stint } from './presence.js';
import { businessHours, openFollowUp, priority, skill } from './routing.js';

export const staffRole = z.enum(Object.keys(roles).filter((role) => role !== 'visitor') as [StaffRole, ...StaffRole[]]);

const perChannel = z.strictObject({ chat: z.int(), email: z.int() });

export const agent = z.strictObject({
  id,
  name: z.string(),
  role: staffRole,
  availability,
  stint,
  used: perChannel,
  capacity: perChannel,
  /** As many in all, whatever the channels would allow; null for no such limit. */
  atOnce: z.int().nullable(),
  isTrainee: z.boolean(),
  /** False for whoever has left. */
  isActive: z.boolean(),
  skills: z.array(skill),
  teamIds: z.array(id),
});
export type Agent = z.infer<typeof agent>;

export const me = agent.extend({
  email: z.string(),
  workspaceId: id,
  /** Whether he still signs in with the password that an admin was shown. */
  hasOneTimePassword: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const brand = z.strictObject({ id, name: z.string() });
export type Brand = z.infer<typeof brand>;

export const inbox = z.strictObject({
  id,
  name: z.string(),
  channel: channelName,
  brand,
  /** Whose what comes in is; null for all who have the brand. */
  teamId: id.nullable(),
  /** What a page names the inbox by; null for mail. */
  publicKey: z.string().nullable(),
});
export type Inbox = z.infer<typeof inbox>;

/** What whoever writes is answered at once, once a day; empty for nothing. */
export const autoReply = z.strictObject({
  hours: businessHours,
  whenOpen: z.string().max(2_000),
  whenClosed: z.string().max(2_000),
});

export type AutoReply = z.infer<typeof autoReply>;

/** How the mails of a mailbox go out. */
export const sendingSettings = z.strictObject({
  /** Whether customers read the mailbox's name as sender, or "agent via brand". */
  sender: z.enum(['mailbox', 'agent']),
  /** Below every mail; `{agent}` and `{brand}` stand for their names. */
  signature: z.string().max(2_000),
  /** Further addresses whose mail comes to this mailbox: who wrote to one is answered from it. */
  aliases: z.array(emailAddress).max(50),
  /** Whether answers come to an address that names their conversation; the mail server must know `name+tag@`. */
  tagsReplies: z.boolean(),
  /** Whether what is sent is put into the mailbox's Sent folder, where the server does not do that itself. */
  copiesToSent: z.boolean(),
  /** More mails are not handed to the server within a minute; null where nobody knows of a limit. */
  mailsAMinute: z.int().min(1).max(10_000).nullable(),
  /** Of what Helpline adds to mails. */
  language: z.enum(languages),
  autoReply: autoReply.nullable(),
  /** With whose key mails are signed; null where the mail server does that. */
  dkim: z.strictObject({ domain: z.string(), selector: z.string() }).nullable(),
});
export type SendingSettings = z.infer<typeof sendingSettings>;

/** How a mail server is reached. */
export const mailServer = z.strictObject({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535),
  /** TLS from the first byte; else by STARTTLS, where the server has it. */
  secure: z.boolean(),
  user: z.string().min(1).max(320),
});
export type MailServer = z.infer<typeof mailServer>;

/** Where one signs in, in a browser, to let Helpline into a mailbox: a provider by its id in `mailProviders`. */
export const signInProvider = z.enum(['gmail', 'microsoft']);
export type SignInProvider = z.infer<typeof signInProvider>;

export const mailbox = z.strictObject({
  id,
  inboxId: id,
  address: z.string(),
  displayName: z.string(),
  /** `signed_out`: its provider lets Helpline in no more, until somebody signs in again. */
  state: z.enum(['connecting', 'connected', 'failing', 'signed_out']),
  detail: z.string().nullable(),
  /** Where and as whom somebody signed in for it; null where it has a password. */
  signIn: z.strictObject({ provider: signInProvider, account: z.string() }).nullable(),
  lastFetchedAt: instant.nullable(),
  imap: mailServer,
  smtp: mailServer,
  /** Whose Authentication-Results are believed; null where Helpline learns it. */
  authservId: z.string().nullable(),
  /** Mail from before it was connected, of which about so many are fetched; null if none was wanted. */
  history: z.strictObject({ total: z.int(), fetched: z.int() }).nullable(),
  sending: sendingSettings,
});
export type Mailbox = z.infer<typeof mailbox>;

export const mailFolder = z.strictObject({
  path: z.string(),
  /** What the server keeps in it; null for any other. */
  use: z.enum(['inbox', 'junk', 'archive', 'sent', 'drafts', 'trash', 'all']).nullable(),
  mails: z.int().nullable(),
  watched: z.boolean(),
  problem: z.enum(['gone']).nullable(),
});
export type MailFolder = z.infer<typeof mailFolder>;

export const ledgerState = z.enum(['fetched', 'received', 'suspended', 'ignored', 'failed']);
export type LedgerState = z.infer<typeof ledgerState>;

/** What became of one mail of a mailbox. */
export const ledgerLine = z.strictObject({
  id,
  folder: z.string(),
  uid: z.int(),
  at: instant,
  state: ledgerState,
  reason: z.string().nullable(),
  /** It came before the mailbox was connected. */
  history: z.boolean(),
  from: z.string(),
  subject: z.string(),
  conversationId: id.nullable(),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

export const ledgerPage = z.strictObject({
  items: z.array(ledgerLine),
  next: z.string().nullable(),
  counts: z.record(ledgerState, z.int()),
});
export type LedgerPage = z.infer<typeof ledgerPage>;

/** `onServer` = `before` + `taken` + `coming` + those missing. */
export const folderCount = z.strictObject({
  path: z.string(),
  onServer: z.int(),
  /** There before the folder was watched. */
  before: z.int(),
  taken: z.int(),
  /** About to be fetched. */
  coming: z.int(),
  /** The first of those that should have been fetched long ago, by UID; they are fetched now. */
  missing: z.array(z.int()),
  /** Taken in, and no longer on the server. */
  gone: z.int(),
  problem: z.enum(['gone']).nullable(),
});
export type FolderCount = z.infer<typeof folderCount>;

/** Why mails to an address are no good: it is dead, or whoever reads it called one of ours unwanted. */
export const mailTrouble = z.strictObject({ kind: z.enum(['undeliverable', 'complained']), at: instant });
export type MailTrouble = z.infer<typeof mailTrouble>;

/** A mail that was held back before it became a message. */
export const suspendedMail = z.strictObject({
  id,
  mailbox: z.string(),
  from: mailAddress,
  subject: z.string(),
  receivedAt: instant,
  /** Until then it can be released; after that it is gone. */
  keptUntil: instant,
  why: z.enum(['loop', 'sender_rate', 'conversation_rate']),
  /** The cap it passed: so many mails within so many minutes. */
  cap: z.strictObject({ mails: z.int(), minutes: z.int() }).nullable(),
});
export type SuspendedMail = z.infer<typeof suspendedMail>;

export const contact = z.strictObject({
  id,
  name: z.string(),
  address: z.string().nullable(),
  proof,
  mailTrouble: mailTrouble.optional(),
  /** Since when nothing may be sent to him. */
  doNotContact: instant.optional(),
  /** What he begins comes one step earlier than it would. */
  vip: z.literal(true).optional(),
});
export type Contact = z.infer<typeof contact>;

/** A conversation as agents see it, in lists and on its page. */
export const conversation = z.strictObject({
  id,
  brandId: id,
  inboxId: id,
  teamId: id.nullable(),
  channel: channelName,
  contact,
  subject: z.string(),
  status,
  handler: z.enum(['bot', 'queue', 'agent', 'none']),
  assigneeId: id.nullable(),
  priority,
  dueAt: instant.nullable(),
  skills: z.array(skill),
  /** When it opens again by itself; null where it is not snoozed. */
  snoozedUntil: instant.nullable(),
  /** What was promised in it and is still to be kept. */
  followUps: z.array(openFollowUp),
  /** For whom it is held, until he accepts. */
  offer: z.strictObject({ agentId: id, until: instant }).nullable(),
  seq: position,
  startedAt: instant,
  lastAt: instant,
  waitingSince: instant.nullable(),
  preview: z.strictObject({ text: z.string(), by: actor.shape.kind, channel: channelName }),
});
export type Conversation = z.infer<typeof conversation>;

const agentEntryHead = z.strictObject({
  id,
  seq: position,
  audience,
  at: instant,
  actor,
  clientId: z.string().optional(),
});
/** A journal entry as agents see it. `clientId` is there for its author only. */
export const agentEntry = z.discriminatedUnion('type', [
  agentEntryHead.extend({ type: z.literal('message'), payload: payloads.message }),
  agentEntryHead.extend({ type: z.literal('note'), payload: payloads.note }),
  agentEntryHead.extend({ type: z.literal('assigned'), payload: payloads.assigned }),
  agentEntryHead.extend({ type: z.literal('status'), payload: payloads.status }),
  agentEntryHead.extend({ type: z.literal('delivery'), payload: payloads.delivery }),
  agentEntryHead.extend({ type: z.literal('identified'), payload: payloads.identified }),
  agentEntryHead.extend({ type: z.literal('forwarded'), payload: payloads.forwarded }),
  agentEntryHead.extend({ type: z.literal('split_off'), payload: payloads.split_off }),
  agentEntryHead.extend({ type: z.literal('redacted'), payload: payloads.redacted }),
  agentEntryHead.extend({ type: z.literal('triaged'), payload: payloads.triaged }),
  agentEntryHead.extend({ type: z.literal('transferred'), payload: payloads.transferred }),
  agentEntryHead.extend({ type: z.literal('offered'), payload: payloads.offered }),
  agentEntryHead.extend({ type: z.literal('offer_ended'), payload: payloads.offer_ended }),
  agentEntryHead.extend({ type: z.literal('follow_up'), payload: payloads.follow_up }),
  agentEntryHead.extend({ type: z.literal('unknown'), payload: z.null() }),
]);
export type AgentEntry = z.infer<typeof agentEntry>;

const visitorEntryHead = z.strictObject({
  /** The number among the entries a visitor sees: 1, 2, 3 without a gap. */
  n: position,
  at: instant,
  from: z.strictObject({ kind: z.enum(['you', 'agent', 'system']), name: z.string() }),
  clientId: z.string().optional(),
});
/** A journal entry as the visitor sees it: nothing internal, no number but his own. */
export const visitorEntry = z.discriminatedUnion('type', [
  visitorEntryHead.extend({
    type: z.literal('message'),
    text: z.string(),
    channel: channelName,
    attachments: z.array(attachment.pick({ filename: true, size: true })),
  }),
  visitorEntryHead.extend({ type: z.literal('status'), to: z.enum(['open', 'resolved', 'closed']) }),
  visitorEntryHead.extend({ type: z.literal('redacted'), of: position }),
  visitorEntryHead.extend({ type: z.literal('unknown') }),
]);
export type VisitorEntry = z.infer<typeof visitorEntry>;

/** Where somebody stands who waits. */
export const queuePlace = z.strictObject({
  /** 1 is next. */
  position: z.int().min(1),
  /** How long it may still take; null where nobody can tell. */
  waitSeconds: z.int().min(0).nullable(),
});
export type QueuePlace = z.infer<typeof queuePlace>;

export const visitorSession = z.strictObject({
  inbox: z.strictObject({ name: z.string(), brand: z.string() }),
  visitor: z.strictObject({ name: z.string(), address: z.string().nullable(), proof }),
  /** Whether somebody works now. */
  hours: z.strictObject({
    isOpen: z.boolean(),
    /** When it opens; null while it is open, and where nobody knows. */
    opensAt: instant.nullable(),
    /** Whether he had better leave a message than wait. */
    asksForMessage: z.boolean(),
  }),
  /** The visitor's current conversation, how many entries it has for him, and his place if it waits. */
  conversation: z.strictObject({ id, head: position, seen: position, place: queuePlace.nullable() }).nullable(),
});
export type VisitorSession = z.infer<typeof visitorSession>;
