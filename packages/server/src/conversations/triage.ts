import { isDeepStrictEqual } from 'node:util';
import type { Actor, Payloads } from '@helpline/protocol';
import type { Appended, ConversationState, Journal } from '../journal/index.js';
import { DeskError, notFound } from '../platform/errors.js';
import { checkNotOver } from './rules.js';

export interface Triage {
  conversationId: string;
  clientId: string;
  actor: Actor;
  /** What is left out stays. */
  needs: Payloads['triaged'];
  from?: string;
}

/** Says how urgent it is, until when, and what whoever gets it must be able to. Throws `already_done`. */
export function triage(journal: Journal, { conversationId, clientId, actor, needs, from }: Triage): Promise<Appended> {
  return journal.append({
    conversationId,
    clientId,
    body: needs,
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      checkNotOver(state);
      const payload = changedIn(state, needs);
      if (Object.keys(payload).length === 0) throw new DeskError('already_done');
      return { type: 'triaged', audience: 'internal', actor, payload };
    },
  });
}

/** Only what is not so already. */
function changedIn(state: ConversationState, { priority, dueAt, skills }: Payloads['triaged']): Payloads['triaged'] {
  const due = state.dueAt?.getTime() ?? null;
  const wanted = typeof dueAt === 'string' ? Date.parse(dueAt) : dueAt;
  return {
    ...(priority !== undefined && priority !== state.priority ? { priority } : {}),
    ...(dueAt !== undefined && wanted !== due ? { dueAt } : {}),
    ...(skills && !isDeepStrictEqual(skills, state.skills) ? { skills } : {}),
  };
}
