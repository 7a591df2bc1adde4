import type { HelplineNode } from './helpline-node.js';
import type { Mail } from './mail.js';
import type { MongoSet } from './mongo-set.js';
import type { RedisServer } from './redis-server.js';

/** The whole house as it runs in earnest: a replica set of three, Redis, a mail server, and several nodes. */
export interface Cluster {
  /** Logs and data of everything. */
  readonly dir: string;
  readonly nodes: readonly HelplineNode[];
  readonly mongo: MongoSet;
  readonly redis: RedisServer;
  readonly mail: Mail;
  /** The node as clients reach it: through its proxy. */
  clientUrl(node: number): string;
  stop(): Promise<void>;
}
