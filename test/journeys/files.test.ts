import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { mailsOf, sendMail } from './support/post.js';
import { nextStep } from './support/story.js';
import { VisitorInShop } from './support/visitor.js';

const soon = { timeout: 60_000 };
const offer = { name: 'Angebot für Sie – 价格.pdf', mimeType: 'application/pdf', buffer: randomBytes(300_000) };
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const list = { name: 'list.html', mimeType: 'text/html', buffer: Buffer.from('<script>document.title = "x"</script>') };

let house: House;
let browsers: Browsers;
let ana: AgentAtConsole;
let visitor: VisitorInShop;

beforeAll(async () => {
  [house, browsers] = await Promise.all([House.start({ args: ['--with-mail'] }), Browsers.start()]);
});
afterAll(() => Promise.all([browsers?.close(), house?.end()]));
beforeEach((context) => nextStep(context, browsers));

test('Ana answers a mail with a file and a picture that she pastes', async () => {
  ana = await AgentAtConsole.signIn(await browsers.openFor('Ana'), house, 'Ana');
  await ana.beAvailable();
  await sendMail(house, { subject: 'Your offer', text: 'Could you send it to me?' });
  const mine = await ana.view('Mine');
  await expect.poll(() => mine.count(), soon).toBe(1);
  await ana.open(mine.first());
  await ana.attach(offer);
  await ana.pastePicture('image.png', png);
  await expect.poll(() => ana.filesInAnswer('ready').count(), soon).toBe(2);
  await ana.reply('Here it is.');
  const sent = ana.messageSaying('Here it is.').locator('.files li');
  await expect.poll(() => sent.allInnerTexts(), soon).toEqual([expect.stringContaining(offer.name), expect.anything()]);
});

test("the customer's mailbox has both, byte for byte, and the picture in the text", async () => {
  await expect.poll(() => mailsOf(house, house.mail.customer), soon).toHaveLength(1);
  const [mail] = await mailsOf(house, house.mail.customer);
  const raw = (mail?.raw ?? '').replaceAll(/=?\r\n/g, '');
  const [, cid = 'none'] = /<img src=3D"cid:([^"]+)"/.exec(raw) ?? [];
  for (const said of [
    offer.buffer.toString('base64'),
    png.toString('base64').replace('==', ''),
    `Content-ID: <${cid}>`,
    `filename*0*=utf-8''${encodeURIComponent('Angebot für Sie')}`,
  ])
    expect({ said: said.slice(0, 80), isThere: raw.includes(said) }).toMatchObject({ isThere: true });
});

test('a visitor downloads what Ana sends him in the chat, and nothing of it runs', async () => {
  visitor = await VisitorInShop.enter(await browsers.openFor('the visitor'), house);
  await visitor.openChat();
  await visitor.send('Which tulips do you have?');
  const mine = await ana.view('Mine');
  await expect
    .poll(() => mine.allInnerTexts(), soon)
    .toEqual(expect.arrayContaining([expect.stringContaining('Which')]));
  await ana.open(mine.filter({ hasText: 'Which tulips' }));
  await ana.attach(list);
  await expect.poll(() => ana.filesInAnswer('ready').count(), soon).toBe(1);
  await ana.send();
  const file = visitor.page.locator('helpline-chat .file');
  await file.waitFor();
  const [download] = await Promise.all([visitor.page.waitForEvent('download'), file.click()]);
  expect(download.suggestedFilename()).toBe(list.name);
  expect((await readFile(await download.path())).equals(list.buffer)).toBe(true);
  expect(await visitor.page.title()).not.toBe('x');
});
