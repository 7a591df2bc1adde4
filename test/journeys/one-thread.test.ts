import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { type Letter, mailsOf, sendMail } from './support/post.js';
import { nextStep } from './support/story.js';
import { VisitorInShop } from './support/visitor.js';

let house: House;
let browsers: Browsers;
let ana: AgentAtConsole;
let carla: VisitorInShop;
let byMail: Letter | undefined;

const soon = { timeout: 60_000 };
const shop = 'web_tulip_garden';
const question = 'Can I change my order 1042?';
const answer = 'Of course: what shall we change?';
const mailReply = 'Ten white tulips instead of the red ones, please.';

beforeAll(async () => {
  const env = { HELPLINE_LEFT_AFTER: '2' };
  [house, browsers] = await Promise.all([House.start({ env, args: ['--with-mail'] }), Browsers.start()]);
});
afterAll(() => Promise.all([browsers?.close(), house?.end()]));
beforeEach((context) => nextStep(context, browsers));

test('Carla, whom the shop knows, asks in the chat and leaves', async () => {
  ana = await AgentAtConsole.signIn(await browsers.openFor('Ana'), house, 'Ana');
  await ana.beAvailable();
  carla = await VisitorInShop.enter(await browsers.openFor('Carla'), house);
  await carla.identify(await signedIdentity());
  await carla.openChat();
  await carla.send(question);
  const mine = await ana.view('Mine');
  await expect.poll(() => mine.allInnerTexts(), soon).toEqual([expect.stringContaining('Carla Customer')]);
  await ana.open(mine.first());
  await ana.messageSaying(question).waitFor();
  await carla.page.goto('about:blank');
});

test("Ana's answer goes to Carla's mailbox, as she has left", async () => {
  await ana.reply(answer);
  await expect.poll(() => mailsOf(house, house.mail.customer), soon).toHaveLength(1);
  [byMail] = await mailsOf(house, house.mail.customer);
  expect(byMail?.raw).toContain(answer);
  const shown = ana.messageSaying(answer).locator('[data-delivery]');
  await expect.poll(() => shown.getAttribute('data-delivery'), soon).toBe('sent');
});

test('what Carla answers by mail lands in the same conversation', async () => {
  await sendMail(house, {
    subject: `Re: ${byMail?.subject}`,
    inReplyTo: byMail?.messageId ?? '',
    references: byMail?.messageId ?? '',
    text: `${mailReply}\n\nCarla`,
  });
  const reply = ana.messageSaying(mailReply);
  await reply.waitFor();
  expect(await reply.textContent()).toContain('E-mail');
  const open = await ana.view('All open');
  await expect.poll(() => open.count(), soon).toBe(1);
  await ana.open(open.first());
});

test('back in the chat Carla sees it all', async () => {
  await carla.page.goto(house.ready.demo);
  await carla.openChat();
  await expect.poll(() => carla.bubbles(), soon).toHaveLength(3);
  const [first, second, third] = await carla.bubbles();
  expect([first, second]).toEqual([question, answer]);
  expect(third).toContain(mailReply);
});

test('what she sees in the chat is not mailed too, what comes when she has left again is', async () => {
  await carla.send('I am back here now.');
  await ana.messageSaying('I am back here now.').waitFor();
  await ana.reply('I have changed it.');
  await expect.poll(() => ana.messageSaying('I have changed it.').textContent(), soon).toContain('Seen');
  await carla.page.goto('about:blank');
  await ana.reply('They leave our greenhouse tomorrow.');
  await expect.poll(async () => (await mailsOf(house, house.mail.customer)).length, soon).toBe(2);
  const [, second] = await mailsOf(house, house.mail.customer);
  expect(second?.raw).toContain('They leave our greenhouse tomorrow.');
});

/** What the shop's server gives to the page of a customer who has signed in there. */
async function signedIdentity(): Promise<string> {
  const secret = house.ready.inboxes.find(({ publicKey }) => publicKey === shop)?.identitySecret;
  return new SignJWT({ email: house.mail.customer, name: 'Carla Customer' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('customer-17')
    .setAudience(shop)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(new TextEncoder().encode(secret));
}
