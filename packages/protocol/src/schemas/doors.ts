import { z } from 'zod';
import { limits } from '../limits.js';
import { clientId, emailAddress, id, instant, position, text, words } from './common.js';
import {
  agent,
  agentEntry,
  availability,
  conversation,
  folderCount,
  inbox,
  ledgerPage,
  ledgerState,
  mailbox,
  mailFolder,
  mailServer,
  me,
  sendingSettings,
  signInProvider,
  suspendedMail,
  visitorEntry,
  visitorSession,
} from './entities.js';
import { attachment, mailAddress } from './entries.js';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A door: its HTTP route under /api/v1, what it takes (path, query and body together) and what it gives. Its name is its socket event. */
const door = <const H extends `${Method} /${string}`, I extends z.ZodType, O extends z.ZodType>(
  http: H,
  input: I,
  output: O,
) => ({
  http,
  input,
  output,
});

const nothing = z.strictObject({});
const inConversation = z.strictObject({ conversationId: id });
const write = inConversation.extend({ clientId });
/** `head` is the newest number there is for the asker; `more` says that this page did not reach it. */
const page = <E extends z.ZodType>(entry: E) =>
  z.strictObject({ entries: z.array(entry), head: position, more: z.boolean() });
const pageInput = inConversation.extend({
  after: z.coerce.number().pipe(position),
  limit: z.coerce.number().int().min(1).max(limits.syncPage).optional(),
});
const done = z.strictObject({ entry: agentEntry });
/** Good for a few minutes. */
const link = z.strictObject({ url: z.string(), expiresAt: instant });
const inMail = inConversation.extend({ seq: z.coerce.number().pipe(position) });

const people = z.array(emailAddress).max(40);
const toPeople = { to: people.min(1), cc: people.optional(), bcc: people.optional() };
/** Files that were uploaded before; what is `inline` stands in the text of a mail. Beside files the text may be empty. */
const attachments = z
  .array(z.strictObject({ fileId: id, inline: z.boolean().optional() }))
  .max(limits.filesPerMessage)
  .optional();
/** Not before then. */
const sendAt = instant.optional();

