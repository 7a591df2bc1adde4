import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { type ClientView, type History, keyOf } from '../history.js';
import { startProxy, type TcpProxy } from '../proxy/tcp-proxy.js';
import type { Random } from '../random.js';
import type { Participant } from '../workload/participant.js';
import { PageNotes, type Shown } from './page-notes.js';
import { closeProfile, openProfile } from './shared-chromium.js';

export interface WidgetVisitorOptions {
  name: string;
  history: History;
  random: Random;
  /** Where his browser finds Helpline. */
  port: number;
  /** Milliseconds between his messages, about; 0 if he only speaks when told. */
  everyMs?: number;
  /** Another tab of this visitor: the same browser, the same way. */
  tabOf?: WidgetVisitor;
  /** Done to his browser before he comes to the shop. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

const lookEveryMs = 200;
const pageAnswersWithinMs = 5_000;
const atMostUnderWay = 3;

/** A visitor with a real widget in real Chromium, behind a network of his own. What he knows is what his page shows. */
export class WidgetVisitor implements Participant {
  readonly name: string;
  readonly notes: PageNotes;
  readonly #options: WidgetVisitorOptions;
  #way: TcpProxy | null = null;
  #page: Page | null = null;
  #said = 0;
  #unread = 0;
  #resting = false;
  #closed = false;
  #living: Promise<unknown> = Promise.resolve();
  /** He has one keyboard. */
  #speaking: Promise<unknown> = Promise.resolve();

  constructor(options: WidgetVisitorOptions) {
    this.name = options.name;
    this.notes = new PageNotes(options.history, options.name);
    this.#options = options;
  }

  /** Between his browser and the node. */
  get way(): TcpProxy {
    if (!this.#way) throw new Error(`${this.name} has not started.`);
    return this.#way;
  }

  get page(): Page {
    if (!this.#page) throw new Error(`${this.name} has no page open.`);
    return this.#page;
  }

  async start(): Promise<void> {
    const { name, port, tabOf, prepare } = this.#options;
    this.#way = tabOf?.way ?? (await startProxy({ port }));
    const page = tabOf ? await tabOf.page.context().newPage() : await openProfile(name);
    await prepare?.(page.context());
    await this.openPage(page);
    this.#living = Promise.all([this.#look(), this.#chat()]);
  }

  /** Comes to the shop and opens the chat. */
  async openPage(page: Page): Promise<void> {
    this.#listenForConversation(page);
    await page.goto(`${this.way.url}/demo/`);
    await this.#open(page);
    this.#page = page;
  }

  /** His tab is gone from one moment to the next; his browser stays, with what it has stored. */
  async killTab(): Promise<BrowserContext> {
    const page = this.page;
    this.#page = null;
    const context = page.context();
    const gone = page.waitForEvent('crash');
    const devtools = await context.newCDPSession(page);
    devtools.send('Page.crash').catch(() => {}); // whoever crashes does not answer
    await gone;
    this.notes.gone();
    return context;
  }

  /** Says something, gives its key. Whether it arrives the page will show. */
  say(): Promise<string> {
    const saying = this.#speaking.then(() => this.#type());
    this.#speaking = saying.catch(() => {});
    return saying;
  }

  /** Waits until his page shows it like this. */
  async sees(key: string, state: Shown['state'], withinMs = 30_000): Promise<boolean> {
    const until = performance.now() + withinMs;
    const isSo = () => this.notes.shown.some((one) => one.text.includes(key) && one.state === state);
    while (!isSo() && performance.now() < until) await sleep(50);
    return isSo();
  }

  rest(): void {
    this.#resting = true;
  }

  isIdle(): boolean {
    return this.notes.underWay === 0 && this.notes.shown.every(({ state }) => state === 'sent');
  }

  async views(): Promise<ClientView[]> {
    const { shown, conv, epoch } = this.notes;
    const entries = shown.filter(({ state }) => state === 'sent').map(({ type, text }) => ({ n: null, type, text }));
    const pending = shown.length - entries.length;
    const who = { kind: 'visitor' } as const;
    return [{ proc: this.name, epoch, source: 'dom', who, conv, entries, pending, unread: this.#unread }];
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#living;
    if (this.#options.tabOf) return this.#page?.close();
    if (this.#page) await closeProfile(this.#page);
    await this.#way?.close();
  }

  async #type(): Promise<string> {
    const key = keyOf(this.name, ++this.#said);
    const text = `${key} by the widget`;
    const input = this.page.locator('helpline-chat textarea');
    this.notes.begin(this.notes.conv ? 'send' : 'start', key, text);
    await input
      .fill(text)
      .then(() => input.press('Enter'))
      .catch(() => this.notes.giveUp(key));
    return key;
  }

  async #open(page: Page): Promise<void> {
    const panel = page.locator('helpline-chat #panel[open]');
    await page.locator('helpline-chat .launcher').click();
    await panel.waitFor();
  }

  /** The page does not show which conversation it is; its traffic tells. */
  #listenForConversation(page: Page): void {
    const hear = ({ payload }: { payload: string | Buffer }): void => {
      this.notes.conv = /"conversationId":"([^"]+)"/.exec(String(payload))?.[1] ?? this.notes.conv;
    };
    page.on('websocket', (socket) => socket.on('framesent', hear).on('framereceived', hear));
  }

  async #look(): Promise<void> {
    while (!this.#closed) {
      await sleep(lookEveryMs);
      const page = this.#page;
      if (!page) continue;
      const seen = await Promise.race([readWidget(page), sleep(pageAnswersWithinMs, null)]).catch(() => null);
      if (!seen || page !== this.#page) continue; // it is frozen or gone
      this.#unread = seen.unread;
      this.notes.see(seen.shown);
    }
  }

  async #chat(): Promise<void> {
    const { everyMs = 0, random } = this.#options;
    while (everyMs > 0 && !this.#closed) {
      await sleep(random.between(everyMs / 2, everyMs * 1.5));
      if (this.#resting || this.#closed || !this.#page || this.notes.underWay >= atMostUnderWay) continue;
      await this.say().catch(() => {}); // the tab was closed under his hands
    }
  }
}

async function readWidget(page: Page): Promise<{ shown: Shown[]; unread: number }> {
  const chat = page.locator('helpline-chat');
  const [shown, badges] = await Promise.all([
    chat.locator('li.message').evaluateAll(readMessages),
    chat.locator('.badge').evaluateAll((found) => found.map((badge) => Number(badge.textContent))),
  ]);
  return { shown, unread: badges[0] ?? 0 };
}

/** Runs in the page. */
const readMessages = (items: Element[]): Shown[] =>
  items.map((item) => {
    const state = item.getAttribute('data-state');
    return {
      type: 'message',
      text: item.querySelector('.bubble')?.textContent?.trim() ?? '',
      state: state === 'pending' || state === 'failed' ? state : 'sent',
    };
  });
