import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type App, startApp } from '../app.js';
import { type Config, readConfig } from '../config.js';
import { openDatabase } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';
import { type MailWorld, startMailWorld } from '../platform/mail-world/index.js';
import { startEmbeddedMongo } from '../platform/mongo/index.js';
import { keyFromFile } from '../platform/secret-key.js';
import { connectDemoMailbox, mailAccounts, seedDemo } from './demo.js';
import { asText, readyOf } from './ready.js';
import { sentenceOf } from './sentence.js';

const usage = `npm start -- [--port N] [--data DIR] [--json] [--with-mail]
  --port N      listen there (default 3000; 0 is any free port)
  --data DIR    keep the database, the key and the mail there (default .helpline)
  --json        print one line of JSON when ready
  --with-mail   run a local mail server with a support and a customer mailbox`;

/** What was started, newest first: stopped in that order. */
const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | null = null;

run().catch(async (error: unknown) => {
  console.error(sentenceOf(error, usage));
  await stopAll();
  process.exit(1);
});

async function run(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stopAll().then(() => process.exit(0)));
  const options = readOptions();
  const config = demoConfig(options.port);
  const dataDir = resolve(options.data);
  await mkdir(dataDir, { recursive: true });
  const mongod = await startDatabase(config, dataDir);
  const mail = options.withMail ? await startMail(dataDir) : null;
  const app = await startServer(config, dataDir, mongod?.uri ?? config.mongodbUri ?? '');
  await seedDemo(app);
  if (mail) await connectDemoMailbox(app, mail);
  const ready = await readyOf(app, config, { mongod: mongod?.pid, mail });
  console.log(options.json ? JSON.stringify(ready) : asText(ready));
}

function readOptions() {
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
  return { port: values.port, data: values.data, json: values.json, withMail: values['with-mail'] };
}

/** The demo has known passwords, so it is only ever for this machine. */
function demoConfig(port: string | undefined): Config {
  const config = readConfig({
    HELPLINE_PRIVATE_MAIL_SERVERS: 'true',
    ...process.env,
    ...(port === undefined ? {} : { PORT: port }),
  });
  if (config.host !== '127.0.0.1')
    throw new Error(
      `HOST is ${config.host}, but the demo's passwords are known to everybody: it listens on 127.0.0.1 only.`,
    );
  return config;
}

async function startDatabase(config: Config, dataDir: string): Promise<{ uri: string; pid: number } | null> {
  if (config.mongodbUri) return null;
  const mongod = await startEmbeddedMongo({ dataDir: `${dataDir}/mongo`, log: say });
  stops.unshift(() => mongod.stop());
  return mongod;
}

async function startMail(dataDir: string): Promise<MailWorld> {
  const mail = await startMailWorld({ dir: `${dataDir}/mail`, accounts: mailAccounts, log: say });
  stops.unshift(() => mail.stop());
  return mail;
}

async function startServer(config: Config, dataDir: string, uri: string): Promise<App> {
  const database = await openDatabase(uri);
  stops.unshift(() => database.close());
  const key = config.secretKey ?? (await keyFromFile(dataDir));
  const app = await startApp(config, database.db, key, createLogger(config.logLevel));
  stops.unshift(() => app.stop());
  return app;
}

function say(line: string): void {
  console.error(line);
}

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops) await stop();
  })();
  return stopping;
}
