import type { DoorName, Output, Parsed, Permission, StaffRole } from '@helpline/protocol';
import type { ConversationScope, Visibility } from './visibility.js';

/** Whoever holds a chat session. */
export interface VisitorCaller {
  kind: 'visitor';
  role: 'visitor';
  workspaceId: string;
  inboxId: string;
  sessionId: string;
}

/** Somebody of the staff who is signed in. */
export interface AgentCaller {
  kind: 'agent';
  role: StaffRole;
  workspaceId: string;
  agentId: string;
  name: string;
  sessionId: string;
  visibility: Visibility;
}

export interface Anyone {
  kind: 'anyone';
}

export type Caller = VisitorCaller | AgentCaller | Anyone;

/** Where a call comes from. */
export interface Call<C extends Caller = Caller> {
  caller: C;
  ip: string;
  /** The page's origin, as the browser says it; null outside a browser. */
  origin: string | null;
  /** Whether that origin is this server itself. */
  sameOrigin: boolean;
  /** The live connection the call came on, null for HTTP. */
  connection: Connection | null;
  /** Sets or (with null) removes the session cookie of the answer; HTTP only. */
  setCookie: (token: string | null) => void;
}

export interface Connection {
  id: string;
  join(room: string): void;
  leave(room: string): void;
}

export interface Rate {
  points: number;
  perSeconds: number;
}

/** What the call is about: the gateway loads it through the caller's visibility before `run` sees it. */
type On = 'nothing' | 'conversation';

interface RowOf<D extends DoorName, C extends Caller> {
  name: D;
  permission: C extends Anyone ? 'anyone' : Permission;
  on: On;
  rate: Rate;
  run: (input: Parsed<D>, call: Call<C>) => Promise<Output<D>>;
}

type NamesFor<Prefix extends 'visitor' | 'staff'> = Prefix extends 'visitor'
  ? Extract<DoorName, `visitor.${string}`>
  : Exclude<DoorName, `visitor.${string}`>;

/** A mounted door with its types forgotten: the gateway parses the input by the door's own schema before it calls `run`. */
export interface Row {
  name: DoorName;
  permission: Permission | 'anyone';
  audience: 'anyone' | 'visitor' | 'agent';
  on: On;
  rate: Rate;
  run: (input: never, call: never) => Promise<unknown>;
}

export const doorForAnyone = <D extends DoorName>(row: RowOf<D, Anyone>): Row => ({ ...row, audience: 'anyone' });
export const doorForVisitors = <D extends NamesFor<'visitor'>>(row: RowOf<D, VisitorCaller>): Row => ({
  ...row,
  audience: 'visitor',
});
export const doorForAgents = <D extends NamesFor<'staff'>>(row: RowOf<D, AgentCaller>): Row => ({
  ...row,
  audience: 'agent',
});

export type { ConversationScope, Visibility };
