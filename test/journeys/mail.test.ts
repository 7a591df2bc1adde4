import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { type Letter, mailsOf, sendMail } from './support/post.js';
import { hasRealMails, type RealMail, realMailOf } from './support/real-mails.js';
import { nextStep } from './support/story.js';

const soon = { timeout: 60_000 };
const answer = 'Hello Martin,\n\nthank you, we have received it.';

describe.skipIf(!hasRealMails)('a real mail', () => {
  let house: House;
  let browsers: Browsers;
  let ana: AgentAtConsole;
  let mail: RealMail;
  let answered: Letter | undefined;

  beforeAll(async () => {
    [house, browsers] = await Promise.all([House.start({ args: ['--with-mail'] }), Browsers.start()]);
    mail = realMailOf(house.mail.customer, 'zammad/mail002.box');
  });
  afterAll(() => Promise.all([browsers?.close(), house?.end()]));
  beforeEach((context) => nextStep(context, browsers));

  test('arrives as a conversation of Ana, readable', async () => {
    ana = await AgentAtConsole.signIn(await browsers.openFor('Ana'), house, 'Ana');
    await ana.beAvailable();
    await sendMail(house, { raw: mail.raw });
    const mine = await ana.view('Mine');
    await expect.poll(() => mine.allInnerTexts(), soon).toEqual([expect.stringContaining(mail.expected.subject)]);
    await ana.open(mine.first());
    const message = ana.messages.first();
    await expect.poll(() => message.textContent(), soon).toContain(mail.expected.from_name);
    await expect.poll(() => message.locator('.text').first().textContent(), soon).toContain('äöüß ad asd');
  });

  test("is answered, and the answer lies in the customer's mailbox", async () => {
    await ana.reply(answer);
    await expect.poll(() => mailsOf(house, house.mail.customer), soon).toHaveLength(1);
    [answered] = await mailsOf(house, house.mail.customer);
    expect(answered?.subject).toBe(`Re: ${mail.expected.subject}`);
    expect(answered?.raw).toContain('In-Reply-To: <BC182994-03FA-4DC5-8202-98CBFACA0887@example.com>');
    expect(answered?.raw.replaceAll('\r\n', '\n')).toContain(answer);
  });

  test('shows on the answer that it went out', async () => {
    const shown = ana.messageSaying('we have received it').locator('[data-delivery]');
    await expect.poll(() => shown.getAttribute('data-delivery'), soon).toBe('sent');
    await expect.poll(() => shown.textContent(), soon).toContain('Sent by e-mail');
  });

  test("has the customer's next mail in the same conversation", async () => {
    await sendMail(house, {
      subject: answered?.subject ?? '',
      inReplyTo: answered?.messageId ?? '',
      references: answered?.messageId ?? '',
      text: `Good to know!\n\nOn Mon, 23 Nov 2026 at 10:12, Tulip Garden <${house.mail.support}> wrote:\n${answer.replaceAll(/^/gm, '> ')}`,
    });
    await ana.messageSaying('Good to know!').waitFor();
    await expect.poll(() => ana.messages.count(), soon).toBe(3);
    const text = await ana.messages.last().locator('.text').first().textContent();
    expect(text?.trim()).toBe('Good to know!');
    const open = await ana.view('All open');
    await expect.poll(() => open.count(), soon).toBe(1);
  });
});
