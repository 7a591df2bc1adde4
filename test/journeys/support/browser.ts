import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { TestContext } from 'vitest';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const patienceMs = 30_000;

/** Chromium, in which everybody has a browser profile of his own. */
export class Browsers {
  readonly #browser: Browser;
  readonly #pages = new Map<string, Page>();

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<Browsers> {
    const executablePath = process.env.HELPLINE_CHROMIUM ?? '/usr/bin/chromium';
    return new Browsers(await chromium.launch({ executablePath, args }));
  }

  /** A new browser for somebody; its console's errors are told. */
  async openFor(person: string, viewport = { width: 1280, height: 800 }): Promise<Page> {
    const context = await this.#browser.newContext({ viewport, locale: 'en' });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`In the browser of ${person}: ${error.message}`));
    this.#pages.set(person, page);
    return page;
  }

  /** Shows what everybody saw when a test failed; with HELPLINE_SCREENSHOTS set, at the end of every test. */
  photographIfFailing({ task, onTestFailed, onTestFinished }: TestContext): void {
    const folder = process.env.HELPLINE_SCREENSHOTS;
    if (folder) onTestFinished(() => this.#photograph(folder, task.name));
    else onTestFailed(() => this.#photograph(join(tmpdir(), 'helpline-screenshots'), task.name));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #photograph(folder: string, occasion: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const [person, page] of this.#pages) {
      if (page.isClosed()) continue;
      const path = join(folder, `${occasion} - ${person}.png`.replaceAll(/[^\w .-]/g, '_'));
      await page.screenshot({ path }).then(
        () => console.error(`What ${person} saw: ${path}`),
        (error: Error) => console.error(`No screenshot of ${person}: ${error.message}`),
      );
    }
  }
}
