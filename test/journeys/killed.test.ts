import type { AgentClient, AgentConversation } from '@helpline/sdk/agent';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { letClaimsRunOut } from './support/behind-the-scenes.js';
import { Chatter } from './support/chatter.js';
import { agentAt, everyOpen, MailDesk } from './support/desk.js';
import { House } from './support/house.js';
import { handOverMail, mailsOf, sendMail } from './support/post.js';
import { nextStep } from './support/story.js';

let house: House;
let dana: AgentClient;
let desk: MailDesk;
let chatters: Chatter[];
const underWay: Promise<void>[] = [];

const lines = 10;
const kills = 2;
const sendingAtOnce = 4;
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const subjectOf = (number: number): string => `Question ${String(number).padStart(2, '0')}`;
const everySubject = numbers(1, 50).map(subjectOf);
const soon = { timeout: 60_000, interval: 250 };

beforeAll(async () => {
  const env = { HELPLINE_RATE_EXEMPT: '127.0.0.1', HELPLINE_MAIL_POLL: '2' };
  house = await House.start({ env, args: ['--with-mail'] });
  dana = await agentAt(house, 'Dana');
  desk = new MailDesk(dana);
});
afterAll(async () => {
  desk?.close();
  for (const { client } of chatters ?? []) client.close();
  dana?.close();
  await house?.end();
});
beforeEach((context) => nextStep(context));

test('the server is killed twice under 50 chats, arriving mails and answers', async () => {
  desk.work().catch((error) => expect.unreachable(String(error)));
  chatters = numbers(1, 50).map((number) => new Chatter(house, `Visitor ${number}`));
  await Promise.all(chatters.map(({ client }) => client.connect()));

  underWay.push(...numbers(1, 20).map((number) => mailUntilTaken(number)));
  await onceAnswered(8);
  underWay.push(...chatters.map((chatter) => chatter.chat(lines / 2)));
  await killOnceConfirmed(100);
  await house.startAgain();

  underWay.push(...numbers(21, 40).map((number) => mailUntilTaken(number)));
  await onceAnswered(24);
  underWay.push(...chatters.map((chatter) => chatter.chat(lines / 2)));
  await killOnceConfirmed(300);
  await Promise.all(numbers(41, 50).map((number) => handOverMail(house, mailOf(number))));
  await house.startAgain();
  await Promise.all(underWay);
}, 240_000);

test('every message of every visitor is there once and in order, for him and for the agents', async () => {
  for (const { confirmed, said } of chatters) expect(confirmed).toEqual(said);
  const read = await Promise.all(chatters.map((chatter) => chatter.readAgain()));
  expect(read).toEqual(chatters.map(({ said }) => said));
  const conversations = (await everyOpen(dana)).filter(({ channel }) => channel === 'chat');
  expect(conversations).toHaveLength(chatters.length);
  const seen = await Promise.all(conversations.map(async ({ id }) => customersTexts(await dana.open(id))));
  expect(seen.map((texts) => texts.join()).sort()).toEqual(chatters.map(({ said }) => said.join()).sort());
}, 120_000);

test('every mail is there once, in a conversation of its own', async () => {
  const subjects = async () =>
    (await everyOpen(dana)).flatMap(({ channel, subject }) => (channel === 'email' ? [subject] : [])).sort();
  await expect.poll(subjects, soon).toEqual(everySubject);
  await expect.poll(() => desk.answered.size, soon).toBe(everySubject.length);
  for (const conversation of desk.answered.values()) expect(customersTexts(conversation)).toHaveLength(1);
}, 120_000);

test('every answer went out once, or it is said that this is not known', async () => {
  const conversations = [...desk.answered.values()];
  const waiting = () => conversations.filter((one) => outcomesOf(one).length === 0).length;
  await expect.poll(waiting, soon).toBe(0);
  const arrived = (await mailsOf(house, house.mail.customer)).map(({ subject }) => subject);
  const told = conversations.map((conversation) => {
    const subject = conversation.conversation?.subject ?? '';
    const copies = arrived.filter((one) => one === `Re: ${subject}`).length;
    return { subject, answers: ourTexts(conversation), outcomes: outcomesOf(conversation), copies };
  });
  for (const { subject, answers, outcomes, copies } of told) {
    expect(answers).toEqual([`The answer to: ${subject}`]);
    expect(['sent: 1', 'unknown: 0', 'unknown: 1']).toContain(`${outcomes}: ${copies}`);
  }
  const unknown = told.filter(({ outcomes }) => outcomes.includes('unknown'));
  expect(unknown.length).toBeLessThanOrEqual(kills * sendingAtOnce);
}, 120_000);

async function onceAnswered(count: number): Promise<void> {
  await expect.poll(() => desk.answered.size, { ...soon, interval: 5 }).toBeGreaterThanOrEqual(count);
}

async function killOnceConfirmed(count: number): Promise<void> {
  const confirmed = () => chatters.reduce((sum, chatter) => sum + chatter.confirmed.length, 0);
  await expect.poll(confirmed, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  await house.stop('SIGKILL');
  expect(confirmed(), 'the chats were not over yet').toBeLessThan(chatters.length * lines);
  await letClaimsRunOut(house);
}

/** The same mail however often it is sent, as a mail server has it. */
const mailOf = (number: number) => ({
  date: new Date('2026-11-23T10:00:00Z'),
  subject: subjectOf(number),
  messageId: `<question-${number}@mail.example>`,
  text: `This is what I ask in mail ${number}.`,
});

/** As a mail server does: tries again until the mail is taken. */
async function mailUntilTaken(number: number): Promise<void> {
  await expect.poll(() => sendMail(house, mailOf(number)).then(() => 'taken'), soon).toBe('taken');
}

function customersTexts({ entries }: AgentConversation): string[] {
  return entries.flatMap(({ type, actor, payload }) =>
    type === 'message' && actor.kind !== 'agent' ? [payload.text] : [],
  );
}

function ourTexts({ entries }: AgentConversation): string[] {
  return entries.flatMap(({ type, actor, payload }) =>
    type === 'message' && actor.kind === 'agent' ? [payload.text] : [],
  );
}

function outcomesOf({ entries }: AgentConversation): string[] {
  return entries.flatMap(({ type, payload }) => (type === 'delivery' ? [payload.state] : []));
}
