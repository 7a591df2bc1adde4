import { parseArgs } from 'node:util';
import { providersOf } from '../channels/email/index.js';
import { MailboxTokens } from '../channels/email/oauth/tokens.js';
import { MailStore } from '../channels/email/store.js';
import { type Config, readConfig } from '../config.js';
import { type OpenDatabase, openDatabase } from '../platform/database.js';
import { Secrets } from '../platform/secrets.js';
import { type Check, failure, look, messageOf, ok } from './doctor/check.js';
import { checkMailboxes } from './doctor/mailboxes.js';
import { checkMongo } from './doctor/mongo.js';
import { checkRedis } from './doctor/redis.js';
import { checkSecretKey } from './doctor/secret-key.js';

const usage = `helpline doctor [--json]
  Looks whether everything that a node needs is there and in order: MongoDB, Redis, mailboxes, clock, disk, key.
  Reads the environment as the nodes do; exit code 1 if something fails.
  --json   print one line of JSON`;

export async function run(args: string[]): Promise<void> {
  const options = { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(usage);
  const checks = await examine(readConfig(process.env));
  const failed = checks.some(({ state }) => state === 'failure');
  console.log(values.json ? JSON.stringify({ ok: !failed, checks }) : asTable(checks));
  process.exitCode = failed ? 1 : 0;
}

/** Everything that can be looked at; what hangs on something that fails is left out. */
export async function examine(config: Config): Promise<Check[]> {
  const [node, redis, database] = await Promise.all([
    look('Node.js', async () => checkNode()),
    look('Redis', () => checkRedis(config.redisUrl)),
    config.mongodbUri ? examineDatabase(config, config.mongodbUri) : [noDatabase],
  ]);
  return [...node, ...database, ...redis];
}

const oldestNode = 22;

function checkNode(): Check {
  const { version } = process;
  return Number.parseInt(version.slice(1), 10) < oldestNode
    ? failure('Node.js', version, 'Use Node.js 24.')
    : ok('Node.js', version);
}

const noDatabase = failure(
  'MongoDB',
  'MONGODB_URI is not set',
  'Set it to your replica set, with the database’s name: mongodb://host1,host2,host3/helpline?replicaSet=NAME.',
);

async function examineDatabase(config: Config, uri: string): Promise<Check[]> {
  let database: OpenDatabase;
  try {
    database = await openDatabase(uri);
  } catch (error) {
    return [
      failure(
        'MongoDB',
        messageOf(error),
        'Start it, or put MONGODB_URI right: addresses, replicaSet, user and password.',
      ),
    ];
  }
  try {
    const { db } = database;
    const mongo = checkMongo(db);
    const secret = config.secretKey
      ? examineSecrets(config, db, new Secrets(config.secretKey))
      : Promise.resolve([noKey]);
    return (await Promise.all([mongo, secret])).flat();
  } finally {
    await database.close();
  }
}

const noKey = failure(
  'Secret key',
  'HELPLINE_SECRET_KEY is not set',
  'Set it to 64 hexadecimal digits, the same on every node; "openssl rand -hex 32" makes a new one.',
);

async function examineSecrets(
  { allowPrivateMailServers: allowPrivate, signIns }: Config,
  db: OpenDatabase['db'],
  secrets: Secrets,
) {
  const key = await look('Secret key', () => checkSecretKey(db, secrets));
  if (key.some(({ state }) => state !== 'ok')) return key;
  const tokens = new MailboxTokens({ store: new MailStore(db), secrets, providers: providersOf(signIns) });
  return [...key, ...(await look('Mailboxes', () => checkMailboxes(db, { secrets, tokens, allowPrivate })))];
}

function asTable(checks: Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, state, found, todo }) => [
    `${state.padEnd(8)} ${name.padEnd(width)}  ${found}`,
    ...(todo ? [`${' '.repeat(width + 11)}→ ${todo}`] : []),
  ]);
  const count = (of: Check['state']) => checks.filter(({ state }) => state === of).length;
  return [...lines, '', `${count('ok')} in order, ${count('warning')} warnings, ${count('failure')} failures`].join(
    '\n',
  );
}
