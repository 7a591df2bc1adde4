import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type ClientView, type History, keyOf } from '../history.js';
import { startProxy, type TcpProxy } from '../proxy/tcp-proxy.js';
import type { Random } from '../random.js';
import type { Participant } from '../workload/participant.js';
import { PageNotes, type Shown } from './page-notes.js';
import { closeProfile, openProfile } from './shared-chromium.js';

export interface ConsoleAgentOptions {
  name: string;
  agentId: string;
  /** How she signs in. */
  email: string;
  password: string;
  history: History;
  random: Random;
  port: number;
  /** The conversation she has open; null until there is one. */
  follows: () => string | null;
  /** Milliseconds between her answers, about. */
  everyMs: number;
}

const lookEveryMs = 250;
const pageAnswersWithinMs = 5_000;

/** An agent at a real console in real Chromium, who has one conversation open and answers in it. */
export class ConsoleAgent implements Participant {
  readonly name: string;
  readonly agentId: string;
  readonly #options: ConsoleAgentOptions;
  readonly #notes: PageNotes;
  #way: TcpProxy | null = null;
  #page: Page | null = null;
  #said = 0;
  #resting = false;
  #closed = false;
  #living: Promise<unknown> = Promise.resolve();

  constructor(options: ConsoleAgentOptions) {
    this.name = options.name;
    this.agentId = options.agentId;
    this.#options = options;
    this.#notes = new PageNotes(options.history, options.name);
  }

  async start(): Promise<void> {
    const { name, email, password, port } = this.#options;
    this.#way = await startProxy({ port });
    const page = await openProfile(name);
    await page.goto(`${this.#way.url}/console/`);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('console-views .me').waitFor();
    this.#page = page;
    this.#living = Promise.all([this.#look(page), this.#work(page)]);
  }

  rest(): void {
    this.#resting = true;
  }

  isIdle(): boolean {
    return this.#notes.underWay === 0;
  }

  async views(): Promise<ClientView[]> {
    const { shown, conv } = this.#notes;
    const entries = shown.filter(({ state }) => state === 'sent').map(({ type, text }) => ({ n: null, type, text }));
    const pending = shown.filter(({ state }) => state === 'pending').length;
    const who = { kind: 'agent', agentId: this.agentId } as const;
    return conv ? [{ proc: this.name, source: 'dom', who, conv, entries, pending }] : [];
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#living;
    if (this.#page) await closeProfile(this.#page);
    await this.#way?.close();
  }

  async #look(page: Page): Promise<void> {
    while (!this.#closed) {
      await sleep(lookEveryMs);
      if (!this.#notes.conv) await this.#open(page);
      const items = page.locator('console-log li.message');
      const reading = items.evaluateAll(readEntries);
      const shown = await Promise.race([reading, sleep(pageAnswersWithinMs, null)]).catch(() => null);
      if (shown && this.#notes.conv) this.#notes.see(shown);
    }
  }

  async #open(page: Page): Promise<void> {
    const conv = this.#options.follows();
    if (!conv) return;
    await page.evaluate((id) => {
      location.hash = `#/conversations/${id}`;
    }, conv);
    this.#notes.conv = conv;
  }

  async #work(page: Page): Promise<void> {
    const { everyMs, random } = this.#options;
    while (!this.#closed) {
      await sleep(random.between(everyMs / 2, everyMs * 1.5));
      if (this.#resting || this.#closed || !this.#notes.conv || this.#notes.underWay > 0) continue;
      await this.#write(page, random.chance(0.3) ? 'note' : 'reply').catch(() => {}); // the page is being drawn anew
      await this.#clearRefused(page).catch(() => {});
    }
  }

  async #write(page: Page, kind: 'reply' | 'note'): Promise<void> {
    const composer = page.locator('console-composer');
    await composer.getByText(kind === 'note' ? 'Note' : 'Reply', { exact: true }).click({ timeout: 3_000 });
    const key = keyOf(this.name, ++this.#said);
    const text = `${key} at the console`;
    await composer.locator('textarea').fill(text, { timeout: 3_000 });
    this.#notes.begin(kind, key, text);
    await composer
      .locator('textarea')
      .press('Control+Enter', { timeout: 3_000 })
      .catch(() => this.#notes.giveUp(key));
  }

  /** What was refused, being written without having seen the newest message, is thrown away. */
  async #clearRefused(page: Page): Promise<void> {
    const discard = page.locator('console-log li.outgoing').getByRole('button', { name: 'Discard' });
    while ((await discard.count()) > 0) await discard.first().click({ timeout: 1_000 });
  }
}

/** Runs in the page. */
const readEntries = (items: Element[]): Shown[] =>
  items.map((item) => {
    const state = item.getAttribute('data-state');
    return {
      type: item.classList.contains('note') ? 'note' : 'message',
      text: item.querySelector(':scope > article > .text')?.textContent ?? '',
      state: state === 'pending' || state === 'failed' ? state : 'sent',
    };
  });
