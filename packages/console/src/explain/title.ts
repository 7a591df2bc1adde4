import type { Agent, Conversation } from '@helpline/protocol';
import { nameOfAgent } from '../entries/context.js';
import { t } from '../texts.js';

/** What one asks about the conversation: why nobody has it, or why whoever does. */
export function titleOf({ assigneeId }: Conversation, agents: ReadonlyMap<string, Agent>, myId: string): string {
  if (!assigneeId) return t('console.explain.nobody');
  return assigneeId === myId
    ? t('console.explain.me')
    : t('console.explain.who', { name: nameOfAgent(assigneeId, agents) });
}

/** Nothing is to be explained of what is over. */
export const canBeAsked = ({ assigneeId, handler }: Conversation): boolean =>
  assigneeId !== null || handler === 'queue';
