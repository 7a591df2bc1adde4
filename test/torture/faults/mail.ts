import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Mailbox } from '@helpline/server/dist/channels/email/store.js';
import { ImapFlow } from 'imapflow';
import { appName, setFailPoint } from '../cluster/mongo-set.js';
import { hangUp } from '../mail/smtp-talk.js';
import { waitUntil } from '../workload/wait.js';
import type { Fault, Scene } from './fault.js';
import { letClaimsRunOut } from './means/let-claims-run-out.js';
import { ownerOfPort } from './means/owner-of-port.js';
import { repeatedly } from './means/repeatedly.js';

/** One of MongoDB's codes that the driver hands on as it is, without trying again. */
const operationFailed = 96;
/** Agents answer mails now and then. */
const firstMailWithinMs = 20_000;

const cutWhileFetching: Fault = {
  id: 'F40',
  title: 'the connection to the mailbox is reset while mails are fetched',
  meets: ['imap'],
  inject: async ({ cluster }) => repeatedly(50, () => cluster.mail.imap.resetMidFrame('down', 'BODY[')),
};

const mailboxAnew: Fault = {
  id: 'F41',
  title: 'the mail server loses its index: every mail gets another UID, under another UIDVALIDITY',
  long: true,
  meets: ['imap'],
  async inject({ cluster, report }) {
    const { imap, support } = cluster.mail;
    const maildir = join(cluster.dir, 'mail', support.address, 'Maildir');
    const inbox = async () => (await cluster.mongo.db.collection<Mailbox>('mailboxes').findOne())?.folders[0]?.cursor;
    const before = (await inbox())?.uidValidity;
    imap.refuseNewConnections();
    imap.cut();
    await sleep(500); // Dovecot ends the session
    for (const file of await readdir(maildir))
      if (/^dovecot(-uidlist|\.index)/.test(file)) await rm(join(maildir, file));
    imap.heal();
    return async () => {
      const noticed = async () => (await inbox())?.uidValidity !== before;
      if (!(await waitUntil(noticed, { upToMs: 20_000 }))) report('the mailbox was not read anew');
    };
  },
};

const otherReader: Fault = {
  id: 'F42',
  title: 'somebody else reads the mailbox and marks everything as seen',
  meets: ['imap'],
  async inject({ cluster }) {
    const { mail } = cluster;
    const auth = { user: mail.support.address, pass: mail.support.password };
    const other = new ImapFlow({ host: '127.0.0.1', port: mail.ports.imap, auth, secure: false, logger: false });
    await other.connect();
    await other.mailboxOpen('INBOX');
    const stop = repeatedly(50, async () => {
      await other.noop();
      if (other.mailbox && other.mailbox.exists > 0) await other.messageFlagsAdd('1:*', ['\\Seen']);
    });
    return async () => {
      await stop();
      other.close();
    };
  },
};

const mailboxAway: Fault = {
  id: 'F43',
  title: 'the mail server is away, mails keep coming',
  meets: ['imap'],
  async inject({ cluster }) {
    cluster.mail.imap.refuseNewConnections();
    cluster.mail.imap.cut();
    return async () => cluster.mail.imap.heal();
  },
};

const twoFetchers: Fault = {
  id: 'F44',
  title: 'two nodes believe that they alone fetch from the mailbox',
  meets: ['imap'],
  async inject({ cluster }) {
    const leases = cluster.mongo.db.collection<{ _id: string }>('leases');
    cluster.mail.imap.delay(100, 100);
    const stop = repeatedly(300, async () => {
      await leases.updateMany({ _id: /^mailbox:/ }, { $set: { until: new Date(0) } });
    });
    return async () => {
      await stop();
      cluster.mail.imap.heal();
    };
  },
};

