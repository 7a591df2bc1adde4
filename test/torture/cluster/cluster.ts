import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@helpline/server/dist/platform/ports.js';
import { startProxy } from '../proxy/tcp-proxy.js';
import { atExit } from './at-exit.js';
import { HelplineNode } from './helpline-node.js';
import { type Mail, startMail } from './mail.js';
import { MongoSet } from './mongo-set.js';
import { connectMailbox, seed } from './people.js';
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
  readonly nodes: readonly HelplineNode[];
  readonly mongo: MongoSet;
  readonly redis: RedisServer;
  readonly mail: Mail;
  readonly #throwAway: () => void;

  private constructor(dir: string, parts: Pick<Cluster, 'nodes' | 'mongo' | 'redis' | 'mail'>, throwAway: () => void) {
    this.dir = dir;
    this.nodes = parts.nodes;
    this.mongo = parts.mongo;
    this.redis = parts.redis;
    this.mail = parts.mail;
    this.#throwAway = throwAway;
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const dir = await mkdtemp(join(tmpdir(), 'helpline-torture-'));
    const throwAway = atExit(() => rmSync(dir, { recursive: true, force: true }));
    const redis = new RedisServer(await findFreePort(), dir);
    const [mongo, mail] = await Promise.all([MongoSet.start(dir), startMail(dir), redis.start()]);
    const env = environment(mongo, options.env);
    await seed(mongo, env, dir);
    const indexes = Array.from({ length: options.nodes ?? 2 }, (_, index) => index);
    const nodes = await Promise.all(indexes.map((index) => newNode(index, dir, redis, env, options.nodeArgs ?? [])));
    await Promise.all(nodes.map((node) => node.start()));
    const cluster = new Cluster(dir, { nodes, mongo, redis, mail }, throwAway);
    await connectMailbox(cluster.clientUrl(0), mail);
    return cluster;
  }

  /** A node as clients reach it: through its proxy. */
  clientUrl(node: number): string {
    const found = this.nodes[node % this.nodes.length];
    if (!found) throw new Error('There is no node.');
    return found.clients.url;
  }

  async stop({ keepLogs = false } = {}): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all([this.mail.stop(), this.mongo.stop(), this.redis.kill()]);
    await Promise.all(this.nodes.flatMap((node) => [node.clients.close(), node.redis.close()]));
    if (!keepLogs) this.#throwAway();
  }
}

const environment = (mongo: MongoSet, more: Record<string, string> = {}): Record<string, string> => ({
  MONGODB_URI: mongo.uri,
  HELPLINE_SECRET_KEY: randomBytes(32).toString('hex'),
  HELPLINE_PING: '1',
  HELPLINE_LEASE: '2',
  HELPLINE_LEFT_AFTER: '2',
  HELPLINE_MAIL_POLL: '2',
  HELPLINE_PRIVATE_MAIL_SERVERS: 'true',
  HELPLINE_RATE_EXEMPT: '127.0.0.1',
  ...more,
});

async function newNode(
  index: number,
  logs: string,
  redis: RedisServer,
  env: Record<string, string>,
  nodeArgs: string[],
): Promise<HelplineNode> {
  const [port, inspectPort] = [await findFreePort(), await findFreePort()];
  const [clients, ownRedis] = await Promise.all([startProxy({ port }), startProxy({ port: redis.port })]);
  return new HelplineNode({ index, port, inspectPort, logs, clients, redis: ownRedis, env, nodeArgs });
}
