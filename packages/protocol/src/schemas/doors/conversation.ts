import { z } from 'zod';
import { limits } from '../../limits.js';
import { clientId, emailAddress, id, instant, position, words } from '../common.js';
import { agentEntry, conversation } from '../entities.js';
import { mailAddress } from '../entries.js';
import { done, door, inConversation, nothing, page, pageInput, word, write } from './door.js';

const people = z.array(emailAddress).max(40);
const toPeople = { to: people.min(1), cc: people.optional(), bcc: people.optional() };
/** Files that were uploaded before; what is `inline` stands in the text of a mail. Beside files the text may be empty. */
const attachments = z
  .array(z.strictObject({ fileId: id, inline: z.boolean().optional() }))
  .max(limits.filesPerMessage)
  .optional();
/** Not before then. */
const sendAt = instant.optional();

/** What is done with a conversation. */
export const conversationDoors = {
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
    z.strictObject({
      to: z.array(mailAddress),
      cc: z.array(mailAddress),
      /** The addresses of all who wrote or got a mail of the conversation: what they write belongs to it. */
      participants: z.array(z.string()),
    }),
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
    write.extend({
      agentId: id.nullable(),
      text: word.optional(),
      /** The newest entry the author had seen: who was given it after that keeps it, and this is `stale`. */
      expectedSeq: position.optional(),
    }),
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
} as const;
