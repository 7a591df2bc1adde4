import type { Page } from 'playwright-core';
import { Browsers } from '../../journeys/support/browser.js';

let running: Promise<Browsers> | null = null;
let profiles = 0;

/** A browser profile for somebody, in the one Chromium of the whole run; it ends with the last profile. */
export async function openProfile(person: string): Promise<Page> {
  running ??= Browsers.start();
  profiles += 1;
  return (await running).openFor(person);
}

export async function closeProfile(page: Page): Promise<void> {
  await page.context().close();
  profiles -= 1;
  if (profiles > 0) return;
  const last = running;
  running = null;
  await (await last)?.close();
}
