import type { DoorName, Output, Parsed, Permission, StaffRole } from '@helpline/protocol';
import { doors } from '@helpline/protocol/schemas';
import { DeskError } from './errors.js';
import type { Visibility } from './visibility.js';

/** Whoever holds a chat session. */
export interface VisitorCaller {
  kind: 'visitor';
  role: 'visitor';
  workspaceId: string;
  inboxId: string;
  sessionId: string;
  /** His current conversation, when it was last read. */
  conversationId: string | null;
  readAt: number;
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

/** What the log says of a call: never what was said in it. */
export interface CallIds {
  requestId: string;
  door?: DoorName;
  conversationId?: string;
}

/** Where a call comes from. */
export interface Call<C extends Caller = Caller> {
  caller: C;
  ids: CallIds;
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

interface RowOf<D extends DoorName, C extends Caller> {
  name: D;
  permission: C extends Anyone ? 'anyone' : Permission;
  /** What it is about: a conversation is looked up through the caller's visibility before `run` is called. */
  on: 'nothing' | 'conversation';
  /** Whoever did it may see the conversation no more: asked again, he is told again that it is done. */
  losesSight?: true;
  rate: Rate;
  run: (input: Parsed<D>, call: Call<C>) => Promise<Output<D>>;
}

interface Prepared {
  conversationId: string | null;
  /** By which it is found that this was done already, where whoever did it may see it no more. */
  repeatedAs: string | null;
  run(): Promise<unknown>;
}

/** A door as the gateway mounts it. */
export interface Row {
  name: DoorName;
  permission: Permission | 'anyone';
  audience: Caller['kind'];
  on: 'nothing' | 'conversation';
  rate: Rate;
  /** Checks the input by the door's schema. Throws `bad_request` that names the fields, `unauthenticated` for the wrong kind of caller. */
  prepare(raw: unknown, call: Call): Prepared;
}

export const doorForAnyone = <D extends DoorName>(row: RowOf<D, Anyone>): Row =>
  door(row, 'anyone', (call) => ({ ...call, caller: { kind: 'anyone' } }));

export const doorForVisitors = <D extends Extract<DoorName, `visitor.${string}`>>(row: RowOf<D, VisitorCaller>): Row =>
  door(row, 'visitor', ({ caller, ...call }) => {
    if (caller.kind !== 'visitor') throw new DeskError('unauthenticated');
    return { ...call, caller };
  });

export const doorForAgents = <D extends Exclude<DoorName, `visitor.${string}`>>(row: RowOf<D, AgentCaller>): Row =>
  door(row, 'agent', ({ caller, ...call }) => {
    if (caller.kind !== 'agent') throw new DeskError('unauthenticated');
    return { ...call, caller };
  });

function door<D extends DoorName, C extends Caller>(
  row: RowOf<D, C>,
  audience: Caller['kind'],
  narrow: (call: Call) => Call<C>,
): Row {
  const { name, permission, on, losesSight, rate, run } = row;
  return {
    name,
    permission,
    audience,
    on,
    rate,
    prepare(raw, call) {
      const narrowed = narrow(call);
      const input = parse(name, raw);
      const conversationId = on === 'conversation' && 'conversationId' in input ? String(input.conversationId) : null;
      const repeatedAs = losesSight && 'clientId' in input ? String(input.clientId) : null;
      return { conversationId, repeatedAs, run: () => run(input, narrowed) };
    },
  };
}

function parse<D extends DoorName>(name: D, raw: unknown): Parsed<D> {
  const result = doors[name].input.safeParse(raw ?? {});
  if (result.success) return result.data as Parsed<D>; // the compiler can't follow a schema through a generic key
  const errors = result.error.issues.slice(0, 10).map(({ path, message, ...issue }) => ({
    pointer: `/${[...path, ...('keys' in issue ? issue.keys.slice(0, 1) : [])].map(String).join('/')}`.slice(0, 200),
    detail: message.slice(0, 200),
  }));
  throw new DeskError('bad_request', { errors });
}
