import type { AgentEntry, Attachment, VisitorEntry } from '@helpline/protocol';
import { type Entry, isCustomer, isKnown } from '../journal/index.js';

/** Whose eyes an entry is shown to; the prefix is that of his own clientIds. */
export const agentPrefix = (agentId: string): string => `agent:${agentId}:`;
export const visitorPrefix = (sessionId: string): string => `visitor:${sessionId}:`;

/** An entry as agents see it; `clientId` only where it is the reader's own. */
export function forAgent(entry: Entry, ownPrefix: string | null): AgentEntry {
  const { _id, seq, audience, at, actor } = entry;
  const head = { id: _id, seq, audience, at: at.toISOString(), actor, ...ownClientId(entry, ownPrefix) };
  if (!isKnown(entry)) return { ...head, type: 'unknown', payload: null };
  return { ...head, type: entry.type, payload: entry.payload } as AgentEntry;
}

/** A public entry as the visitor sees it: his own numbers, no id of anybody, nothing internal. Only call it for public entries. */
export function forVisitor(entry: Entry, ownPrefix: string | null): VisitorEntry {
  const from = isCustomer(entry.actor)
    ? ({ kind: 'you', name: '' } as const)
    : ({
        kind: entry.actor.kind === 'agent' ? 'agent' : 'system',
        name: entry.actor.kind === 'agent' ? (entry.actor.name ?? '') : '',
      } as const);
  const head = { n: entry.pub, at: entry.at.toISOString(), from, ...ownClientId(entry, ownPrefix) };
  if (isKnown(entry)) {
    if (entry.type === 'message')
      return {
        ...head,
        type: 'message',
        text: entry.payload.text,
        channel: entry.payload.channel,
        attachments: publicFiles(entry).map(({ filename, size }) => ({ filename, size })),
      };
    if (entry.type === 'status' && entry.payload.to !== 'pending' && entry.payload.to !== 'snoozed')
      return { ...head, type: 'status', to: entry.payload.to };
    if (entry.type === 'redacted' && entry.payload.ofPub !== null)
      return { ...head, type: 'redacted', of: entry.payload.ofPub };
  }
  return { ...head, type: 'unknown' };
}

function ownClientId(entry: Entry, ownPrefix: string | null): { clientId?: string } {
  if (!ownPrefix || !entry.clientId.startsWith(ownPrefix)) return {};
  return { clientId: entry.clientId.slice(ownPrefix.length) };
}

/** What the visitor may have. Pictures that stand in a mail are part of what he sent; those in ours he sees here only. */
export function publicFiles(entry: Entry): Attachment[] {
  if (!isKnown(entry) || entry.type !== 'message') return [];
  const { attachments = [] } = entry.payload;
  return isCustomer(entry.actor) ? attachments.filter((file) => !file.inline) : attachments;
}
