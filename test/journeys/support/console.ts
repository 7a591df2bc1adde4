import type { Locator, Page } from 'playwright-core';
import type { House } from './house.js';

/** An agent at the console: what she sees, and what she does there. */
export class AgentAtConsole {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the console and signs in, by the first name. */
  static async signIn(page: Page, house: House, name: string): Promise<AgentAtConsole> {
    const account = house.ready.accounts.find((one) => one.name.startsWith(name));
    if (!account) throw new Error(`Nobody is called ${name}.`);
    await page.goto(house.ready.console);
    await page.getByLabel('E-mail address').fill(account.email);
    await page.getByLabel('Password').fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('console-views .me').waitFor();
    return new AgentAtConsole(page);
  }

  async beAvailable(): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Availability' }).selectOption('available');
    await this.page.locator('.dot[data-availability=available]').first().waitFor();
  }

  /** The rows of a view, newest first. */
  async view(name: 'Mine' | 'Queue' | 'All open' | 'Resolved'): Promise<Locator> {
    await this.page.locator('console-views nav a', { hasText: name }).click();
    await this.page.locator('console-list h2', { hasText: name }).waitFor();
    return this.page.locator('console-list li a');
  }

  async open(row: Locator): Promise<void> {
    await row.click();
    await this.page.locator('console-composer textarea').waitFor();
  }

  /** What is said in the open conversation, top to bottom; notes are among it. */
  get messages(): Locator {
    return this.page.locator('console-log li.message');
  }

  messageSaying(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** Lines between the messages: who got it, resolved, opened again. */
  get events(): Locator {
    return this.page.locator('console-log li.event');
  }

  async write(text: string): Promise<void> {
    await this.page.locator('console-composer').getByText('Reply', { exact: true }).click();
    await this.page.locator('console-composer textarea').pressSequentially(text);
  }

  async reply(text: string): Promise<void> {
    await this.write(text);
    await this.send();
  }

  async send(): Promise<void> {
    await this.page.locator('console-composer').getByRole('button', { name: 'Send', exact: true }).click();
  }

  /** Chooses a file for the answer. */
  async attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.locator('console-composer input[type=file]').setInputFiles(file);
  }

  async pastePicture(name: string, content: Buffer): Promise<void> {
    await this.page.locator('console-composer textarea').evaluate(
      (textarea, picture) => {
        const bytes = Uint8Array.from(atob(picture.base64), (character) => character.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], picture.name, { type: 'image/png' }));
        textarea.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      { name, base64: content.toString('base64') },
    );
  }

  /** The files that are to go with the answer. */
  filesInAnswer(state: 'sending' | 'ready' | 'failed'): Locator {
    return this.page.locator(`console-composer .draft-files li[data-state=${state}]`);
  }

  async note(text: string): Promise<void> {
    await this.page.locator('console-composer').getByText('Note', { exact: true }).click();
    await this.page.locator('console-composer textarea').fill(text);
    await this.page.locator('console-composer').getByRole('button', { name: 'Add note' }).click();
    await this.messageSaying(text).waitFor();
  }

  async resolve(): Promise<void> {
    await this.page.locator('console-conversation').getByRole('button', { name: 'Resolve' }).click();
  }

  get status(): Locator {
    return this.page.locator('console-conversation .head .pill');
  }
}
