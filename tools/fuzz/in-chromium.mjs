import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { chromium as debian } from '../chromium.mjs';

/** Opens a browser that tells what a sanitised mail does in it. Null where there is no browser. */
export async function openBrowser() {
  if (!existsSync(debian.executablePath)) return null;
  const browser = await chromium.launch({ executablePath: debian.executablePath, args: debian.args });
  const page = await browser.newPage();
  let asked = [];
  await page.route('**/*', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.addInitScript(() => {
    window.hits = 0;
    window.hit = () => window.hits++;
  });
  return {
    /** What ran, what was asked for and what stands there that should not. */
    async judge(html) {
      asked = [];
      await page.goto('about:blank');
      await page.setContent(html, { waitUntil: 'domcontentloaded' });
      const found = await page.evaluate(inspect);
      return [
        ...found,
        ...asked.filter((url) => /^(https?|wss?|ftp|file):/.test(url)).map((url) => `a request for ${url}`),
      ];
    },
    close: () => browser.close(),
  };
}

/** Runs in the page. */
function inspect() {
  const wrong = window.hits > 0 ? ['something ran'] : [];
  const denied =
    'script,style,iframe,frame,object,embed,form,input,button,link,meta,base,svg,math,template,audio,video';
  for (const element of document.body.querySelectorAll(denied)) wrong.push(`an element ${element.localName}`);
  for (const element of document.body.querySelectorAll('*')) {
    for (const { name } of element.attributes) if (name.startsWith('on')) wrong.push(`an attribute ${name}`);
    if (element.localName === 'a' && /^(javascript|vbscript|data|file|blob):$/.test(element.protocol))
      wrong.push(`a link ${element.href}`);
  }
  return wrong;
}
