/** Mail in and out of the server as `npm start` runs it, beside what the bare libraries do with the same mailbox. */
import { EventEmitter, on } from 'node:events';
import { Socket } from 'node:net';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { openForSeeding } from '../seed/desk.mjs';
import { compared, measured, median } from './figures.mjs';
import { startHelpline, startHelplineAnew } from './load.mjs';
import { startRelay } from './mail-relay.mjs';
import { mailNumber } from './mails.mjs';
import { freePort, lineOf, start, stop, withMailWorld, withMongo } from './processes.mjs';

const account = { address: 'support@bench.example', password: 'oolong' };
const login = { host: '127.0.0.1', secure: false, user: account.address, password: account.password };
/** Both the bare reader and the server may use the whole machine: one of them reads in a process of its own. */
const anyCore = '0,1';
const apart = { env: { HELPLINE_PRIVATE_MAIL_SERVERS: 'true', HELPLINE_MAIL_CAP: '1000000' }, core: anyCore };

export const benchMail = ({ small, repetitions, say }) =>
  withMongo(say, (mongo) =>
    withMailWorld(account, say, async (world) => {
      const count = small ? 500 : 5_000;
      const sink = start(anyCore, ['tools/bench/mail-sink.mjs']);
      const smtpPort = Number(await lineOf(sink, (line) => /^\d+$/.test(line)));
      await fill(world, count);
      say(`mail: ${count} mails are in the mailbox`);
      const bare = [];
      const stored = [];
      const ours = [];
      for (let i = 0; i < repetitions; i++) {
        bare.push(await readBare(world, count));
        stored.push(await readBare(world, count, mongo.uri));
        ours.push(await ingest(mongo, world, smtpPort, count));
        say(
          `mail: bare ${told(bare.at(-1))}, stored ${told(stored.at(-1))}, ours ${told(ours.at(-1).rate)}, loop ${ours.at(-1).lagMs.toFixed(0)} ms`,
        );
      }
      const relay = await startRelay(world.imap.port);
      await moveMailServer(mongo, relay.port);
      const desk = await startWatched(mongo, { HELPLINE_UNDO: '3600', HELPLINE_SMTP_CONNECTIONS: '1' });
      const idle = await fromHintToEntry(mongo, world, relay, small ? 10 : 50);
      const pool = await sendByPool(sink, smtpPort, small ? 50 : 1_000);
      const slowPool = await withNagle(() => sendByPool(sink, smtpPort, small ? 20 : 100));
      const sent = await answer(mongo, desk, sink, small ? 100 : 1_000);
      await stop(desk.child);
      await stop(sink);
      relay.close();
      const rate = median(ours.map((one) => one.rate));
      return [
        compared('mail.ingest.vs-bare', 'mails/s', rate, median(bare), { atLeast: 0.5 }),
        compared('mail.ingest.vs-bare-stored', 'mails/s', rate, median(stored), { atLeast: 1 }),
        measured('mail.ingest.event-loop-delay', 'ms', median(ours.map((one) => one.lagMs)), { atMost: 50 }),
        measured('mail.idle-to-stored', 'ms', median(idle), { atMost: 50 }),
        compared('mail.send.vs-default-pool', 'mails/s', sent, pool, { atLeast: 20 }),
        compared('mail.send.vs-pool-with-nagle', 'mails/s', sent, slowPool, { atLeast: 20 }),
      ];
    }),
  );

const told = (rate) => `${Math.round(rate)}/s`;

async function fill({ imap }, count) {
  const writers = 4;
  const write = async (from) => {
    const client = await openInbox(imap);
    for (let i = from; i < count; i += writers) await client.append('INBOX', mailNumber(i));
    client.close();
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
}

async function openInbox(imap) {
  const auth = { user: account.address, pass: account.password };
  const client = new ImapFlow({ ...imap, auth, secure: false, logger: false });
  client.on('error', () => {});
  await client.connect();
  await client.mailboxOpen('INBOX');
  return client;
}

/** Mails a second. */
async function readBare({ imap }, count, store) {
  const where = ['--port', String(imap.port), '--user', account.address, '--password', account.password];
  const child = start(anyCore, ['tools/bench/mail-bare.mjs', ...where, ...(store ? ['--store', store] : [])]);
  const { mails, seconds } = JSON.parse(await lineOf(child, (line) => line.startsWith('{')));
  if (mails !== count) throw new Error(`The bare reader found ${mails} mails of ${count}.`);
  return mails / seconds;
}

/** The mailbox is connected as it is, and then the server finds out that none of its mails was taken in yet. */
async function ingest(mongo, world, smtpPort, count) {
  const first = await startHelplineAnew(mongo, apart);
  await connect(first.port, world, smtpPort);
  await stop(first.child);
  const { db, close } = await openForSeeding(mongo.uri);
  const atStart = { 'folders.0.cursor.startUid': 0, 'folders.0.cursor.lastUid': 0, 'folders.0.oldUntil': null };
  await db.collection('mailboxes').updateMany({}, { $set: atStart });
  const desk = await startWatched(mongo);
  const ledger = db.collection('mail_ledger');
  const { _id: mailboxId } = await db.collection('mailboxes').findOne();
  // Counted in an index: to look at every line each time would slow down what is measured.
  await eventually(async () => (await ledger.countDocuments({ mailboxId, state: 'received' })) >= count);
  const ended = Date.now();
  const lagMs = await longestDelay(desk.metricsPort);
  const [line] = await ledger.find().sort({ at: 1 }).limit(1).toArray();
  await stop(desk.child);
  await close();
  return { rate: count / ((ended - line.at.getTime()) / 1000), lagMs };
}

async function startWatched(mongo, more = {}) {
  const metricsPort = await freePort();
  const env = { ...apart.env, ...more, METRICS_PORT: String(metricsPort) };
  const desk = await startHelpline(mongo, { ...apart, env });
  await longestDelay(metricsPort); // what came before, the start above all, counts no more
  return { ...desk, metricsPort };
}

/** The longest time in milliseconds that the server's event loop stood still since this was last asked. */
async function longestDelay(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)[1]) * 1000;
}