const server = mailServer.extend({ password: z.string().min(1).max(1000) });
const authservId = z.string().min(1).max(255).toLowerCase();
const mailboxSettings = z.strictObject({
  brandId: id,
  address: emailAddress,
  displayName: z.string().min(1).max(100),
  imap: server,
  smtp: server,
  /** Mail of so many days before now is taken in too, without automatic answers. */
  historyDays: z.int().min(0).max(limits.mailHistoryDays).optional(),
  /** How the server that checks senders names itself in Authentication-Results; left out, Helpline learns it. */
  authservId: authservId.optional(),
});
/** The same for a mailbox into which somebody signs in at its provider. */
const mailboxSignIn = mailboxSettings.omit({ imap: true, smtp: true }).extend({ provider: signInProvider });
const dkimName = z
  .string()
  .regex(/^[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?$/i, 'is not a name of the domain name system');
const newSendingSettings = sendingSettings.extend({
  displayName: z.string().min(1).max(100),
  dkim: z
    .strictObject({
      domain: dkimName,
      selector: dkimName,
      /** PEM. Left out, the key that is there stays. */
      privateKey: z.string().max(10_000).optional(),
    })
    .nullable(),
});
export type NewSendingSettings = z.infer<typeof newSendingSettings>;
export type MailboxSettings = z.infer<typeof mailboxSettings>;
export type MailboxSignIn = z.infer<typeof mailboxSignIn>;
export type MailServerSettings = z.infer<typeof server>;

const ofMailbox = z.strictObject({ mailboxId: id });
const fileLink = z.strictObject({ url: z.string(), expiresAt: instant });

/** Everything that can be asked of the server, once: for HTTP, for sockets, for the SDK's types. */
export const doors = {
  'visitor.open': door(
    'POST /visitor/sessions',
    z.strictObject({ inbox: z.string().max(64), token: z.string().max(128).optional() }),
    z.strictObject({ token: z.string(), session: visitorSession }),
  ),
  'visitor.session': door('GET /visitor/session', nothing, visitorSession),
  'visitor.identify': door(
    'POST /visitor/identity',
    z.strictObject({ identityToken: z.string().max(4096) }),
    visitorSession,
  ),
  'visitor.start': door(
    'POST /visitor/conversations',
    z.strictObject({ clientId, text }),
    z.strictObject({ conversationId: id, entry: visitorEntry }),
  ),
  'visitor.send': door(
    'POST /visitor/conversations/:conversationId/messages',
    write.extend({ text }),
    z.strictObject({ entry: visitorEntry }),
  ),
  'visitor.sync': door('GET /visitor/conversations/:conversationId/entries', pageInput, page(visitorEntry)),
  'visitor.typing': door('POST /visitor/conversations/:conversationId/typing', inConversation, nothing),
  'visitor.seen': door(
    'PUT /visitor/conversations/:conversationId/seen',
    inConversation.extend({ n: position }),
    nothing,
  ),
  /** The file at `index` among those of the visitor's entry `n`. */
  'visitor.fileLink': door(
    'POST /visitor/conversations/:conversationId/files/links',
    inConversation.extend({ n: position, index: z.int().min(0) }),
    link,
  ),

  'agent.signIn': door(
    'POST /sessions',
    z.strictObject({ email: emailAddress, password: z.string().min(1).max(200) }),
    me,
  ),
  'agent.signOut': door('DELETE /sessions/current', nothing, nothing),
  'agent.me': door('GET /me', nothing, me),
  'agent.setAvailability': door('PUT /me/availability', z.strictObject({ availability }), me),
  'agent.list': door('GET /agents', nothing, z.strictObject({ items: z.array(agent) })),
  'inbox.list': door('GET /inboxes', nothing, z.strictObject({ items: z.array(inbox) })),

  'conversation.list': door(
    'GET /conversations',
    z.strictObject({ view: z.enum(['mine', 'queue', 'open', 'resolved']), cursor: z.string().max(200).optional() }),
    z.strictObject({
      items: z.array(conversation),
      next: z.string().nullable(),
      counts: z.strictObject({ mine: z.int(), queue: z.int(), open: z.int() }),
    }),
  ),
  'conversation.get': door('GET /conversations/:conversationId', inConversation, conversation),
  'conversation.watch': door(
    'POST /conversations/:conversationId/watch',
    inConversation,
    z.strictObject({ conversation, head: position, seen: position }),
  ),
  'conversation.unwatch': door('DELETE /conversations/:conversationId/watch', inConversation, nothing),
  'conversation.sync': door('GET /conversations/:conversationId/entries', pageInput, page(agentEntry)),
  'conversation.heads': door(
    'POST /conversations/heads',
    z.strictObject({ ids: z.array(id).max(200) }),
    z.strictObject({ heads: z.record(z.string(), position) }),
  ),
  'conversation.reply': door(
    'POST /conversations/:conversationId/replies',
    write.extend({
      text: words,
      attachments,
      expectedSeq: position,
      ...toPeople,
      to: people.min(1).optional(),
      sendAt,
    }),
    done,
  ),
  'conversation.recipients': door(
    'GET /conversations/:conversationId/recipients',
    inConversation,
    z.strictObject({ to: z.array(mailAddress), cc: z.array(mailAddress) }),
  ),
  'conversation.callBack': door('POST /conversations/:conversationId/callbacks', write.extend({ of: position }), done),
  'conversation.forward': door(
    'POST /conversations/:conversationId/forwards',
    write.extend({ of: position, text: words, attachments, ...toPeople }),
    done,
  ),
  'conversation.compose': door(
    'POST /conversations',
    z.strictObject({
      clientId,
      inboxId: id,
      subject: z.string().trim().min(1).max(250),
      text: words,
      attachments,
      ...toPeople,
      sendAt,
      /** One of many alike, to one person: whoever gets it can say by one click that he wants no more. */
      bulk: z.literal(true).optional(),
    }),
    z.strictObject({ conversationId: id, entry: agentEntry }),
  ),
  'conversation.setDoNotContact': door(
    'PUT /conversations/:conversationId/do-not-contact',
    inConversation.extend({ doNotContact: z.boolean() }),
    conversation,
  ),
  /** Mails to the customer are fine, whatever came back or whatever he complained of. */
  'conversation.clearMailTrouble': door(
    'DELETE /conversations/:conversationId/mail-trouble',
    inConversation,
    conversation,
  ),
  'conversation.note': door(
    'POST /conversations/:conversationId/notes',
    write.extend({ text: words, attachments }),
    done,
  ),
  'conversation.assign': door(
    'POST /conversations/:conversationId/assignments',
    write.extend({ agentId: id.nullable() }),
    done,
  ),
  'conversation.split': door(
    'POST /conversations/:conversationId/splits',
    inConversation.extend({ of: position }),
    z.strictObject({ conversationId: id }),
  ),
  'conversation.resolve': door('POST /conversations/:conversationId/resolution', write, done),
  'conversation.reopen': door('POST /conversations/:conversationId/reopening', write, done),
  'conversation.typing': door('POST /conversations/:conversationId/typing', inConversation, nothing),
  'conversation.seen': door(
    'PUT /conversations/:conversationId/seen',
    inConversation.extend({ seq: position }),
    nothing,
  ),

  'mailbox.list': door('GET /mailboxes', nothing, z.strictObject({ items: z.array(mailbox) })),
  'mailbox.connect': door('POST /mailboxes', mailboxSettings, mailbox),
  'mailbox.setSending': door(
    'PUT /mailboxes/:mailboxId/sending',
    newSendingSettings.extend({ mailboxId: id }),
    nothing,
  ),
  'mailbox.setServers': door(
    'PUT /mailboxes/:mailboxId/servers',
    /** `authservId` left out stays as it is; null is learned. */
    ofMailbox.extend({ imap: server, smtp: server, authservId: authservId.nullish() }),
    mailbox,
  ),
  /** The providers at which one can sign in for a mailbox. */
  'mailbox.signInProviders': door(
    'GET /mailboxes/sign-ins/providers',
    nothing,
    z.strictObject({ items: z.array(signInProvider) }),
  ),
  /** Gives the provider's page, which sends the browser back to the console with an answer. */
  'mailbox.signIn': door('POST /mailboxes/sign-ins', mailboxSignIn, z.strictObject({ url: z.string() })),
  /** The same for a mailbox that is connected: after its provider has let Helpline in no more, or instead of its password. */
  'mailbox.signInAgain': door(
    'POST /mailboxes/:mailboxId/sign-ins',
    ofMailbox.extend({ provider: signInProvider }),
    z.strictObject({ url: z.string() }),
  ),
  /** `answer`: the query that the provider added to our address. Each is good once. */
  'mailbox.finishSignIn': door(
    'POST /mailboxes/sign-ins/answers',
    z.strictObject({ answer: z.string().min(1).max(8_000) }),
    mailbox,
  ),
  'mailbox.folders': door(
    'GET /mailboxes/:mailboxId/folders',
    ofMailbox,
    z.strictObject({ items: z.array(mailFolder) }),
  ),
  'mailbox.watchFolders': door(
    'PUT /mailboxes/:mailboxId/folders',
    ofMailbox.extend({ paths: z.array(z.string().min(1).max(255)).max(20) }),
    z.strictObject({ items: z.array(mailFolder) }),
  ),
  'mailbox.ledger': door(
    'GET /mailboxes/:mailboxId/ledger',
    ofMailbox.extend({ state: ledgerState.optional(), cursor: z.string().max(200).optional() }),
    ledgerPage,
  ),
  'mailbox.compare': door(
    'POST /mailboxes/:mailboxId/comparisons',
    ofMailbox,
    z.strictObject({ items: z.array(folderCount) }),
  ),
  'mailbox.rawMail': door(
    'POST /mailboxes/:mailboxId/ledger/:lineId/links',
    ofMailbox.extend({ lineId: id }),
    fileLink,
  ),
  'mailbox.retry': door('POST /mailboxes/:mailboxId/ledger/:lineId/retries', ofMailbox.extend({ lineId: id }), nothing),
  'mailbox.disconnect': door('DELETE /mailboxes/:mailboxId', z.strictObject({ mailboxId: id }), nothing),
  'suspended.list': door(
    'GET /suspended-mails',
    nothing,
    z.strictObject({ items: z.array(suspendedMail), total: z.int() }),
  ),
  'suspended.release': door('POST /suspended-mails/:mailId/release', z.strictObject({ mailId: id }), nothing),
  /** Those of them that are still held back. */
  'suspended.releaseMany': door(
    'POST /suspended-mails/releases',
    z.strictObject({ mailIds: z.array(id).min(1).max(100) }),
    z.strictObject({ released: z.int() }),
  ),
  'suspended.delete': door('DELETE /suspended-mails/:mailId', z.strictObject({ mailId: id }), nothing),
  /**
   * Where to PUT a file's bytes, then to be named by an answer in the conversation; without one, by a mail that begins
   * one. A file that nothing names within a day is dropped.
   */
  'file.begin': door(
    'POST /files',
    z.strictObject({
      conversationId: id.optional(),
      clientId,
      filename: z.string().min(1).max(255),
      size: z.int().min(0).max(limits.fileBytes),
    }),
    z.strictObject({ fileId: id, url: z.string(), expiresAt: instant }),
  ),
  'file.link': door(
    'POST /conversations/:conversationId/files/:fileId/links',
    inConversation.extend({ fileId: id }),
    link,
  ),
  /** The mail of an entry as a page for a sandbox. `images`: whether it may load those that lie elsewhere, through us. */
  'mail.page': door(
    'POST /conversations/:conversationId/mails/:seq/pages',
    inMail.extend({ images: z.boolean() }),
    link.extend({ remoteImages: z.int() }),
  ),
  'mail.original': door('POST /conversations/:conversationId/mails/:seq/originals', inMail, link),
} as const;

/** What PUT answers with, once a file is whole. */
export const uploadedFile = attachment.omit({ inline: true });
export type UploadedFile = z.infer<typeof uploadedFile>;

export type Doors = typeof doors;
export type DoorName = keyof Doors;
export type Input<D extends DoorName> = z.input<Doors[D]['input']>;
export type Parsed<D extends DoorName> = z.output<Doors[D]['input']>;
export type Output<D extends DoorName> = z.output<Doors[D]['output']>;
