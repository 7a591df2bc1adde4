import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@helpline/server/dist/platform/ports.js';
import { startProxy } from '../proxy/tcp-proxy.js';
import { atExit } from './at-exit.js';
import { HelplineNode } from './helpline-node.js';
import { keepLogs } from './logs.js';
import { type Mail, startMail } from './mail.js';
import { MongoSet } from './mongo-set.js';
import { connectMailbox, cookieOf, seed } from './people.js';
import { RedisServer } from './redis-server.js';

export interface ClusterOptions {
  nodes?: number;
  /** Given to node itself for every server: a planted bug's loader. */
  nodeArgs?: string[];
  env?: Record<string, string>;
}

/** The whole house as it runs in earnest: a replica set of three, Redis, a mail server, and several nodes. */
export class Cluster {
  /** Logs and data of everything. */
  readonly dir: string;
  readonly mongo: MongoSet;
  readonly redis: RedisServer;
  readonly mail: Mail;
  readonly #nodes: HelplineNode[] = [];
  readonly #cookies = new Map<string, Promise<string>>();
  #made = 0;
  readonly #env: Record<string, string>;
  readonly #nodeArgs: string[];
  readonly #throwAway: () => void;

  private constructor(dir: string, parts: Pick<Cluster, 'mongo' | 'redis' | 'mail'>, options: ClusterOptions) {
    this.dir = dir;
    this.mongo = parts.mongo;
    this.redis = parts.redis;
    this.mail = parts.mail;
    this.#env = { ...environment(parts.mongo), ...options.env };
    this.#nodeArgs = options.nodeArgs ?? [];
    this.#throwAway = atExit(() => rmSync(dir, { recursive: true, force: true }));
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const dir = await mkdtemp(join(tmpdir(), 'helpline-torture-'));
    const redis = new RedisServer(await findFreePort(), dir);
    const [mongo, mail] = await Promise.all([MongoSet.start(dir), startMail(dir), redis.start()]);
    const cluster = new Cluster(dir, { mongo, redis, mail }, options);
    try {
      await cluster.#begin(options.nodes ?? 2);
    } catch (error) {
      throw new Error(`Not everything could be started; the logs are kept in ${await keepLogs('start', dir)}.`, {
        cause: error,
      });
    }
    return cluster;
  }

  async #begin(size: number): Promise<void> {
    await seed(this.mongo, this.#env, this.dir);
    for (let count = 0; count < size; count++) this.#nodes.push(await this.newNode());
    await Promise.all(this.nodes.map((node) => node.start()));
    await connectMailbox(this.clientUrl(0), this.mail);
  }

  get nodes(): readonly HelplineNode[] {
    return this.#nodes;
  }

  /** A node as clients reach it: through its proxy. */
  clientUrl(node: number): string {
    const found = this.nodes[node % this.nodes.length];
    if (!found) throw new Error('There is no node.');
    return found.clients.url;
  }

  /** Signs in once; the session is good for all runs. */
  cookieOf(name: string): Promise<string> {
    const known = this.#cookies.get(name) ?? cookieOf(this.clientUrl(0), name);
    this.#cookies.set(name, known);
    known.catch(() => this.#cookies.delete(name));
    return known;
  }

  /** One more node, not started, that no client is sent to. Whoever makes it ends it and closes its proxies. */
  async newNode(env: Record<string, string> = {}): Promise<HelplineNode> {
    const [port, inspectPort] = [await findFreePort(), await findFreePort()];
    const [clients, redis] = await Promise.all([startProxy({ port }), startProxy({ port: this.redis.port })]);
    const place = { index: this.#made++, port, inspectPort, logs: this.dir, clients, redis };
    const start = { env: { ...this.#env, ...env }, nodeArgs: this.#nodeArgs };
    return new HelplineNode({ ...place, ...start, onChange: () => this.#balance() });
  }

  /** Everything runs again, whatever was done to it. */
  async heal(): Promise<void> {
    this.redis.resume();
    await Promise.all([this.mongo.heal(), this.redis.start()]);
    for (const node of this.nodes) {
      node.clients.heal();
      node.redis.heal();
      node.resume();
      await node.start();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all([this.mail.stop(), this.mongo.stop(), this.redis.kill()]);
    await Promise.all(this.nodes.flatMap((node) => [node.clients.close(), node.redis.close()]));
    this.#throwAway();
  }

  /** As a load balancer does: who comes to a node that is away is sent to another. */
  #balance(): void {
    for (const node of this.nodes) {
      const taker = node.isUp ? node : (this.nodes.find(({ isUp }) => isUp) ?? node);
      node.clients.target = { port: taker.port };
    }
  }
}

const environment = (mongo: MongoSet): Record<string, string> => ({
  MONGODB_URI: mongo.uri,
  HELPLINE_SECRET_KEY: randomBytes(32).toString('hex'),
  HELPLINE_PING: '1',
  HELPLINE_LEASE: '2',
  HELPLINE_LEFT_AFTER: '2',
  HELPLINE_MAIL_POLL: '2',
  HELPLINE_MAIL_CAP: '100000',
  HELPLINE_PRIVATE_MAIL_SERVERS: 'true',
  HELPLINE_UNDO: '0',
  HELPLINE_RATE_EXEMPT: '127.0.0.1',
});
