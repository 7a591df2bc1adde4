import type { AgentEntry, Conversation, Me, QueuePlace, VisitorEntry } from './schemas/entities.js';

/** What the server tells a visitor unasked. Each is a hint: the numbers say whether something was missed. */
export interface VisitorEvents {
  entries: { conversationId: string; entries: VisitorEntry[] };
  typing: { conversationId: string; name: string };
  /** The session's person or current conversation changed (identified, or another tab started it). */
  session: Record<string, never>;
  /** How far he has come in the queue; null once he waits no more. */
  queue: { conversationId: string; place: QueuePlace | null };
}

/** What the server tells an agent unasked. */
export interface AgentEvents {
  /** Of a conversation that is watched. */
  entries: { conversationId: string; entries: AgentEntry[] };
  /** A conversation the agent may see is new or changed; the higher `seq` wins. */
  conversation: Conversation;
  /** It was passed on to where he may not see it. */
  gone: { conversationId: string };
  typing: { conversationId: string; name: string; from: 'customer' | 'agent' };
  seen: { conversationId: string; seq: number };
  me: Me;
}

/** What a client sends to see whether the link still works both ways; the server acknowledges it and does nothing else. */
export const linkCheck = 'link.check';
