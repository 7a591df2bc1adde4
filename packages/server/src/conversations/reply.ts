import type { Actor } from '@helpline/protocol';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';

export interface Reply {
  conversationId: string;
  clientId: string;
  author: Actor;
  text: string;
  /** The newest entry the author had seen. */
  expectedSeq: number;
  from?: string;
}

/** An agent's answer to the customer. Throws `stale` if somebody else wrote publicly after what the agent had seen. */
export function reply(
  journal: Journal,
  { conversationId, clientId, author, text, expectedSeq, from }: Reply,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: text,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      checkNothingNew(state, author, expectedSeq);
      const channel = state.lastCustomerMessage?.channel ?? state.channel;
      return { type: 'message', audience: 'public', actor: author, payload: { channel, text } };
    },
  });
}

function checkNothingNew(state: ConversationState, author: Actor, expectedSeq: number): void {
  const unseen = Object.entries(state.writers).some(([writer, seq]) => writer !== author.id && seq > expectedSeq);
  if (unseen) throw new DeskError('stale');
}
