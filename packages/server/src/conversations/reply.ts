import type { Actor, Attachment, ChannelName, Envelope } from '@helpline/protocol';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';

export interface Reply {
  conversationId: string;
  clientId: string;
  author: Actor;
  text: string;
  /** The newest entry the author had seen. */
  expectedSeq: number;
  /** With it the answer goes by mail, to whom it says; else the way the customer wrote last. */
  envelope?: Envelope | undefined;
  attachments?: Attachment[];
  from?: string;
}

/** An agent's answer to the customer. Throws `stale` if somebody else wrote publicly after what the agent had seen. */
export function reply(
  journal: Journal,
  { conversationId, clientId, author, text, expectedSeq, envelope, attachments, from }: Reply,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: bodyOf(text, envelope, attachments),
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      checkNothingNew(state, author, expectedSeq);
      if (envelope?.sendAt && state.everInChat)
        throw new DeskError('unprocessable', { detail: 'The customer reads answers in the chat at once.' });
      const channel = envelope ? 'email' : channelOfAnswer(state);
      const payload = { channel, text, ...(attachments ? { attachments } : {}), ...(envelope ? { envelope } : {}) };
      return { type: 'message', audience: 'public', actor: author, payload };
    },
  });
}

/** What must be the same when it is sent again. */
function bodyOf(text: string, envelope: Envelope | undefined, attachments: Attachment[] | undefined): unknown {
  if (attachments) return [text, envelope ?? null, attachments.map(({ fileId, inline }) => [fileId, inline])];
  return envelope ? [text, envelope] : text;
}

/** An answer goes back the way the customer wrote last. */
export const channelOfAnswer = (state: ConversationState): ChannelName =>
  state.lastCustomerMessage?.channel ?? state.channel;

function checkNothingNew(state: ConversationState, author: Actor, expectedSeq: number): void {
  const unseen = Object.entries(state.writers).some(([writer, seq]) => writer !== author.id && seq > expectedSeq);
  if (unseen) throw new DeskError('stale');
}
