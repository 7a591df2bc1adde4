import { parseArgs } from 'node:util';
import { startApp } from '../app.js';
import { type Config, readConfig } from '../config.js';
import { openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';

const usage = `helpline serve [--port N] [--json]
  --port N   listen there (default: PORT, else 3000; 0 is any free port)
  --json     print one line of JSON when ready
  Needs MONGODB_URI and HELPLINE_SECRET_KEY; docs/operations.md lists what else can be set.`;

const drainedWithinMs = 10_000;

/** One node of the server: shares its database with others, and with REDIS_URL hears of them faster. */
export async function run(args: string[]): Promise<void> {
  const options = readOptions(args);
  const { config, uri, key } = readSettings(options.port);
  const database = await openDatabase(uri);
  const app = await startApp(config, database.db, key, createLogger(config.logLevel));
  const stop = onceStopped(async () => {
    await app.stop();
    await database.close();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const { port, metricsPort } = app;
  const url = config.publicUrl ?? `http://${config.host}:${port}`;
  const ready = { ready: true, url, port, metricsPort, pid: process.pid };
  console.log(options.json ? JSON.stringify(ready) : `Helpline serves ${url}`);
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  return values;
}

function readSettings(port: string | undefined): { config: Config; uri: string; key: Buffer } {
  const config = readConfig({ ...process.env, ...(port === undefined ? {} : { PORT: port }) });
  const { mongodbUri: uri, secretKey: key } = config;
  const missing = [uri ? null : 'MONGODB_URI', key ? null : 'HELPLINE_SECRET_KEY'].filter((name) => name !== null);
  if (!uri || !key) throw new Error(`A node that serves needs ${missing.join(' and ')} to be set.`);
  return { config: { ...config, manyNodes: true }, uri, key };
}

/** Drains and exits; whoever does not get done in time leaves what remains to the other nodes. */
function onceStopped(stop: () => Promise<void>): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), drainedWithinMs).unref();
    void stop().then(() => process.exit(0));
  };
}
