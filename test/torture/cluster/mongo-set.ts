import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMongod } from '@helpline/server/dist/platform/mongo/find-mongod.js';
import { findFreePort } from '@helpline/server/dist/platform/ports.js';
import mongoose from 'mongoose';
import { MongoMember } from './mongo-member.js';

const databaseName = 'helpline';
/** The nodes' name in the eyes of the database: what is to fail for them alone is told by it. */
export const appName = 'helpline';

/** Three mongods, one replica set that notices within two seconds that its primary is gone. */
export class MongoSet {
  readonly members: readonly MongoMember[];
  readonly #client: mongoose.mongo.MongoClient;

  private constructor(members: MongoMember[], client: mongoose.mongo.MongoClient) {
    this.members = members;
    this.#client = client;
  }

  static async start(dir: string, size = 3): Promise<MongoSet> {
    const binary = await findMongod(console.error);
    const members = await Promise.all(
      Array.from({ length: size }, async (_, index) => {
        const dbPath = join(dir, `db-${index}`);
        await mkdir(dbPath);
        return new MongoMember({ binary, dbPath, logs: dir, port: await findFreePort() });
      }),
    );
    await Promise.all(members.map((member) => member.start()));
    await members[0]?.admin({ replSetInitiate: configOf(members) });
    const client = new mongoose.mongo.MongoClient(uriOf(members, 'torture'), {
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true },
    });
    const set = new MongoSet(members, client);
    await set.primary();
    return set;
  }

  get uri(): string {
    return uriOf(this.members);
  }

  /** The harness's own connection; reads see what a majority has. */
  get db(): mongoose.mongo.Db {
    return this.#client.db(databaseName);
  }

  /** Another database of the same set. */
  sibling(name: string): mongoose.mongo.Db {
    return this.#client.db(name);
  }

  /** Waits until there is one that takes writes. */
  primary(): Promise<MongoMember> {
    return this.primaryAmong(this.members);
  }

  async primaryAmong(members: readonly MongoMember[]): Promise<MongoMember> {
    for (;;) {
      for (const member of members) if (await isPrimary(member)) return member;
      await sleep(100);
    }
  }

  async secondaries(): Promise<MongoMember[]> {
    const primary = await this.primary();
    return this.members.filter((member) => member !== primary);
  }

  /** The primary gives up its office at once, as in a rolling upgrade. */
  async stepDown(): Promise<void> {
    const primary = await this.primary();
    await primary.admin({ replSetStepDown: 3, secondaryCatchUpPeriodSecs: 1, force: true }).catch(() => {});
  }

  /** Everything runs again, and a majority agrees on a primary. */
  async heal(): Promise<void> {
    for (const member of this.members) member.resume();
    await Promise.all(this.members.map((member) => member.start()));
    await this.primary();
    await Promise.all(this.members.map((member) => healthy(member)));
  }

  async stop(): Promise<void> {
    await this.#client.close().catch(() => {});
    await Promise.all(this.members.map((member) => member.stop()));
  }
}

/** A fail point of MongoDB's own; it holds for this member until it is switched off. */
export async function setFailPoint(
  member: MongoMember,
  name: string,
  mode: 'off' | 'alwaysOn' | { times: number } | { activationProbability: number },
  data: mongoose.mongo.BSON.Document = {},
): Promise<void> {
  await member.admin({ configureFailPoint: name, mode, data });
}

/** A member that rolls back what nobody else has closes its connections: it is asked again. */
async function healthy(member: MongoMember): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await setFailPoint(member, 'failCommand', 'off');
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(250);
    }
  }
}

/** A member that stands still answers nothing. */
async function isPrimary(member: MongoMember): Promise<boolean> {
  if (member.pid === null) return false;
  const hello = member.admin({ hello: 1 }).catch(() => null);
  return (await Promise.race([hello, sleep(500, null)]))?.isWritablePrimary === true;
}

const uriOf = (members: readonly MongoMember[], name = appName): string =>
  `mongodb://${members.map(({ host }) => host).join(',')}/${databaseName}?replicaSet=torture&appName=${name}`;

const configOf = (members: readonly MongoMember[]) => ({
  _id: 'torture',
  members: members.map(({ host }, _id) => ({ _id, host })),
  settings: { electionTimeoutMillis: 1_500, heartbeatIntervalMillis: 500 },
});
