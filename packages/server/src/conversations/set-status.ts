import type { Actor } from '@helpline/protocol';
import type { Appended, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';

export interface StatusChange {
  conversationId: string;
  clientId: string;
  actor: Actor;
  from?: string;
}

/** The matter is settled. Throws `already_done`. */
export const resolve = (journal: Journal, change: StatusChange): Promise<Appended> =>
  setStatus(journal, change, 'resolved');

/** It is not settled after all: back to the queue. Throws `already_done`. */
export const reopen = (journal: Journal, change: StatusChange): Promise<Appended> => setStatus(journal, change, 'open');

function setStatus(
  journal: Journal,
  { conversationId, clientId, actor, from }: StatusChange,
  to: 'open' | 'resolved',
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: to,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      if (state.status === to) throw new DeskError('already_done');
      return { type: 'status', audience: 'public', actor, payload: { to } };
    },
  });
}
