import type { Locator, Page } from 'playwright-core';
import type { House } from './house.js';

/** A visitor of the demo shop: what he sees of the chat, and what reaches his browser. */
export class VisitorInShop {
  readonly page: Page;
  /** Everything the server has told this browser about the chat. */
  readonly received: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.received.push(String(payload))));
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) this.received.push(await response.text().catch(() => ''));
    });
  }

  /** `url` may lead to the house's shop by a way round. */
  static async enter(page: Page, house: House, url = house.ready.demo): Promise<VisitorInShop> {
    const visitor = new VisitorInShop(page);
    await page.goto(url);
    return visitor;
  }

  async openChat(): Promise<void> {
    await this.page.locator('helpline-chat .launcher').click();
    await this.page.locator('helpline-chat #panel[open]').waitFor();
  }

  async write(text: string): Promise<void> {
    await this.page.locator('helpline-chat textarea').pressSequentially(text);
  }

  async send(text: string): Promise<void> {
    await this.write(text);
    await this.page.locator('helpline-chat textarea').press('Enter');
  }

  /** Says who he is, as the shop's page does for somebody who has signed in there. */
  async identify(token: string): Promise<void> {
    await this.page.locator('helpline-chat').waitFor({ state: 'attached' });
    await this.page.evaluate(async (given) => {
      await customElements.whenDefined('helpline-chat');
      const chat = document.querySelector<HTMLElement & { identify(token: string): Promise<void> }>('helpline-chat');
      await chat?.identify(given);
    }, token);
  }

  get messages(): Locator {
    return this.page.locator('helpline-chat .message');
  }

  /** What was said, top to bottom. */
  async bubbles(): Promise<string[]> {
    const texts = await this.page.locator('helpline-chat .bubble').allTextContents();
    return texts.map((text) => text.trim());
  }

  get log(): Locator {
    return this.page.locator('helpline-chat .log');
  }
}
