import type { AgentEntry } from '@helpline/protocol';
import type { AgentClient, AgentConversation, Outgoing, Setup, Writing } from '@helpline/sdk/agent';

/** What the console uses of the SDK, as plain shapes: a test can stand in for the server. */
export type OpenConversation = Pick<AgentConversation, keyof AgentConversation>;
export type SetupClient = Pick<Setup, keyof Setup>;
export type Client = Omit<Pick<AgentClient, keyof AgentClient>, 'open' | 'setup'> & {
  readonly setup: SetupClient;
  open(conversationId: string): Promise<OpenConversation>;
};

export type OutgoingWriting = Outgoing<Writing>;

/** One entry of a known type: `EntryOf<'message'>`. */
export type EntryOf<T extends AgentEntry['type']> = Extract<AgentEntry, { type: T }>;
