import type { Actor } from '@helpline/protocol';
import { limits } from '@helpline/protocol';
import type { Appended, ConversationState, FollowUp, Journal } from '../../journal/index.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { derivedId } from '../../platform/ids.js';

interface Asked {
  conversationId: string;
  clientId: string;
  actor: Actor;
  from?: string;
}

interface Promised extends Asked {
  ownerId: string;
  dueAt: string;
  text: string;
}

/** Something is promised to the customer, and somebody has to keep it. Throws `unprocessable` where too much is promised already. */
export function promise(
  journal: Journal,
  { conversationId, clientId, actor, ownerId, dueAt, text, from }: Promised,
): Promise<Appended> {
  const id = derivedId('follow-up', conversationId, clientId);
  return journal.append({
    conversationId,
    clientId,
    body: [ownerId, dueAt, text],
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      if (state.followUps.length >= limits.followUpsPerConversation)
        throw new DeskError('unprocessable', { detail: 'Too much is promised here already.' });
      return {
        type: 'follow_up',
        audience: 'internal',
        actor,
        payload: { id, state: 'promised', ownerId, dueAt, text },
      };
    },
  });
}

/** It was kept, or is no longer to be. Throws `not_found`, and `already_done` once it is over. */
export function settle(
  journal: Journal,
  { id, state: to, ...asked }: Asked & { id: string; state: 'kept' | 'cancelled' },
): Promise<Appended> {
  return goOn(journal, asked, id, to, () => true);
}

/** It was due long ago: others are told, once. Throws `already_done`. */
export const escalate = (journal: Journal, conversationId: string, id: string): Promise<Appended> =>
  goOn(
    journal,
    { conversationId, clientId: `timer:follow-up:${id}`, actor: { kind: 'system', id: 'timer' } },
    id,
    'escalated',
    ({ isForgotten }) => !isForgotten,
  );

function goOn(
  journal: Journal,
  { conversationId, clientId, actor, from }: Asked,
  id: string,
  to: 'kept' | 'cancelled' | 'escalated',
  may: (one: FollowUp) => boolean,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: [id, to],
    kind: 'decision',
    from,
    rule(state) {
      const one = openOne(state, id);
      if (!may(one)) throw new DeskError('already_done');
      const payload = { id, state: to, ownerId: one.ownerId, dueAt: one.dueAt.toISOString(), text: '' };
      return { type: 'follow_up', audience: 'internal', actor, payload };
    },
  });
}

/** What is no longer open was settled, by whomever. */
function openOne(state: ConversationState | null, id: string): FollowUp {
  if (!state) throw notFound();
  const one = state.followUps.find((followUp) => followUp.id === id);
  if (!one) throw new DeskError('already_done');
  return one;
}
