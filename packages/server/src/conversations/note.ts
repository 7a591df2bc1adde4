import type { Actor, Attachment } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { notFound } from '../platform/errors.js';

export interface Note {
  conversationId: string;
  clientId: string;
  author: Actor;
  text: string;
  attachments?: Attachment[];
  from?: string;
}

/** What agents tell each other; no customer ever sees it. */
export function note(
  journal: Journal,
  { conversationId, clientId, author, text, attachments, from }: Note,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: attachments ? [text, attachments.map(({ fileId }) => fileId)] : text,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      return {
        type: 'note',
        audience: 'internal',
        actor: author,
        payload: { text, ...(attachments ? { attachments } : {}) },
      };
    },
  });
}
