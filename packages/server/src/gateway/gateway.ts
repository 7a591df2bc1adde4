import type { Server as HttpServer } from 'node:http';
import express from 'express';
import type { Server } from 'socket.io';
import type { Chat } from '../channels/chat/index.js';
import type { Lists } from '../conversations/index.js';
import type { Journal } from '../journal/index.js';
import type { Announcer } from '../platform/announcer.js';
import type { Call, Row } from '../platform/doors.js';
import type { Health } from '../platform/health.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import type { Staff } from '../staff/index.js';
import { trustsOf } from './callers.js';
import { drain } from './drain.js';
import { announceEntries, announcerOn, announceStaff, ListAnnouncer, listenToNodes } from './fan-out.js';
import { type FilesByLink, mountFiles } from './files.js';
import { callDoor } from './guard.js';
import { mountHealth } from './health.js';
import { mountDoors, nameRequests } from './http.js';
import { lookAfterSockets } from './look-after.js';
import type { Nodes } from './nodes/index.js';
import { mountPages } from './pages.js';
import { tellWhoIsConnected } from './presence.js';
import { Rates } from './rates.js';
import { Running } from './running.js';
import { serverFor } from './slow-requests.js';
import { openSockets } from './sockets.js';
import { mountUnsubscribing, type UnsubscribingByLink } from './unsubscribing.js';
import { mountUploads, type UploadsByLink } from './uploads.js';

export interface GatewayParts {
  journal: Journal;
  chat: Chat;
  staff: Staff;
  lists: Lists;
  /** Another node changed who is there or how much he can take, or, naming nobody, how routing is set up. */
  staffChanged: (workspaceId: string, agentId?: string) => void;
  files: FilesByLink;
  uploads: UploadsByLink;
  unsubscribing: UnsubscribingByLink;
  rateExempt: readonly string[];
  /** Addresses of our own reverse proxies. */
  trustedProxies: readonly string[];
  connectionsPerNode: number;
  connectionsPerAddress: number;
  pingMs: number;
  secureCookies: boolean;
  health: Health;
  metrics: Metrics;
  log: Logger;
}

/** The only HTTP and sockets of the house. */
export class Gateway {
  readonly announcer: Announcer;
  readonly #nodes: Nodes | null;
  #server: HttpServer | null = null;
  #io: Server | null = null;
  readonly #running = new Running();
  readonly #closing = new AbortController();
  #lookingAfter: Promise<unknown> | null = null;

  constructor(nodes: Nodes | null) {
    this.#nodes = nodes;
    this.announcer = announcerOn(() => {
      if (!this.#io) throw new Error('Nothing can be announced before the gateway is open.');
      return this.#io;
    }, nodes);
  }

  /** Mounts the doors and listens; gives the port. Rejects with EADDRINUSE if the port is taken. */
  async open(rows: Row[], parts: GatewayParts, port: number, host: string): Promise<number> {
    const rates = new Rates(parts.rateExempt);
    const guard = { ...parts, rates };
    const call = (row: Row, raw: unknown, from: Call) =>
      this.#running.during(from.connection?.id ?? null, () => callDoor(guard, row, raw, from));
    const app = express();
    nameRequests(app);
    mountHealth(app, parts.health);
    mountPages(app);
    mountFiles(app, parts.files);
    mountUploads(app, parts.uploads);
    mountUnsubscribing(app, parts.unsubscribing);
    const trusts = trustsOf(parts.trustedProxies);
    mountDoors(app, { ...parts, rows, trusts, callDoor: call });
    const server = serverFor(app);
    this.#server = server;
    const connections = {
      perNode: parts.connectionsPerNode,
      perAddress: parts.connectionsPerAddress,
      exempt: parts.rateExempt,
    };
    const io = openSockets(server, { ...parts, rows, trusts, connections, callDoor: call });
    this.#io = io;
    this.#lookingAfter = Promise.all(
      [lookAfterSockets, tellWhoIsConnected].map((look) => look(io, parts.staff, parts.log, this.#closing.signal)),
    );
    watchSockets(parts.metrics, this.#io);
    announceEntries(this.#io, parts.journal, this.#nodes);
    announceStaff(parts.staff, this.announcer, this.#nodes);
    if (this.#nodes) listenToNodes(this.#io, this.#nodes, parts.journal, parts.staffChanged);
    new ListAnnouncer(parts, this.announcer);
    await listen(server, port, host);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** What is being asked is answered before; whoever is connected is sent to another node. */
  async close(): Promise<void> {
    if (this.#server && this.#io) await drain(this.#server, this.#io, this.#running);
    this.#closing.abort();
    await this.#lookingAfter;
  }
}

const listen = (server: HttpServer, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4096 }, resolve);
  });

function watchSockets(metrics: Metrics, io: Server): void {
  const count = (of: string) => ({ of, value: io.of(`/${of}`).sockets.size });
  metrics.watch('sockets', 'Live connections.', () => [count('visitor'), count('agent')], 'audience');
}
