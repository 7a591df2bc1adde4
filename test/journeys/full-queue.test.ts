import { setTimeout } from 'node:timers/promises';
import type { AgentClient } from '@helpline/sdk/agent';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { Chatter } from './support/chatter.js';
import { AgentAtConsole } from './support/console.js';
import { agentAt } from './support/desk.js';
import { House } from './support/house.js';
import { nextStep } from './support/story.js';

let house: House;
let browsers: Browsers;
let ana: AgentAtConsole;
let ben: AgentAtConsole;
let dana: AgentClient;
let chatters: Chatter[];
let watching: Promise<void>;
let watchIsOver = false;
let mostAtOnce = 0;

const capacity = 4;
const soon = { timeout: 30_000 };

beforeAll(async () => {
  const env = { HELPLINE_RATE_EXEMPT: '127.0.0.1' };
  [house, browsers] = await Promise.all([House.start({ env }), Browsers.start()]);
  dana = await agentAt(house, 'Dana');
  watching = watch();
  chatters = Array.from({ length: 10 }, (_, at) => new Chatter(house, `Visitor ${at + 1}`));
});
afterAll(async () => {
  watchIsOver = true;
  await watching;
  for (const { client } of chatters ?? []) client.close();
  dana?.close();
  await Promise.all([browsers?.close(), house?.end()]);
});
beforeEach((context) => nextStep(context, browsers));

test('of ten visitors Ana and Ben get four each, and two wait in the order they came', async () => {
  [ana, ben] = await Promise.all([agentWhoIsFree('Ana'), agentWhoIsFree('Ben')]);
  await Promise.all(chatters.slice(0, 8).map((chatter) => ask(chatter)));
  for (const chatter of chatters.slice(8)) await ask(chatter);
  await expect.poll(usedBy, soon).toEqual([capacity, capacity]);
  await expect.poll(async () => (await ana.view('Mine')).count(), soon).toBe(capacity);
  await expect.poll(async () => (await ben.view('Mine')).count(), soon).toBe(capacity);
  const queue = await ana.view('Queue');
  const waiting = ['Visitor 9 says 1', 'Visitor 10 says 1'].map((text) => expect.stringContaining(text));
  await expect.poll(() => queue.allInnerTexts(), soon).toEqual(waiting);
});

test('when Ana resolves one, who has waited longest is hers at once, and it is said why', async () => {
  await ana.open((await ana.view('Mine')).first());
  await ana.resolve();
  const row = (await ana.view('Mine')).filter({ hasText: 'Visitor 9 says 1' });
  await ana.open(row);
  await ana.events.getByText('Why?').last().click();
  const reasons = ana.events.last().locator('tbody tr');
  await expect.poll(() => reasons.filter({ hasText: 'Ana Alvarez' }).textContent(), soon).toContain('chosen');
  expect(await reasons.filter({ hasText: 'Ben' }).textContent()).toMatch(/is at capacity.*4 of 4/s);
});

test('when Ben resolves one, the next is his, and nobody waits', async () => {
  await ben.open((await ben.view('Mine')).first());
  await ben.resolve();
  const mine = await ben.view('Mine');
  await expect.poll(() => mine.filter({ hasText: 'Visitor 10 says 1' }).count(), soon).toBe(1);
  await expect.poll(async () => (await ben.view('Queue')).count(), soon).toBe(0);
});

test('nobody ever had more than four', () => {
  expect(mostAtOnce).toBe(capacity);
});

async function agentWhoIsFree(name: string): Promise<AgentAtConsole> {
  const agent = await AgentAtConsole.signIn(await browsers.openFor(name), house, name);
  await agent.beAvailable();
  return agent;
}

async function ask(chatter: Chatter): Promise<void> {
  await chatter.client.connect();
  await chatter.chat(1);
}

/** Looks again and again how many chats they have. */
async function watch(): Promise<void> {
  while (!watchIsOver) {
    mostAtOnce = Math.max(mostAtOnce, ...(await usedBy()));
    await setTimeout(50);
  }
}

/** How many chats Ana and Ben have. */
async function usedBy(): Promise<number[]> {
  const agents = await dana.agents();
  return ['ana', 'ben'].map((id) => agents.find((agent) => agent.id === id)?.used.chat ?? 0);
}
