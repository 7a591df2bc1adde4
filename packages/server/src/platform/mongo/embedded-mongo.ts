import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findFreePort, waitForPort } from '../ports.js';
import { isAlive, stopProcess } from '../processes.js';
import { findMongod } from './find-mongod.js';
import { makePrimary, REPLICA_SET, servesFolder } from './replica-set.js';
import { readRunFile, writeRunFile } from './run-file.js';

export interface EmbeddedMongoOptions {
  /** Everything of this server lives here: its data, its log and the port it keeps. */
  dataDir: string;
  log: (line: string) => void;
  /** Fail points, for tests only. */
  testCommands?: boolean;
}

export interface EmbeddedMongo {
  uri: string;
  pid: number;
  stop(): Promise<void>;
}

/** Runs a MongoDB of our own on loopback: a replica set of one whose data outlive us, even a kill -9. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const dataDir = resolve(options.dataDir);
  await mkdir(join(dataDir, 'db'), { recursive: true });
  const running = (await adoptLeftBehind(dataDir)) ?? (await launch(dataDir, options));
  await writeRunFile(dataDir, { ...running, owner: process.pid });
  await makePrimary(running.port);
  return {
    uri: `mongodb://127.0.0.1:${running.port}/helpline?replicaSet=${REPLICA_SET}`,
    pid: running.pid,
    stop: async () => {
      stopping.add(running.pid);
      await stopProcess(running.pid);
      await writeRunFile(dataDir, { port: running.port });
    },
  };
}

interface Running {
  port: number;
  pid: number;
}

/** Servers whose end is no news, because we asked for it. */
const stopping = new Set<number>();

/** A server that survived the kill -9 of the Helpline that started it goes on serving this one. */
async function adoptLeftBehind(dataDir: string): Promise<Running | undefined> {
  const { port, pid, owner } = await readRunFile(dataDir);
  if (port === undefined || pid === undefined || !isAlive(pid)) return undefined;
  const answers = await waitForPort(port, { upTo: 5000, while: () => isAlive(pid) });
  if (!answers || !(await servesFolder(port, join(dataDir, 'db')))) return undefined;
  if (owner !== undefined && isAlive(owner)) {
    throw new Error(`The data folder ${dataDir} is in use by the Helpline that runs as process ${owner}.`);
  }
  return { port, pid };
}

async function launch(dataDir: string, options: EmbeddedMongoOptions): Promise<Running> {
  const mongod = await findMongod(options.log);
  const port = await findFreePort((await readRunFile(dataDir)).port);
  const logFile = join(dataDir, 'mongod.log');
  const output = await open(logFile, 'w');
  // In a process group of its own, so that Ctrl-C reaches us alone and we stop things in their order.
  const child = spawn(mongod, mongodArguments(join(dataDir, 'db'), port, options.testCommands ?? false), {
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  });
  await output.close();
  child.unref();
  let ended = '';
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = `ended with ${signal ?? `exit code ${code}`}`;
    if (child.pid && !stopping.has(child.pid)) options.log(`MongoDB ${ended}; its log is ${logFile}.`);
  });
  const pid = child.pid;
  if (pid !== undefined) await writeRunFile(dataDir, { port, pid, owner: process.pid });
  const answers = await waitForPort(port, { upTo: 60_000, while: () => ended === '' });
  if (answers && pid !== undefined) return { port, pid };
  throw new Error(`MongoDB did not start on ${dataDir}: ${ended || 'no answer'}. Its log is ${logFile}.`);
}

function mongodArguments(dbPath: string, port: number, testCommands: boolean): string[] {
  return [
    ...['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
    ...['--replSet', REPLICA_SET, '--oplogSize', '1024', '--wiredTigerCacheSizeGB', '0.5', '--quiet'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // A set of one has nobody to hand over to, so there is nothing to wait for.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ...(testCommands ? ['--setParameter', 'enableTestCommands=1'] : []),
  ];
}
