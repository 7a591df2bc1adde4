import { hkdfSync } from 'node:crypto';
import { Chat, chatDoors } from './channels/chat/index.js';
import { EmailChannel, providersOf } from './channels/email/index.js';
import type { Config } from './config.js';
import { Contacts } from './contacts/index.js';
import { ConversationStore, conversationDoors, Lists, redactTwins } from './conversations/index.js';
import { FollowUps, followUpDoors } from './desk/follow-ups/index.js';
import { watchDatabase, watchHealth } from './figures.js';
import { Gateway, Nodes, overMongo, overRedis, serveMetrics } from './gateway/index.js';
import { Journal } from './journal/index.js';
import { Blobs } from './platform/blobs.js';
import { systemClock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import type { Row } from './platform/doors.js';
import { Health } from './platform/health.js';
import { Leases } from './platform/leases.js';
import type { Logger } from './platform/logger.js';
import { Metrics } from './platform/metrics.js';
import { nowAndThen } from './platform/now-and-then.js';
import { Secrets } from './platform/secrets.js';
import { Queue } from './queue/index.js';
import {
  DryRuns,
  dryRunDoors,
  explainDoors,
  HandBacks,
  moveDoors,
  openingPriorityBy,
  Policies,
  Routing,
  routingDoors,
  settingUpDoors,
  wakeDue,
  wrapUps,
} from './routing/index.js';
import { peopleDoors, presenceDoors, Staff, staffDoors } from './staff/index.js';
import { Uploads, uploadDoors } from './uploads/index.js';
import { Workspaces, workspaceDoors } from './workspaces/index.js';

export interface App {
  port: number;
  /** Null where no figures are served. */
  metricsPort: number | null;
  /** Every door of the house, as mounted. */
  rows: readonly Row[];
  workspaces: Workspaces;
  staff: Staff;
  email: EmailChannel;
  stop(): Promise<void>;
}

/** Builds every room, wires them, and opens the doors. The one place that knows them all. */
export async function startApp(config: Config, db: Database, secretKey: Buffer, log: Logger): Promise<App> {
  const secrets = new Secrets(secretKey);
  const metrics = new Metrics();
  const leases = new Leases(db, log, metrics, config.leaseMs);
  const blobs = new Blobs(db, secrets);
  const { streams } = blobs;
  const journal = new Journal(db, log, systemClock, metrics, config.manyNodes ? trustedForMs : undefined);
  journal.consume(redactTwins(journal));
  const workspaces = new Workspaces(db, secrets);
  const contacts = new Contacts(db);
  const staff = new Staff(db);
  const conversations = new ConversationStore(db);
  const lists = new Lists(conversations, journal, contacts);
  const policies = new Policies(db);
  const routing = new Routing({ journal, staff, conversations, policies, workspaces, log });
  journal.consume(wrapUps({ journal, staff, policies }));
  const handBacks = new HandBacks({ db, journal, staff, conversations });
  const followUps = new FollowUps({ journal, conversations, lists });
  const hmacKey = Buffer.from(hkdfSync('sha256', secretKey, '', 'mail and file links', 32));
  const uploads = new Uploads({ db, blobs: streams, journal, hmacKey, log });
  const dryRuns = new DryRuns({ db, journal, staff, conversations, policies, workspaces, log });
  const queue = new Queue({ db, journal, conversations, staff, policies, log });
  const openingPriority = openingPriorityBy(policies, contacts);
  const chat = new Chat({ db, journal, contacts, workspaces, conversations, queue, openingPriority });
  const email = new EmailChannel(
    {
      ...{ db, journal, contacts, workspaces, conversations, staff, blobs, streams, uploads, secrets, leases, log },
      openingPriority,
    },
    {
      hmacKey,
      publicUrl: config.publicUrl ?? '',
      allowPrivateMailServers: config.allowPrivateMailServers,
      leftAfterMs: config.leftAfterMs,
      undoMs: config.undoMs,
      pollMs: config.mailPollMs,
      mailsAnHour: config.mailsAnHour,
      providers: providersOf(config.signIns),
      smtpConnections: config.smtpConnections,
      mailFileBytes: config.mailFileBytes,
    },
  );
  const nodes = config.manyNodes ? new Nodes(await carrierFor(config, db), log) : null;
  policies.onChanged((workspaceId) => nodes?.tell({ kind: 'staff', workspaceId }));
  const gateway = new Gateway(nodes);
  const { announcer } = gateway;
  const health = new Health(db, () => nodes?.state ?? { name: 'none', connected: true });

  await Promise.all(
    [journal, uploads, workspaces, contacts, staff, conversations, policies, dryRuns, queue, email].map((room) =>
      room.prepare(),
    ),
  );

  const rows = [
    ...uploadDoors(uploads),
    ...workspaceDoors(workspaces),
    ...staffDoors(staff, announcer),
    ...peopleDoors(staff, announcer),
    ...settingUpDoors({ journal, workspaces, staff, conversations, policies, handBacks }, announcer),
    ...presenceDoors(staff, journal),
    ...conversationDoors({ journal, contacts, store: conversations, lists, announcer, uploads }),
    ...routingDoors({ journal, staff, conversations, lists }),
    ...explainDoors({ journal, staff, conversations, policies, workspaces }),
    ...dryRunDoors(dryRuns),
    ...moveDoors({ journal, staff, workspaces, contacts, conversations, lists, handBacks }),
    ...followUpDoors({ journal, staff, followUps }),
    ...chatDoors({ chat, journal, conversations, announcer, files: email.files }),
    ...email.doors,
  ];
  const secureCookies = config.publicUrl?.startsWith('https:') ?? false;
  const parts = {
    journal,
    chat,
    staff,
    lists,
    staffChanged: (workspaceId: string, agentId?: string) => {
      routing.heardOf(workspaceId, agentId);
      queue.look(workspaceId);
    },
    files: email.files,
    unsubscribing: email.unsubscribing,
    uploads,
    rateExempt: config.rateExempt,
    trustedProxies: config.trustedProxies,
    connectionsPerNode: config.connectionsPerNode,
    connectionsPerAddress: config.connectionsPerAddress,
    pingMs: config.pingMs,
    secureCookies,
    health,
    metrics,
    log,
  };
  const port = await gateway.open(rows, parts, config.port, config.host);
  const figures = await openMetrics(config, metrics, db, health);

  const ending = new AbortController();
  await email.start();
  const keepTime = (held: AbortSignal) =>
    nowAndThen(timersEveryMs, { held, log, what: 'what has its time' }, async () => {
      await wakeDue({ journal, conversations });
      await followUps.escalateForgotten();
      await handBacks.finishAbandoned();
    });
  const leading = journal.lead(leases, ending.signal, async (held, token) => {
    await Promise.all([
      routing.lead(held, token),
      staff.availability.keep(held, config.awayAfterMs, log),
      queue.lead(held, announcer),
      uploads.keepClean(held),
      keepTime(held),
    ]);
  });

  return {
    port,
    metricsPort: figures?.port ?? null,
    rows,
    workspaces,
    staff,
    email,
    async stop() {
      health.draining = true;
      ending.abort(); // another node leads while this one still answers
      await Promise.all([leading, email.stop(), gateway.close()]);
      await Promise.all([figures?.close(), nodes?.close()]);
    },
  };
}

/** For how long a reader is given what this node knows without a look whether another one wrote. */
const trustedForMs = 1_000;

/** How late what has its time may come. */
const timersEveryMs = 2_000;

async function carrierFor({ redisUrl }: Config, db: Database) {
  return redisUrl ? overRedis(redisUrl, `helpline:${db.databaseName}`) : overMongo(db);
}

async function openMetrics({ metricsPort, metricsHost }: Config, metrics: Metrics, db: Database, health: Health) {
  if (metricsPort === null) return null;
  metrics.watchProcess();
  watchDatabase(metrics, db);
  watchHealth(metrics, health);
  return serveMetrics(metrics, metricsPort, metricsHost);
}
