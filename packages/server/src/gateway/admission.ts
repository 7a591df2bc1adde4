import type { Namespace, Server, Socket } from 'socket.io';
import { agentRoom, sessionRoom } from '../platform/announcer.js';
import type { AgentCaller, VisitorCaller } from '../platform/doors.js';
import { DeskError } from '../platform/errors.js';

export interface ConnectionLimits {
  perNode: number;
  /** Of visitors: many of them may share one address, and nothing proves who they are. */
  perAddress: number;
  /** Addresses that are never limited. */
  exempt: readonly string[];
}

const perVisitor = 5;
const perAgent = 20;
const comeBackInMs = 5_000;
/** Clients are heard every few seconds; whoever is silent for longer has probably gone without a word. */
const silentMs = 12_000;

type Known = VisitorCaller | AgentCaller;

/** How many connections there may be: of one caller, from one address, on this node. */
export class Admission {
  readonly #limits: ConnectionLimits;
  readonly #addresses = new Map<string, number>();
  readonly #heardAt = new WeakMap<Socket, number>();

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Throws `busy` for a full node and `too_many` for a full address: other nodes, or later, may be better. */
  checkAddress(io: Server, audience: Known['kind'], ip: string): void {
    if (this.#limits.exempt.includes(ip)) return;
    if (io.engine.clientsCount > this.#limits.perNode) throw new DeskError('busy', { retryAfterMs: comeBackInMs });
    if (audience === 'visitor' && (this.#addresses.get(ip) ?? 0) >= this.#limits.perAddress)
      throw new DeskError('too_many', { retryAfterMs: comeBackInMs });
  }

  /** Throws `too_many`, unless one of the caller's connections is silent: then that one goes. */
  checkCaller(namespace: Namespace, caller: Known, ip: string): void {
    if (this.#limits.exempt.includes(ip)) return;
    const [room, atMost] =
      caller.kind === 'agent' ? [agentRoom(caller.agentId), perAgent] : [sessionRoom(caller.sessionId), perVisitor];
    const ids = [...(namespace.adapter.rooms.get(room) ?? [])];
    if (ids.length < atMost) return;
    const silent = ids.map((id) => namespace.sockets.get(id)).find((socket) => socket && this.#isSilent(socket));
    if (!silent) throw new DeskError('too_many', { retryAfterMs: comeBackInMs });
    silent.conn.close(true);
  }

  /** Counts the connection until it ends. */
  admit(socket: Socket, audience: Known['kind'], ip: string): void {
    this.#heardAt.set(socket, performance.now());
    socket.conn.on('packet', () => this.#heardAt.set(socket, performance.now()));
    if (audience !== 'visitor') return;
    this.#addresses.set(ip, (this.#addresses.get(ip) ?? 0) + 1);
    socket.once('disconnect', () => {
      const left = (this.#addresses.get(ip) ?? 1) - 1;
      if (left === 0) this.#addresses.delete(ip);
      else this.#addresses.set(ip, left);
    });
  }

  #isSilent(socket: Socket): boolean {
    return performance.now() - (this.#heardAt.get(socket) ?? 0) > silentMs;
  }
}
