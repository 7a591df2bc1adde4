import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { Chatter } from './support/chatter.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { nextStep } from './support/story.js';

let house: House;
let browsers: Browsers;
let ana: AgentAtConsole;
let ben: AgentAtConsole;
let carla: Chatter;
let isDeaf = false;

const soon = { timeout: 30_000 };
const bensAnswer = 'No, we are closed on Sundays.';
const anasAnswer = 'Yes, this Sunday we are open.';

beforeAll(async () => {
  [house, browsers] = await Promise.all([House.start(), Browsers.start()]);
  carla = new Chatter(house, 'Carla');
});
afterAll(async () => {
  carla?.client.close();
  await Promise.all([browsers?.close(), house?.end()]);
});
beforeEach((context) => nextStep(context, browsers));

test('Ana and Ben look at the same conversation', async () => {
  await carla.client.connect();
  await carla.chat(1);
  ana = await AgentAtConsole.signIn(await browsers.openFor('Ana'), house, 'Ana');
  const bensPage = await browsers.openFor('Ben');
  await loseNewsWhileDeaf(bensPage);
  ben = await AgentAtConsole.signIn(bensPage, house, 'Ben');
  for (const agent of [ana, ben]) {
    await agent.open((await agent.view('Queue')).first());
    await agent.messageSaying('Carla says 1').waitFor();
  }
});

test("Ben's answer is refused, as he has not seen Ana's, and hers is shown", async () => {
  isDeaf = true;
  await ana.reply(anasAnswer);
  await expect.poll(() => carlaHears(), soon).toEqual([anasAnswer]);
  await ben.reply(bensAnswer);
  const refused = ben.page.locator('console-log .stale');
  await refused.waitFor();
  expect(await refused.textContent()).toContain('Not sent');
  expect(await refused.textContent()).toContain(anasAnswer);
  await ben.messages.filter({ hasText: 'Ana Alvarez' }).first().waitFor();
  expect(carlaHears()).toEqual([anasAnswer]);
});

test('Ben may send it anyway', async () => {
  isDeaf = false;
  await ben.page.getByRole('button', { name: 'Send anyway' }).click();
  await expect.poll(() => carlaHears(), soon).toEqual([anasAnswer, bensAnswer]);
  await ana.messageSaying(bensAnswer).waitFor();
  await expect.poll(() => ben.page.locator('console-log .outgoing').count(), soon).toBe(0);
});

function carlaHears(): string[] {
  return carla.client.entries.flatMap((entry) =>
    entry.type === 'message' && entry.from.kind === 'agent' ? [entry.text] : [],
  );
}

/** A link on which announcements get lost; what is asked for is still answered. */
async function loseNewsWhileDeaf(page: Page): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => server.send(frame));
    server.onMessage((frame) => {
      if (!isDeaf || !/^42[^[]*\["/.test(String(frame))) socket.send(frame);
    });
  });
}
