import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import type { OpenDatabase } from '../database.js';
import { startEmbeddedMongo } from './embedded-mongo.js';

/** What MongoDB's fail point `failCommand` does to the commands it is told of. */
interface Failure {
  failCommands: string[];
  closeConnection?: boolean;
  errorCode?: number;
  writeConcernError?: { code: number; errmsg: string };
  blockConnection?: boolean;
  blockTimeMS?: number;
  appName?: string;
}

/** A real mongod that fails on demand: one of the file's own, for a fail point holds for a whole server. */
export async function startFailingMongo() {
  const dataDir = await mkdtemp(join(tmpdir(), 'helpline-test-mongo-'));
  const start = () => startEmbeddedMongo({ dataDir, testCommands: true, log: () => {} });
  let server = await start();
  let struckBefore = 0;
  const admin = async (command: mongo.BSON.Document) => {
    const client = new mongo.MongoClient(server.uri);
    return client
      .db('admin')
      .command(command)
      .finally(() => client.close());
  };
  const configure = (name: string, mode: unknown, data = {}) => admin({ configureFailPoint: name, mode, data });
  return {
    uri(name: string, appName = name): string {
      const address = new URL(server.uri);
      address.pathname = `/${name}`;
      address.searchParams.set('appName', appName);
      // After a feigned change of primary nothing wakes the driver: it must look for itself.
      address.searchParams.set('heartbeatFrequencyMS', '500');
      return address.href;
    },
    /** Fails commands on a collection (`database.collection`), so many times or until `heal`. */
    async fail(namespace: string, failure: Failure, times?: number): Promise<void> {
      const mode = times ? { times } : 'alwaysOn';
      struckBefore = (await configure('failCommand', mode, { namespace, ...failure })).count;
    },
    /** Resolves when the failure has struck so often. */
    async struck(times: number): Promise<void> {
      await admin({ waitForFailPoint: 'failCommand', timesEntered: struckBefore + times, maxTimeMS: 10_000 });
    },
    async heal(): Promise<void> {
      await configure('failCommand', 'off');
    },
    /** While it is held back, what is written is there, but not on a majority. */
    async holdBackMajority(on: boolean): Promise<void> {
      await configure('disableSnapshotting', on ? 'alwaysOn' : 'off');
      if (!on) await admin({ appendOplogNote: 1, data: {} }); // the next write moves the majority on
    },
    kill: () => process.kill(server.pid, 'SIGKILL'),
    async startAgain(): Promise<void> {
      server = await start();
    },
    async stop(): Promise<void> {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** As `openDatabase`, but a call without an answer fails after a third of a second. */
export async function openImpatiently(uri: string): Promise<OpenDatabase> {
  const writeConcern = { w: 'majority', journal: true } as const;
  const client = new mongo.MongoClient(uri, { socketTimeoutMS: 300, writeConcern, ignoreUndefined: true });
  return { db: client.db(), close: () => client.close() };
}
