import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';

export const REPLICA_SET = 'helpline';
const NOT_YET_INITIALIZED = 94;

/** Makes the server on this port the primary of its set of one, whatever port it had before. */
export async function makePrimary(port: number): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      return await withAdmin(port, (admin) => settle(admin, `127.0.0.1:${port}`));
    } catch (error) {
      // A server that finds its old port in other hands cuts its connections while it makes up its mind.
      if (!(error instanceof mongo.MongoNetworkError) || Date.now() > deadline) throw error;
    }
  }
}

async function settle(admin: mongo.Db, host: string): Promise<void> {
  const config = await readConfig(admin);
  if (!config) await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  else if (config.members[0]?.host !== host) await moveTo(admin, config, host);
  while (!(await admin.command({ hello: 1 })).isWritablePrimary) await sleep(50);
}

/** Whether the server on this port is the one that keeps its data in this folder. */
export async function servesFolder(port: number, dbPath: string): Promise<boolean> {
  try {
    return await withAdmin(port, async (admin) => {
      const options = await admin.command({ getCmdLineOpts: 1 });
      return (await realpath(String(options.parsed?.storage?.dbPath))) === (await realpath(dbPath));
    });
  } catch {
    return false; // not a MongoDB, or not one of ours
  }
}

interface SetConfig {
  version: number;
  members: { _id: number; host: string }[];
}

async function readConfig(admin: mongo.Db): Promise<SetConfig | undefined> {
  try {
    return (await admin.command({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}

/** Forced, because a member that does not find itself in the config is not primary and never will be. */
async function moveTo(admin: mongo.Db, config: SetConfig, host: string): Promise<void> {
  const moved = { ...config, version: config.version + 1, members: config.members.map((one) => ({ ...one, host })) };
  await admin.command({ replSetReconfig: moved, force: true });
}

async function withAdmin<T>(port: number, use: (admin: mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 10_000,
  });
  try {
    return await use(client.db('admin'));
  } finally {
    await client.close();
  }
}
