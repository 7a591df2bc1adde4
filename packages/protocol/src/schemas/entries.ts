import { z } from 'zod';
import { channelName, id, instant, position } from './common.js';
import { followUp, offerEnded, offered, priority, routingReason, transferred, triaged } from './routing.js';

export const actor = z.strictObject({
  kind: z.enum(['visitor', 'contact', 'agent', 'bot', 'system', 'api']),
  id,
  name: z.string().optional(),
});
export type Actor = z.infer<typeof actor>;

export const audience = z.enum(['public', 'internal']);
export type Audience = z.infer<typeof audience>;

export const status = z.enum(['open', 'pending', 'snoozed', 'resolved', 'closed']);
export type Status = z.infer<typeof status>;

export const proof = z.enum(['none', 'cookie', 'mail_reply', 'code', 'jwt', 'agent']);
/** How we know that an identity is the person's own. */
export type Proof = z.infer<typeof proof>;

export const attachment = z.strictObject({
  fileId: id,
  filename: z.string(),
  mimeType: z.string(),
  size: z.int(),
  /** A picture that stands in the text of its mail. */
  inline: z.boolean(),
});
export type Attachment = z.infer<typeof attachment>;

export const mailAddress = z.strictObject({ address: z.string(), name: z.string() });
export type MailAddress = z.infer<typeof mailAddress>;

/** The meeting a mail invites to, answers, changes or cancels. */
export const mailInvite = z.strictObject({
  /** request, reply, cancel, publish, counter… */
  method: z.string(),
  summary: z.string(),
  /** An instant in UTC; without Z where no time zone is named; the mere date of whole days. */
  start: z.string().nullable(),
  /** As start; the first moment or day after it. */
  end: z.string().nullable(),
  repeats: z.boolean(),
  location: z.string(),
  organizer: mailAddress.nullable(),
  /** What a reply answers: accepted, declined, tentative… */
  answer: z.string().nullable(),
});
export type MailInvite = z.infer<typeof mailInvite>;

/** How a mail is sealed: its signature is told, not checked, and what is encrypted stays shut. */
export const mailProtection = z.strictObject({
  standard: z.enum(['smime', 'pgp']),
  signed: z.boolean(),
  encrypted: z.boolean(),
});
export type MailProtection = z.infer<typeof mailProtection>;

export const authenticity = z.enum(['verified', 'failed', 'unknown']);
/** Whether the mail comes from whom it names: shown, disproved, or nobody trustworthy has looked. */
export type Authenticity = z.infer<typeof authenticity>;

/** What a mail's message says of its mail. */
export const mailHead = z.strictObject({
  messageId: z.string(),
  subject: z.string(),
  from: mailAddress,
  to: z.array(mailAddress),
  cc: z.array(mailAddress),
  replyTo: mailAddress.nullable(),
  date: instant.nullable(),
  mailClass: z.string(),
  references: z.array(z.string()),
  /** By what Outlook puts mails together. */
  threadIndex: z.string().optional(),
  /** Sent so that nothing can come back: no machine may answer it. */
  returnPathEmpty: z.literal(true).optional(),
  /** It came before its mailbox was connected: no machine answers it. */
  history: z.literal(true).optional(),
  /** The whole readable text, where the message shows only what is new in it. */
  fullText: z.string().optional(),
  htmlFileId: id.optional(),
  invite: mailInvite.optional(),
  protection: mailProtection.optional(),
  authenticity: authenticity.optional(),
  /** The agent who passed the mail on to us; `from` is then whom he named as its author. */
  forwardedBy: mailAddress.optional(),
  /** It answers a mail of this conversation, yet under another subject: perhaps a matter of its own. */
  newSubject: z.boolean().optional(),
});
export type MailHead = z.infer<typeof mailHead>;

/** The earlier conversation that a new one comes from, and why it does not go on there. */
export const follows = z.strictObject({
  conversationId: id,
  why: z.enum(['other_sender', 'unverified', 'closed', 'split']),
});
export type Follows = z.infer<typeof follows>;

/** Carried by the first message of a conversation: where it came in. */
export const opening = z.strictObject({
  workspaceId: id,
  brandId: id,
  inboxId: id,
  teamId: id.nullable(),
  contactId: id,
  channel: channelName,
  follows: follows.optional(),
  /** Left out, it is normal. */
  priority: priority.optional(),
});
export type Opening = z.infer<typeof opening>;

/** Who gets a message of ours by mail and when, as its author said it. */
export const envelope = z.strictObject({
  to: z.array(mailAddress),
  cc: z.array(mailAddress),
  bcc: z.array(mailAddress),
  /** Of a mail that answers none. */
  subject: z.string().optional(),
  sendAt: instant.optional(),
  /** One of many alike: whoever gets it can say by one click that he wants no more. */
  bulk: z.literal(true).optional(),
});
export type Envelope = z.infer<typeof envelope>;

export const message = z.strictObject({
  channel: channelName,
  text: z.string(),
  attachments: z.array(attachment).optional(),
  mail: mailHead.optional(),
  /** Written by a machine (auto-reply, notice): shown, but wakes nobody. */
  automatic: z.boolean().optional(),
  opening: opening.optional(),
  /** Left out, a mail goes to whom the answered one says. */
  envelope: envelope.optional(),
});

/** The message with number `of` was sent on to somebody, with a word of ours. The customer does not see it. */
export const forwarded = z.strictObject({
  of: position,
  text: z.string(),
  envelope,
  /** Besides those of the message. */
  attachments: z.array(attachment).optional(),
});

/** The message with number `of` is the beginning of a conversation of its own now. */
export const splitOff = z.strictObject({ of: position, into: id });

export const note = z.strictObject({ text: z.string(), attachments: z.array(attachment).optional() });

/** `agentId: null` puts the conversation back into the queue. */
export const assigned = z.strictObject({
  agentId: id.nullable(),
  reason: routingReason.nullable(),
  /** A word for whoever gets it. */
  text: z.string().optional(),
});

/** What is snoozed opens again by itself at `until`, if that is named. */
export const statusChange = z.strictObject({ to: status, until: instant.optional() });

export const deliveryState = z.enum([
  'sent',
  'failed',
  'unknown',
  'bounced',
  'complained',
  'called_back',
  'not_needed',
]);
/** The final outcome of sending the message with number `of` by mail. */
export const delivery = z.strictObject({
  of: position,
  state: deliveryState,
  to: z.array(z.string()),
  messageId: z.string(),
  detail: z.string().optional(),
});
export type DeliveryState = z.infer<typeof deliveryState>;

export const identified = z.strictObject({ contactId: id, proof });

/** Numbers of the entry that lost its text; `ofPub` is null where visitors never saw it. */
export const redacted = z.strictObject({ of: position, ofPub: position.nullable() });

/** The payload of each entry type. A new type is one line here, one in `fold` and one in the presenters. */
export const payloads = {
  message,
  note,
  assigned,
  status: statusChange,
  delivery,
  identified,
  redacted,
  forwarded,
  split_off: splitOff,
  triaged,
  transferred,
  offered,
  offer_ended: offerEnded,
  follow_up: followUp,
} as const;

export type Payloads = { [T in keyof typeof payloads]: z.infer<(typeof payloads)[T]> };
export type EntryType = keyof Payloads;
