import type { AgentEvents, VisitorEvents } from '@helpline/protocol';

/** Tells whoever listens in a room, on this node and the others. Hints: nothing may depend on them. */
export interface Announcer {
  tellVisitors<E extends keyof VisitorEvents>(room: string, event: E, data: VisitorEvents[E], except?: string): void;
  tellAgents<E extends keyof AgentEvents>(
    rooms: string | string[],
    event: E,
    data: AgentEvents[E],
    except?: string,
  ): void;
  /** Ends the agents' connections in a room: whoever signed out must not go on listening. */
  endAgents(room: string): void;
  /** Ends the visitors' connections in a room: who comes back is asked anew who he is. */
  endVisitors(room: string, except?: string): void;
}

/** Everybody who has the conversation open: a room of its own for each audience. */
export const conversationRoom = (conversationId: string): string => `conversation:${conversationId}`;
export const agentRoom = (agentId: string): string => `agent:${agentId}`;
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`;
