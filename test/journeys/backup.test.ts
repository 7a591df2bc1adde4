import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEmbeddedMongo } from '../../packages/server/src/platform/mongo/index.js';
import { documentsIn, restoreBackup, takeBackup } from './support/backup.js';
import { databaseOf } from './support/behind-the-scenes.js';
import { Chatter } from './support/chatter.js';
import { agentAt, everyOpen, MailDesk } from './support/desk.js';
import { helpline } from './support/helpline.js';
import { House } from './support/house.js';
import { mailsOf, sendMail } from './support/post.js';
import { nextStep } from './support/story.js';

let house: House;
let backup: string;
let chatters: Chatter[];
let mailsSent: number;
/** What was confirmed when the backup began. */
let confirmed: string[];
/** Answered by mail as the backup began: it may have been sent by then or not. */
const lastAnswer = 'The last answer before the backup';
const soon = { timeout: 60_000, interval: 250 };

beforeAll(async () => {
  const env = { HELPLINE_RATE_EXEMPT: '127.0.0.1', HELPLINE_MAIL_POLL: '2', LOG_LEVEL: 'debug' };
  house = await House.start({ env, args: ['--with-mail'] });
  backup = join(house.data, 'backup');
});
afterAll(async () => {
  for (const { client } of chatters ?? []) client.close();
  await house?.end();
});
beforeEach((context) => nextStep(context));

const uriOf = async () => `mongodb://127.0.0.1:${(await databaseOf(house)).port}/helpline?replicaSet=helpline`;
const mailsThere = async () => (await mailsOf(house, house.mail.customer)).length;

async function inDatabase<T>(look: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongoose.mongo.MongoClient(await uriOf());
  return look(client.db()).finally(() => client.close());
}

test('a backup is taken while people write, and then more is written and sent', async () => {
  const dana = await agentAt(house, 'Dana');
  const desk = new MailDesk(dana);
  const working = desk.work();
  chatters = Array.from({ length: 10 }, (_, n) => new Chatter(house, `Visitor ${n}`));
  await Promise.all(chatters.map(({ client }) => client.connect()));
  const chatting = chatters.map((chatter) => chatter.chat(30));
  for (const subject of ['One', 'Two']) await sendMail(house, { subject, text: 'A question' });
  await expect.poll(mailsThere, soon).toBe(2);

  const [conversation] = desk.answered.values();
  conversation?.reply(lastAnswer);
  await expect.poll(() => conversation?.outgoing, soon).toEqual([]);
  confirmed = chatters.flatMap((chatter) => chatter.confirmed);
  await takeBackup(await uriOf(), backup);

  await sendMail(house, { subject: 'Three, after the backup', text: 'A question' });
  await Promise.all([...chatting, ...chatters.map((chatter) => chatter.chat(5))]);
  await expect.poll(mailsThere, soon).toBe(4);
  mailsSent = await mailsThere();
  desk.close();
  await working;
  dana.close();
  for (const { client } of chatters) client.close();
});

test('restored into a new database, everything is as it was then', async () => {
  await house.stop();
  const dataDir = join(house.data, 'mongo');
  await rm(dataDir, { recursive: true });
  const mongod = await startEmbeddedMongo({ dataDir, log: () => {} });
  await restoreBackup(backup, mongod.uri);
  const repaired = await helpline(house, mongod.uri, 'repair', '--restored');
  expect(repaired).toMatchObject({ unhealable: 0 });
  await mongod.stop();
  await house.startAgain();
  const saved = await documentsIn(join(backup, 'entries.bson'));
  const there = await inDatabase((db) =>
    db
      .collection('entries')
      .find({ _id: { $in: saved.map(({ _id }) => _id) } }, { promoteValues: false })
      .toArray(),
  );
  const byId = (a: mongoose.mongo.BSON.Document, b: mongoose.mongo.BSON.Document) =>
    String(a._id).localeCompare(String(b._id));
  expect(there.sort(byId)).toEqual(saved.sort(byId));
  const texts = saved.map(({ payload }) => payload.text);
  expect(texts).toEqual(expect.arrayContaining([...confirmed, lastAnswer]));
});

test('no mail goes out again, and what is not known is said to be unknown', async () => {
  const unsettled = { $or: [{ state: { $in: ['queued', 'claimed', 'data'] } }, { recorded: false }] };
  await expect.poll(() => inDatabase((db) => db.collection('deliveries').countDocuments(unsettled)), soon).toBe(0);
  const dana = await agentAt(house, 'Dana');
  const outcomes = await inDatabase((db) =>
    db
      .collection('entries')
      .find({ type: 'delivery' })
      .map(({ payload }) => payload.state)
      .toArray(),
  );
  expect(outcomes).toHaveLength(3);
  for (const outcome of outcomes) expect(['sent', 'unknown']).toContain(outcome);
  const subjects = async () => (await everyOpen(dana)).map(({ subject }) => subject);
  await expect.poll(subjects, soon).toContain('Three, after the backup'); // it still lay in the mailbox
  expect(await mailsThere()).toBe(mailsSent);
  dana.close();
});

test('work goes on, and the doctor and the repair find nothing amiss', async () => {
  const visitor = new Chatter(house, 'Somebody new');
  await visitor.client.connect();
  await visitor.chat(3);
  expect(visitor.confirmed).toEqual(visitor.said);
  visitor.client.close();
  const uri = await uriOf();
  expect(await helpline(house, uri, 'repair')).toMatchObject({ healed: 0, unhealable: 0 });
  expect(await helpline(house, uri, 'doctor')).toMatchObject({ ok: true });
});

test('the log of all that names conversations, and holds nothing that anybody wrote', async () => {
  await house.stop();
  const calls = house.logged.split('\n').filter((line) => line.includes('"conversation.reply"'));
  expect(calls.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ code: 'ok', conversationId: expect.any(String), requestId: expect.any(String) }),
  );
  for (const text of ['A question', 'after the backup', lastAnswer, 'Visitor 3 says', 'Somebody new', 'The answer to'])
    expect(house.logged).not.toContain(text);
  for (const address of [house.mail.customer, 'dana@helpline.example']) expect(house.logged).not.toContain(address);
});
