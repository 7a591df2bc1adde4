import type { Actor, Envelope } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { notFound } from '../platform/errors.js';

export interface Acknowledgement {
  conversationId: string;
  author: Actor;
  /** The number of the message it answers: each gets one at most. */
  of: number;
  text: string;
  envelope: Envelope;
}

/** A machine's answer to the customer's mail. A fact: it keeps nobody from answering. */
export function acknowledge(
  journal: Journal,
  { conversationId, author, of, text, envelope }: Acknowledgement,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId: `system:acknowledge:${of}`,
    body: of,
    kind: 'fact',
    rule(state) {
      if (!state) throw notFound();
      const payload = { channel: 'email', text, envelope, automatic: true } as const;
      return { type: 'message', audience: 'public', actor: author, payload };
    },
  });
}
