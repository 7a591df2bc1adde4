import type { Actor, Opening, Payloads } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { notFound } from '../platform/errors.js';

export interface Incoming {
  conversationId: string;
  /** `visitor:<session>:<given>` or `mail:<mailbox>:<key>`. */
  clientId: string;
  author: Actor;
  message: Omit<Payloads['message'], 'opening'>;
  /** Where a new conversation would begin; without it the conversation must be there. */
  opening?: Opening;
  /** The conversation is most likely new. */
  begins?: boolean;
  /** The connection it came on, which needs no telling. */
  from?: string;
}

/** Takes in what a customer wrote. A fact: never refused because of what others did meanwhile. */
export function receive(
  journal: Journal,
  { conversationId, clientId, author, message, opening, begins, from }: Incoming,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: [message.channel, message.text, message.attachments?.map((attachment) => attachment.fileId) ?? []],
    kind: 'fact',
    from,
    begins: begins ?? false,
    rule(state) {
      if (!state && !opening) throw notFound();
      const payload = state ? message : { ...message, opening };
      return { type: 'message', audience: 'public', actor: author, payload, workspaceId: opening?.workspaceId };
    },
  });
}
