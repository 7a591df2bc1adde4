import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { nextStep } from './support/story.js';
import { VisitorInShop } from './support/visitor.js';

let house: House;
let browsers: Browsers;
let ana: AgentAtConsole;
let visitor: VisitorInShop;

const soon = { timeout: 30_000 };
const note = 'He is a good customer, be generous.';

beforeAll(async () => {
  [house, browsers] = await Promise.all([House.start(), Browsers.start()]);
});
afterAll(() => Promise.all([browsers?.close(), house?.end()]));
beforeEach((context) => nextStep(context, browsers));

test('what a visitor writes in the shop is given to Ana, who is available', async () => {
  ana = await AgentAtConsole.signIn(await browsers.openFor('Ana'), house, 'Ana');
  await ana.beAvailable();
  visitor = await VisitorInShop.enter(await browsers.openFor('the visitor'), house);
  await visitor.openChat();
  await visitor.send('Hello, do you deliver tulips to Potsdam?');
  const mine = await ana.view('Mine');
  await expect.poll(() => mine.allInnerTexts(), soon).toEqual([expect.stringContaining('tulips to Potsdam')]);
  await ana.open(mine.first());
  await expect.poll(() => ana.messages.count(), soon).toBe(1);
  await expect.poll(() => ana.events.allInnerTexts(), soon).toEqual([expect.stringContaining('Given to Ana Alvarez')]);
});

test('each sees that the other is typing', async () => {
  await visitor.write('For Saturday, if');
  await ana.page.locator('console-log .typing').waitFor();
  await ana.write('Yes, we');
  await visitor.page.locator('helpline-chat .typing', { hasText: 'Ana' }).waitFor();
  await visitor.write(' possible.');
  await visitor.page.locator('helpline-chat textarea').press('Enter');
  await expect.poll(() => ana.messages.count(), soon).toBe(2);
});

test('Ana answers, and the visitor never learns of her note', async () => {
  await ana.reply(' do, every morning.');
  await expect.poll(() => visitor.bubbles(), soon).toContain('Yes, we do, every morning.');
  await ana.note(note);
  await ana.reply('Shall I reserve a bunch?');
  await expect.poll(() => visitor.bubbles(), soon).toHaveLength(4);
  expect(await visitor.bubbles()).toEqual([
    'Hello, do you deliver tulips to Potsdam?',
    'For Saturday, if possible.',
    'Yes, we do, every morning.',
    'Shall I reserve a bunch?',
  ]);
  expect(await visitor.page.locator('helpline-chat').evaluate((chat) => chat.shadowRoot?.innerHTML)).not.toContain(
    note,
  );
  expect(visitor.received.join('\n')).toContain('Shall I reserve a bunch?');
  expect(visitor.received.join('\n')).not.toMatch(/generous|"note"|"seq"|"audience"|"internal"|assigned/);
});

test('after a reload the visitor finds what was said, and that it is resolved', async () => {
  await ana.resolve();
  await expect.poll(() => ana.status.textContent(), soon).toBe('Resolved');
  await visitor.page.reload();
  await visitor.openChat();
  await expect.poll(() => visitor.bubbles(), soon).toHaveLength(4);
  await expect.poll(() => visitor.log.textContent(), soon).toContain('This conversation is resolved.');
  expect(visitor.received.join('\n')).not.toMatch(/generous|"note"/);
});

test('when he writes again the conversation is open again, and still with Ana', async () => {
  await visitor.send('Yes, please reserve one.');
  await expect.poll(() => ana.status.textContent(), soon).toBe('Open');
  await ana.messageSaying('Yes, please reserve one.').waitFor();
  const mine = await ana.view('Mine');
  await expect.poll(() => mine.allInnerTexts(), soon).toEqual([expect.stringContaining('please reserve one')]);
});
