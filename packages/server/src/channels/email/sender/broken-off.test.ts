import { afterAll, beforeAll, expect, test } from 'vitest';
import { Contacts } from '../../../contacts/index.js';
import { ConversationStore, receive, reply } from '../../../conversations/index.js';
import { type Entry, Journal, type MessageEntry } from '../../../journal/index.js';
import { Blobs } from '../../../platform/blobs.js';
import { sleep } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import { createLogger } from '../../../platform/logger.js';
import { Workspaces } from '../../../workspaces/index.js';
import { MailboxTokens } from '../oauth/tokens.js';
import { type Delivery, MailStore } from '../store.js';
import { Crash } from '../testing/crash.js';
import { agent, brandId, Ground, workspaceId } from '../testing/email-desk.js';
import { RoughSmtp } from '../testing/rough-smtp.js';
import { Unsubscribing } from '../unsubscribing.js';
import { AtOnce } from './at-once.js';
import { Claims } from './claims.js';
import { Couriers } from './couriers.js';
import { type DeliverParts, deliver } from './deliver.js';
import { Outbox } from './outbox.js';
import { Pace } from './pace.js';
import { mailSender } from './plan.js';
import { Room } from './room.js';

const log = createLogger('silent');
let ground: Ground;
let smtp: RoughSmtp;

beforeAll(async () => {
  smtp = await RoughSmtp.start();
  ground = await Ground.lay('sender-broken-off');
  await new Journal(ground.db, log).prepare();
  await ground.addMailbox(smtp.port);
});
afterAll(async () => {
  smtp?.stop();
  await ground?.close();
});

function nodeUntil(crash: Crash): DeliverParts & { contacts: Contacts } {
  const store = crash.on(new MailStore(ground.db));
  const journal = crash.on(new Journal(ground.db, log));
  const contacts = crash.on(new Contacts(ground.db));
  const tokens = new MailboxTokens({ store, secrets: ground.secrets, providers: [] });
  return {
    store,
    journal,
    contacts,
    claims: new Claims(store),
    atOnce: new AtOnce({ store, journal, contacts }),
    couriers: new Couriers(),
    pace: new Pace(store),
    room: new Room(1_000_000),
    unsubscribing: new Unsubscribing({ contacts, hmacKey: ground.hmacKey, publicUrl: '' }),
    workspaces: crash.on(new Workspaces(ground.db, ground.secrets)),
    conversations: crash.on(new ConversationStore(ground.db)),
    blobs: crash.on(new Blobs(ground.db, ground.secrets)),
    files: { linkUntil: () => '' },
    mailFileBytes: 0,
    secrets: ground.secrets,
    reach: { secrets: ground.secrets, tokens, allowPrivate: true },
    hmacKey: ground.hmacKey,
    retryMs: [10],
  };
}
const never = new Crash(Number.POSITIVE_INFINITY);

test('an answer is sent once at most, wherever the process ends, and its outcome is true', {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  for (let round = 1; ; round++) {
    const text = `Answer ${round}.`;
    const answer = await anAnswer(text);
    const crash = new Crash(round);
    const parts = nodeUntil(crash);
    await plan(parts, answer).catch(() => {});
    await sendOne(parts).catch(() => {});
    await plan(nodeUntil(never), answer);
    await runOutClaims();
    const outcome = await settledOutcome(answer);
    const arrived = smtp.mails.filter((mail) => mail.includes(text)).length;
    if (outcome === 'sent') expect(arrived, `broken off after step ${round}`).toBe(1);
    else expect([outcome, arrived <= 1], `broken off after step ${round}`).toEqual(['unknown', true]);
    seen.add(outcome);
    if (!crash.happened) break;
  }
  expect([...seen].sort()).toEqual(['sent', 'unknown']);
});

test('of many answers at once none is lost or sent twice, wherever the process ends', {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  for (let steps = 4; steps <= 40; steps += 4) {
    const texts = Array.from({ length: 6 }, (_, i) => `Answer ${i} before step ${steps}.`);
    const answers = await Promise.all(texts.map(anAnswer));
    await Promise.all(answers.map((answer) => plan(nodeUntil(never), answer)));
    await runUntilItEnds(nodeUntil(new Crash(steps)), answers);
    await runOutClaims();
    const outcomes = await settledOutcomes(answers);
    for (const [i, text] of texts.entries()) {
      const arrived = smtp.mails.filter((mail) => mail.includes(text)).length;
      const wanted = outcomes[i] === 'sent' ? [1] : [0, 1];
      expect(wanted, `${text} It is ${outcomes[i]}.`).toContain(arrived);
      seen.add(outcomes[i] ?? '');
    }
  }
  expect([...seen].sort()).toEqual(['sent', 'unknown']);
});

