import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type App, startApp } from '../app.js';
import { type Config, readConfig } from '../config.js';
import { openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { startEmbeddedMongo } from '../platform/mongo/index.js';
import { keyFromFile } from '../platform/secret-key.js';
import { accounts, chatInboxes, seedDemo } from './demo.js';

const usage = `npm start -- [--port N] [--data DIR] [--json] [--with-mail]
  --port N      listen there (default 3000, 0 is any free port)
  --data DIR    keep the database and the key there (default .helpline)
  --json        print one line of JSON when ready
  --with-mail   run a local mail server with a support and a customer mailbox`;

interface Options {
  port?: number;
  data: string;
  json: boolean;
  withMail: boolean;
}

/** What was started, newest first: stopped in that order. */
const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | null = null;

run().catch(async (error: unknown) => {
  console.error(sentenceOf(error));
  await stopAll();
  process.exit(1);
});

async function run(): Promise<void> {
  const options = readOptions();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stopAll().then(() => process.exit(0)));
  const say = (line: string) => console.error(line);
  const config = readConfig({ ...process.env, ...(options.port === undefined ? {} : { PORT: String(options.port) }) });
  const dataDir = resolve(options.data);
  await mkdir(dataDir, { recursive: true });
  const mongo = config.mongodbUri ? null : await startEmbeddedMongo({ dataDir: `${dataDir}/mongo`, log: say });
  if (mongo) stops.unshift(() => mongo.stop());
  const database = await openDatabase(config.mongodbUri ?? mongo?.uri ?? '');
  stops.unshift(() => database.close());
  const key = config.secretKey ?? (await keyFromFile(dataDir));
  const app = await startApp(config, database.db, key, createLogger(config.logLevel));
  stops.unshift(() => app.stop());
  await seedDemo(app);
  tell(options, config, app, mongo?.pid);
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      data: { type: 'string', default: '.helpline' },
      json: { type: 'boolean', default: false },
      'with-mail': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port))
    throw new Error(`--port takes a number, not "${values.port}".\n${usage}`);
  return {
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    data: values.data,
    json: values.json,
    withMail: values['with-mail'],
  };
}

function tell(options: Options, config: Config, app: App, mongodPid: number | undefined): void {
  const url = config.publicUrl ?? `http://localhost:${app.port}`;
  const inboxes = chatInboxes.map(({ _id, name, brandId, publicKey, identitySecret }) => ({
    id: _id,
    name,
    brandId,
    channel: 'chat',
    publicKey,
    identitySecret,
  }));
  const ready = {
    url,
    demo: `${url}/demo/`,
    console: `${url}/console/`,
    accounts,
    inboxes,
    pids: { server: process.pid, mongod: mongodPid },
  };
  console.log(options.json ? JSON.stringify(ready) : asText(ready));
}

function asText(ready: { demo: string; console: string }): string {
  return [
    '',
    'Helpline is ready.',
    `  A shop with the chat   ${ready.demo}`,
    `  The agents' console    ${ready.console}`,
    ...accounts.map(({ name, role, email }) => `     ${name.padEnd(14)} ${role.padEnd(11)} ${email}`),
    `     password of all of them: ${accounts[0]?.password}`,
    '  To connect a mailbox, sign in as Emil Berg and open "Mailboxes".',
    '  Ctrl-C stops it; the next start goes on where it was.',
  ].join('\n');
}

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops) await stop();
  })();
  return stopping;
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `Port ${error.port} is in use. Choose another with --port N, or --port 0 for any free one.`;
  return error.message;
}
