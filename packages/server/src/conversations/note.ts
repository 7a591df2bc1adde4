import type { Actor } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { notFound } from '../platform/errors.js';

export interface Note {
  conversationId: string;
  clientId: string;
  author: Actor;
  text: string;
  from?: string;
}

/** What agents tell each other; no customer ever sees it. */
export function note(journal: Journal, { conversationId, clientId, author, text, from }: Note): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: text,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      return { type: 'note', audience: 'internal', actor: author, payload: { text } };
    },
  });
}