/** From now on the server finds its mail server at this port. */
async function moveMailServer(mongo, port) {
  const { db, close } = await openForSeeding(mongo.uri);
  await db.collection('mailboxes').updateMany({}, { $set: { 'imap.port': port } });
  await close();
}

/** From the moment the mail server tells ours of a mail until its entry stands in the journal, in milliseconds. */
async function fromHintToEntry(mongo, world, relay, probes) {
  const { db, close } = await openForSeeding(mongo.uri);
  const stream = db.collection('entries').watch([{ $match: { operationType: 'insert' } }]);
  const entries = new EventEmitter();
  // One listener for all probes: whenever the first one comes, the driver adds another of its own and never takes it off.
  stream.on('change', ({ fullDocument }) => entries.emit(`of ${fullDocument.payload?.mail?.subject}`));
  const transport = createTransport({ ...world.smtp, ignoreTLS: true });
  const times = [];
  for (let i = 0; i < probes; i++) {
    const subject = `Probe ${i}`;
    const hint = new Promise((resolve) => relay.told.once('told', resolve));
    const stored = new Promise((resolve) => entries.once(`of ${subject}`, () => resolve(performance.now())));
    const from = `prober${i}@home.example`;
    await transport.sendMail({ from, to: account.address, subject, text: 'Is anybody there?' });
    times.push((await stored) - (await hint));
  }
  await stream.close();
  await close();
  return times;
}

/** Mails a second over the one connection of nodemailer's pool. */
async function sendByPool(sink, port, count) {
  const auth = { user: 'anybody', pass: 'anything' };
  const transport = createTransport({ pool: true, maxConnections: 1, host: '127.0.0.1', port, auth, ignoreTLS: true });
  await tell(sink, 'reset before the pool');
  const mail = (i) => ({ from: account.address, to: `pooled${i}@home.example`, subject: `Mail ${i}`, text: 'Hello' });
  await Promise.all(Array.from({ length: count }, (_, i) => transport.sendMail(mail(i))));
  transport.close();
  const { mails, seconds } = await tell(sink, 'after the pool');
  return mails / seconds;
}

/** As nodemailer's pool was until it switched Nagle's algorithm off. */
async function withNagle(work) {
  const { setNoDelay } = Socket.prototype;
  Socket.prototype.setNoDelay = function () {
    return this;
  };
  try {
    return await work();
  } finally {
    Socket.prototype.setNoDelay = setNoDelay;
  }
}

/** Mails a second and connection with which answers leave that are all due at once. */
async function answer(mongo, desk, sink, count) {
  const { db, close } = await openForSeeding(mongo.uri);
  const opened = { channel: 'email', status: 'open' };
  const conversations = await db.collection('conversations').find(opened).sort({ _id: 1 }).limit(count).toArray();
  const cookie = await signIn(desk.port);
  await tell(sink, 'reset before answers');
  const reply = async ({ _id, seq }, i) => {
    const body = { clientId: `bench-${i}`, text: `Your order ${i} is on its way.`, expectedSeq: seq };
    await post(desk.port, `/conversations/${_id}/replies`, body, { cookie });
  };
  for (let from = 0; from < conversations.length; from += 50)
    await Promise.all(conversations.slice(from, from + 50).map((one, i) => reply(one, from + i)));
  const deliveries = db.collection('deliveries');
  await eventually(async () => (await deliveries.countDocuments({ state: 'queued' })) >= conversations.length);
  await deliveries.updateMany({ state: 'queued' }, { $set: { dueAt: new Date() } });
  await close();
  await eventually(async () => (await tell(sink, 'answers')).mails >= conversations.length);
  const { mails, seconds, most } = await tell(sink, 'answers');
  return mails / seconds / most;
}

let asked = 0;
async function tell(sink, line) {
  const name = `${line} ${++asked}`;
  sink.stdin.write(`${name}\n`);
  for await (const [data] of on(sink.stdout, 'data')) {
    const line = String(data)
      .split('\n')
      .find((one) => one.startsWith('{') && JSON.parse(one).name === name);
    if (line) return JSON.parse(line);
  }
}

async function connect(port, { imap }, smtpPort) {
  const servers = { imap: { ...login, port: imap.port }, smtp: { ...login, port: smtpPort } };
  const settings = { brandId: 'tulip-garden', address: account.address, displayName: 'Support', ...servers };
  await post(port, '/mailboxes', settings, { cookie: await signIn(port) });
}

async function signIn(port) {
  const response = await post(port, '/sessions', { email: 'emil@helpline.example', password: 'tulips-and-tea' });
  return response.headers.get('set-cookie').split(';')[0];
}

async function post(port, path, body, more = {}) {
  const headers = { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}`, ...more };
  const url = `http://127.0.0.1:${port}/api/v1${path}`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return response;
}

/** Waits for something without a hint; a bench that waits for ten minutes waits in vain. */
async function eventually(isSo) {
  for (const until = Date.now() + 600_000; Date.now() < until; ) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It never became so: ${isSo}`);
}
