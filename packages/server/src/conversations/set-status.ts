import type { Actor, Payloads, Status } from '@helpline/protocol';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';
import { checkNotOver } from './rules.js';

export interface StatusChange {
  conversationId: string;
  clientId: string;
  actor: Actor;
  from?: string;
}

/** The matter is settled. Throws `already_done`. */
export const resolve = (journal: Journal, change: StatusChange): Promise<Appended> =>
  setStatus(journal, change, { to: 'resolved' });

/** It is not settled after all: back to the queue. Throws `already_done`. */
export const reopen = (journal: Journal, change: StatusChange): Promise<Appended> =>
  setStatus(journal, change, { to: 'open' });

/** Nobody has to do anything until the customer answers. Throws `already_done`, `unprocessable` when it is resolved. */
export const pend = (journal: Journal, change: StatusChange): Promise<Appended> =>
  setStatus(journal, change, { to: 'pending' }, checkNotOver);

/** Nobody has to do anything until then, or until the customer writes. Throws `unprocessable` when it is resolved, and for a time that is over. */
export function snooze(journal: Journal, change: StatusChange, until: string): Promise<Appended> {
  return setStatus(journal, change, { to: 'snoozed', until }, (state) => {
    checkNotOver(state);
    if (Date.parse(until) <= Date.now()) throw new DeskError('unprocessable', { detail: 'This time is over.' });
  });
}

/** Its time has come: the sleep that began with entry `seq` ends, unless it has ended already. Throws `already_done`. */
export function wake(journal: Journal, conversationId: string, seq: number): Promise<Appended> {
  const change = { conversationId, clientId: `timer:snooze:${seq}`, actor: { kind: 'system', id: 'timer' } } as const;
  return setStatus(journal, change, { to: 'open' }, ({ snooze: sleep }) => {
    if (sleep?.seq !== seq) throw new DeskError('already_done');
  });
}

function setStatus(
  journal: Journal,
  { conversationId, clientId, actor, from }: StatusChange,
  payload: Payloads['status'],
  check: (state: ConversationState) => void = () => {},
): Promise<Appended> {
  const { to, until } = payload;
  return journal.append({
    conversationId,
    clientId,
    body: until ? [to, until] : to,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      check(state);
      if (state.status === to && !until) throw new DeskError('already_done');
      const audience = isOurs(to) || (to === 'open' && isOurs(state.status)) ? 'internal' : 'public';
      return { type: 'status', audience, actor, payload };
    },
  });
}

/** A sleep is our own affair: for the customer the conversation is open all the time. */
const isOurs = (status: Status): boolean => status === 'pending' || status === 'snoozed';
