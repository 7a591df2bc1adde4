import { join } from 'node:path';
import { waitForPort } from '@helpline/server/dist/platform/ports.js';
import mongoose from 'mongoose';
import { Child } from './child.js';

export interface MemberPlace {
  binary: string;
  port: number;
  dbPath: string;
  logs: string;
}

/** One mongod of the set; it keeps its port and data over restarts. */
export class MongoMember {
  readonly port: number;
  /** Where its data lie at the next start. */
  dbPath: string;
  readonly #place: MemberPlace;
  #child: Child | null = null;
  #client: mongoose.mongo.MongoClient | null = null;

  constructor(place: MemberPlace) {
    this.port = place.port;
    this.dbPath = place.dbPath;
    this.#place = place;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (this.pid !== null) return;
    const { binary, logs } = this.#place;
    const child = new Child([binary, ...this.#args()], { log: join(logs, `mongod-${this.port}.log`) });
    this.#child = child;
    if (!(await waitForPort(this.port, { upTo: 30_000, while: () => !child.isOver })))
      throw new Error(`mongod on port ${this.port} did not start.`);
  }

  /** Asks this very member, whatever its role. */
  async admin(command: mongoose.mongo.BSON.Document): Promise<mongoose.mongo.BSON.Document> {
    this.#client ??= new mongoose.mongo.MongoClient(`mongodb://${this.host}/?directConnection=true`, {
      serverSelectionTimeoutMS: 5_000,
      socketTimeoutMS: 10_000,
      writeConcern: { w: 1 },
    });
    return this.#client.db('admin').command(command);
  }

  async kill(): Promise<void> {
    await this.#child?.end('SIGKILL');
  }

  pause(): void {
    this.#child?.signal('SIGSTOP');
  }

  resume(): void {
    this.#child?.signal('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.#client?.close().catch(() => {});
    await this.kill(); // its data is thrown away with the folder
  }

  #args(): string[] {
    return [
      ...['--dbpath', this.dbPath, '--port', String(this.port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
      ...['--replSet', 'torture', '--oplogSize', '64', '--wiredTigerCacheSizeGB', '0.25', '--quiet'],
      ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
      ...['--setParameter', 'enableTestCommands=1'],
    ];
  }
}
