import type { Actor, Payloads } from '@helpline/protocol';
import type { Appended, Draft, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';

const system: Actor = { kind: 'system', id: 'helpline' };

/** Writes down what became of a message that went out by mail. `attempt` tells a later outcome (a bounce) from the first. */
export function recordDelivery(
  journal: Journal,
  conversationId: string,
  attempt: string,
  payload: Payloads['delivery'],
  actor: Actor = system,
): Promise<Appended> {
  return record(journal, conversationId, `system:delivery:${attempt}`, payload, {
    type: 'delivery',
    audience: 'internal',
    actor,
    payload,
  });
}

/** The customer turned out to be this contact. Throws `already_done`. */
export function recordIdentity(
  journal: Journal,
  conversationId: string,
  payload: Payloads['identified'],
): Promise<Appended> {
  const clientId = `system:identified:${payload.contactId}:${payload.proof}`;
  return record(journal, conversationId, clientId, payload, {
    type: 'identified',
    audience: 'internal',
    actor: system,
    payload,
  });
}

function record(
  journal: Journal,
  conversationId: string,
  clientId: string,
  body: unknown,
  draft: Draft,
): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body,
    kind: 'fact',
    rule(state) {
      if (!state) throw notFound();
      if (draft.type === 'identified' && state.contactId === draft.payload.contactId)
        throw new DeskError('already_done');
      return draft;
    },
  });
}
