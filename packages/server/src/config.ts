import { z } from 'zod';
import type { ProviderKeys } from './channels/email/index.js';

const schema = z.object({
  /** Where the server listens; 0 is any free port. */
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** How the outside reaches the server; links in mails begin with it. */
  PUBLIC_URL: z.url().optional(),
  /** The database is named in it. Without it one is started for you. */
  MONGODB_URI: z.string().optional(),
  /** 64 hexadecimal digits; mailbox passwords and files are encrypted with it. Without it a key file is kept in the data folder. */
  HELPLINE_SECRET_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** Where Prometheus may ask for figures; without it nowhere. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  /** Seconds after which a visitor who has not seen an answer gets it by mail. */
  HELPLINE_LEFT_AFTER: z.coerce.number().min(0).default(120),
  /** Seconds for which a mail waits, so that whoever wrote it can call it back. */
  HELPLINE_UNDO: z.coerce.number().min(0).default(10),
  /** Seconds between two looks into a mailbox that has told nothing. */
  HELPLINE_MAIL_POLL: z.coerce.number().positive().default(60),
  /** How many mails of one sender, or in one conversation, are taken in within an hour; what comes beyond is held back. */
  HELPLINE_MAIL_CAP: z.coerce.number().int().positive().default(150),
  /** How many connections to its server a mailbox may send by at once, from each node. */
  HELPLINE_SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(20).default(2),
  /** Megabytes of files that a mail carries; what is beyond goes as links, where PUBLIC_URL is set. */
  HELPLINE_MAIL_FILES: z.coerce.number().min(0).default(15),
  /** Whether mailboxes may be on mail servers of a private network, this machine among them. */
  HELPLINE_PRIVATE_MAIL_SERVERS: z.stringbool().default(false),
  /** What Helpline is known by where one signs in for a mailbox; each needs PUBLIC_URL, to which the browser comes back. */
  HELPLINE_GOOGLE_CLIENT_ID: z.string().optional(),
  HELPLINE_GOOGLE_CLIENT_SECRET: z.string().optional(),
  HELPLINE_MICROSOFT_CLIENT_ID: z.string().optional(),
  HELPLINE_MICROSOFT_CLIENT_SECRET: z.string().optional(),
  /** Whose accounts may sign in at Microsoft: a tenant's id or domain, or everybody's. */
  HELPLINE_MICROSOFT_TENANT: z.string().default('common'),
  /** Addresses whose calls are not counted, with commas: a load test's, for instance. */
  HELPLINE_RATE_EXEMPT: z.string().default(''),
  /** Addresses and networks of reverse proxies whose X-Forwarded-For is believed, with commas. */
  HELPLINE_TRUSTED_PROXIES: z.string().default(''),
  /** Live connections of one node; whoever comes beyond them is asked to come back later. */
  HELPLINE_CONNECTIONS: z.coerce.number().int().positive().default(10_000),
  /** Live connections of visitors from one address. */
  HELPLINE_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().positive().default(100),
  /** How nodes hear of each other at once; without it by way of MongoDB. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Seconds between two pings of a live connection. */
  HELPLINE_PING: z.coerce.number().positive().default(25),
  /** Seconds after which an available agent without a connection is offline; 0 for never. */
  HELPLINE_AWAY_AFTER: z.coerce.number().min(0).default(60),
  /** Seconds for which a node leads without renewing it: after its crash others wait so long. */
  HELPLINE_LEASE: z.coerce.number().min(1).default(4),
});

export interface Config {
  port: number;
  host: string;
  publicUrl: string | null;
  mongodbUri: string | null;
  secretKey: Buffer | null;
  metricsPort: number | null;
  metricsHost: string;
  logLevel: string;
  leftAfterMs: number;
  undoMs: number;
  mailPollMs: number;
  mailsAnHour: number;
  smtpConnections: number;
  mailFileBytes: number;
  allowPrivateMailServers: boolean;
  signIns: ProviderKeys;
  rateExempt: string[];
  trustedProxies: string[];
  connectionsPerNode: number;
  connectionsPerAddress: number;
  redisUrl: string | null;
  pingMs: number;
  awayAfterMs: number;
  leaseMs: number;
  /** Whether other processes serve the same database. */
  manyNodes: boolean;
}

/** Reads the environment, once. Throws one error that lists everything wrong with it. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.entries(environment).filter(([, value]) => value?.trim()); // NAME= is as good as unset
  const result = schema.superRefine(checkSignIns).safeParse(Object.fromEntries(set));
  if (!result.success)
    throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const env = result.data;
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    mongodbUri: env.MONGODB_URI ?? null,
    secretKey: env.HELPLINE_SECRET_KEY ? Buffer.from(env.HELPLINE_SECRET_KEY, 'hex') : null,
    metricsPort: env.METRICS_PORT ?? null,
    metricsHost: env.METRICS_HOST,
    logLevel: env.LOG_LEVEL,
    leftAfterMs: env.HELPLINE_LEFT_AFTER * 1000,
    undoMs: env.HELPLINE_UNDO * 1000,
    mailPollMs: env.HELPLINE_MAIL_POLL * 1000,
    mailsAnHour: env.HELPLINE_MAIL_CAP,
    smtpConnections: env.HELPLINE_SMTP_CONNECTIONS,
    mailFileBytes: env.HELPLINE_MAIL_FILES * 1024 * 1024,
    allowPrivateMailServers: env.HELPLINE_PRIVATE_MAIL_SERVERS,
    signIns: signInsOf(env),
    rateExempt: listOf(env.HELPLINE_RATE_EXEMPT),
    trustedProxies: listOf(env.HELPLINE_TRUSTED_PROXIES),
    connectionsPerNode: env.HELPLINE_CONNECTIONS,
    connectionsPerAddress: env.HELPLINE_CONNECTIONS_PER_ADDRESS,
    redisUrl: env.REDIS_URL ?? null,
    pingMs: env.HELPLINE_PING * 1000,
    awayAfterMs: env.HELPLINE_AWAY_AFTER * 1000,
    leaseMs: env.HELPLINE_LEASE * 1000,
    manyNodes: false,
  };
}

type Environment = z.infer<typeof schema>;

/** Half of what a provider needs would show no button, and not say why. */
function checkSignIns(env: Environment, context: z.RefinementCtx<Environment>): void {
  const wanted = (['GOOGLE', 'MICROSOFT'] as const).flatMap((provider) => {
    const names = [`HELPLINE_${provider}_CLIENT_ID`, `HELPLINE_${provider}_CLIENT_SECRET`] as const;
    return names.some((name) => env[name]) ? [...names, 'PUBLIC_URL' as const] : [];
  });
  for (const name of new Set(wanted).values())
    if (!env[name])
      context.addIssue({ code: 'custom', path: [name], message: 'is needed for the sign-in to mailboxes', input: env });
}

function signInsOf(env: Environment): ProviderKeys {
  const google = { clientId: env.HELPLINE_GOOGLE_CLIENT_ID, clientSecret: env.HELPLINE_GOOGLE_CLIENT_SECRET };
  const microsoft = { clientId: env.HELPLINE_MICROSOFT_CLIENT_ID, clientSecret: env.HELPLINE_MICROSOFT_CLIENT_SECRET };
  const atMicrosoft = keysOf(microsoft);
  return {
    google: keysOf(google),
    microsoft: atMicrosoft && { ...atMicrosoft, tenant: env.HELPLINE_MICROSOFT_TENANT },
  };
}

function keysOf({ clientId, clientSecret }: { clientId: string | undefined; clientSecret: string | undefined }) {
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