const refusedAtEachVerb: Fault = {
  id: 'F45',
  title: 'the mail server refuses at each verb, for now or for good',
  meets: ['smtp'],
  seconds: { short: 5, long: 20 },
  async inject(scene) {
    const { sink, random } = scene;
    const before = sink.mails.length;
    const later = '451 4.3.0 Later';
    sink.moods = [{ at: 'end', does: later, times: 2 }]; // at least that: the whole mail is there, and comes again
    const stop = repeatedly(500, () => {
      const at = random.pick(['greeting', 'MAIL', 'RCPT', 'DATA', 'end'] as const);
      sink.moods.push({ at, does: random.pick([later, '550 5.7.1 Never', hangUp]), times: 1 });
    });
    const wasWhole = () => sink.mails.slice(before).some(({ accepted }) => !accepted);
    return async () => {
      await waitUntil(wasWhole, { upToMs: firstMailWithinMs });
      await stop();
      sink.heal();
      await letPausesPass(scene);
    };
  },
};

/** Between two tries of a mail there are minutes. */
async function letPausesPass({ cluster }: Scene): Promise<void> {
  const deliveries = cluster.mongo.db.collection('deliveries');
  const tried = { tries: { $gt: 0 } };
  const nothingWaits = async () => {
    await deliveries.updateMany({ ...tried, state: 'queued' }, { $set: { dueAt: new Date() } });
    return (await deliveries.countDocuments({ ...tried, state: { $in: ['queued', 'claimed', 'data'] } })) === 0;
  };
  const orNobodyAnswers = () => nothingWaits().catch(() => false); // the primary may be away just now
  await waitUntil(orNobodyAnswers, { upToMs: 20_000, everyMs: 500 });
}

const lastWordLost: Fault = {
  id: 'F46',
  title: 'the mail server takes a mail and its last word is lost',
  meets: ['smtp'],
  async inject({ cluster, sink, random, report }) {
    let struck = 0;
    sink.moods = [{ at: 'end', does: hangUp }];
    sink.onText = async () => {
      struck += 1;
      if (random.chance(0.5)) cluster.mail.smtp.reset();
    };
    return async () => {
      if (!(await waitUntil(() => struck > 0, { upToMs: firstMailWithinMs }))) report('nobody sent a mail');
      sink.heal();
    };
  },
};

const killedInData: Fault = {
  id: 'F47',
  title: 'a node is killed after the text of a mail and before the answer to it',
  meets: ['smtp', 'nodes'],
  seconds: { short: 5, long: 20 },
  async inject(scene) {
    const { sink } = scene;
    const restarts: Promise<void>[] = [];
    sink.onText = async ({ port }) => {
      const sender = await senderAt(scene, port);
      if (!sender || restarts.length >= 3) return;
      await sender.kill();
      restarts.push(sender.start());
    };
    return async () => {
      if (!(await waitUntil(() => restarts.length > 0, { upToMs: firstMailWithinMs })))
        scene.report('nobody sent a mail');
      sink.heal();
      await Promise.all(restarts);
      await letClaimsRunOut(scene.cluster);
    };
  },
};

async function senderAt({ cluster }: Scene, port: number) {
  const link = cluster.mail.smtp.connections.find(({ farPort }) => farPort === port);
  const pids = cluster.nodes.flatMap(({ pid }) => pid ?? []);
  const pid = await ownerOfPort(link?.nearPort ?? 0, pids);
  return cluster.nodes.find((node) => pid !== null && node.pid === pid);
}

const takingInFails: Fault = {
  id: 'F49',
  title: 'the database fails exactly when a mail is taken in',
  long: true,
  meets: ['mongo', 'imap'],
  seconds: { short: 6, long: 20 },
  async inject({ cluster: { mongo }, random }) {
    const ledger = `${mongo.db.databaseName}.mail_ledger`; // nobody else changes a line
    const failure = { failCommands: ['update'], namespace: ledger, errorCode: operationFailed, appName };
    // What fails for many together is tried again for each alone, and that should fail once too.
    const fail = async () =>
      setFailPoint(await mongo.primary(), 'failCommand', { times: random.between(1, 2) }, failure);
    const stop = repeatedly(1_500, fail);
    return async () => {
      await stop();
      await mongo.heal();
    };
  },
};

export const mailFaults: readonly Fault[] = [
  cutWhileFetching,
  mailboxAnew,
  otherReader,
  mailboxAway,
  twoFetchers,
  refusedAtEachVerb,
  lastWordLost,
  killedInData,
  takingInFails,
];
