import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Conditions, type Direction, goodConditions, Link } from './link.js';

export type { Direction, Link };

export interface Target {
  host?: string;
  port: number;
}

/** A way to a server on which everything can go wrong that goes wrong in networks. */
export async function startProxy(target: Target, port = 0): Promise<TcpProxy> {
  const server = createServer({ allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return new TcpProxy(server, target);
}

export class TcpProxy {
  /** What a connection opened from now on reaches. */
  target: Target;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  readonly #stalled = new Set<Socket>();
  #conditions: Conditions = goodConditions();
  #newcomers: 'welcome' | 'stalled' | 'refused' = 'welcome';

  constructor(server: Server, target: Target) {
    this.#server = server;
    this.target = target;
    server.on('connection', (socket) => this.#arrive(socket));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Open ones, oldest first; each can be troubled on its own. */
  get connections(): readonly Link[] {
    return [...this.#links];
  }

  delay(ms: number, jitter = 0, direction: Direction = 'both'): void {
    this.#worsen({ delayed: { direction, ms, jitter } });
  }

  /** Nothing arrives any more in this direction, on any connection; neither side is told. */
  drop(direction: Direction): void {
    this.#worsen({ held: direction });
  }

  /** The connections of now are dead without a word; new ones are fine. */
  halfOpen(): void {
    for (const link of this.#links) link.drop('both');
  }

  slice(bytes: number): void {
    this.#worsen({ sliceBytes: bytes });
  }

  reset(): void {
    for (const link of this.#links) link.reset();
  }

  resetMidFrame(direction: 'up' | 'down' = 'down', what = ''): void {
    for (const link of this.#links) link.resetMidFrame(direction, what);
  }

  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** Who connects gets no answer until it is healed. */
  stallNewConnections(): void {
    this.#newcomers = 'stalled';
  }

  refuseNewConnections(): void {
    this.#newcomers = 'refused';
  }

  heal(): void {
    this.#newcomers = 'welcome';
    this.#worsen(goodConditions());
    for (const socket of this.#stalled) this.#connect(socket);
    this.#stalled.clear();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#stalled) socket.destroy();
    this.cut();
    await closed;
  }

  #worsen(change: Partial<Conditions>): void {
    this.#conditions = { ...this.#conditions, ...change };
    for (const link of this.#links) link.meet(this.#conditions);
  }

  #arrive(socket: Socket): void {
    socket.on('error', () => {});
    if (this.#newcomers === 'refused') socket.resetAndDestroy();
    else if (this.#newcomers === 'stalled') this.#stall(socket);
    else this.#connect(socket);
  }

  #stall(socket: Socket): void {
    this.#stalled.add(socket);
    socket.on('close', () => this.#stalled.delete(socket));
  }

  #connect(near: Socket): void {
    const far = connect({ host: '127.0.0.1', ...this.target, allowHalfOpen: true });
    const link = new Link(near, far, () => this.#links.delete(link));
    this.#links.add(link);
    link.meet(this.#conditions);
  }
}