test('whoever lost his claim while he connected sends nothing', async () => {
  const answer = await anAnswer('Mine no more.');
  await plan(nodeUntil(never), answer);
  const delivery = await claimOne(nodeUntil(never));
  await runOutClaims();
  const taken = await claimOne(nodeUntil(never));
  expect(taken?._id).toBe(delivery?._id);
  if (delivery) await deliver(nodeUntil(never), delivery);
  expect(smtp.mails.filter((mail) => mail.includes('Mine no more.'))).toEqual([]);
  if (taken) await deliver(nodeUntil(never), taken);
  expect(smtp.mails.filter((mail) => mail.includes('Mine no more.'))).toHaveLength(1);
});

test('two workers that claim at once get one each, or none', async () => {
  const answers = [await anAnswer('one'), await anAnswer('two')];
  for (const answer of answers) await plan(nodeUntil(never), answer);
  const claimed = await Promise.all(Array.from({ length: 6 }, () => claimOne(nodeUntil(never))));
  const ids = claimed.flatMap((delivery) => delivery?.entryId ?? []);
  expect(ids.sort()).toEqual(answers.map(({ _id }) => _id).sort());
});

const plan = (parts: ReturnType<typeof nodeUntil>, answer: MessageEntry): Promise<void> =>
  mailSender({ ...parts, leftAfterMs: 0, undoMs: 0, planned: () => {} }).handle([answer]);

const claimOne = async ({ claims }: DeliverParts): Promise<Delivery | undefined> =>
  (await claims.some(1, { conversations: [], mailboxes: [] }))[0];

async function sendOne(parts: DeliverParts): Promise<void> {
  const delivery = await claimOne(parts);
  if (delivery) await deliver(parts, delivery);
}

/** As if everybody had been silent for as long as a claim lasts. */
async function runOutClaims(): Promise<void> {
  await ground.store.deliveries.updateMany({ lease: { $ne: null } }, { $set: { lease: new Date(0) } });
}

/** Until nothing changes any more: the node has ended, or all is done. */
async function runUntilItEnds(parts: DeliverParts, answers: MessageEntry[]): Promise<void> {
  const stopping = new AbortController();
  const running = new Outbox({ ...parts, log }).run(stopping.signal);
  const entryId = { $in: answers.map(({ _id }) => _id) };
  const state = async () => JSON.stringify(await ground.store.deliveries.find({ entryId }).sort({ _id: 1 }).toArray());
  for (let before = ''; before !== (await state()); await sleep(300)) before = await state();
  stopping.abort();
  await running;
}

const settledOutcome = async (answer: MessageEntry): Promise<string> => (await settledOutcomes([answer]))[0] ?? '';

/** What the journal says in the end, when a node that lives has had its time. */
async function settledOutcomes(answers: MessageEntry[]): Promise<string[]> {
  const stopping = new AbortController();
  const running = new Outbox({ ...nodeUntil(never), log }).run(stopping.signal);
  const conversationId = { $in: answers.map((answer) => answer.conversationId) };
  const entries = ground.db.collection<Entry>('entries');
  const outcomes = () => entries.find({ conversationId, type: 'delivery' }).toArray();
  await expect.poll(async () => (await outcomes()).length, { timeout: 10_000, interval: 20 }).toBe(answers.length);
  stopping.abort();
  await running;
  const told = new Map((await outcomes()).map((entry) => [entry.conversationId, entry]));
  return answers.map((answer) => {
    const outcome = told.get(answer.conversationId);
    return outcome?.type === 'delivery' ? outcome.payload.state : '';
  });
}

async function anAnswer(text: string): Promise<MessageEntry> {
  const journal = new Journal(ground.db, log);
  const conversationId = newId();
  const address = { address: 'ana@customers.example', name: 'Ana' };
  const mail = { messageId: '<a@b>', subject: 'Tea', from: address, to: [], cc: [], replyTo: null, date: null };
  await receive(journal, {
    conversationId,
    clientId: 'test:1',
    author: { kind: 'contact', id: 'ana' },
    message: { channel: 'email', text: 'Hello', mail: { ...mail, mailClass: 'human', references: [] } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
  const { entry } = await reply(journal, { conversationId, clientId: 'test:2', author: agent, text, expectedSeq: 1 });
  if (entry.type !== 'message') throw new Error('An answer is a message.');
  return entry;
}
