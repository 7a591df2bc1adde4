import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browsers } from './support/browser.js';
import { AgentAtConsole } from './support/console.js';
import { House } from './support/house.js';
import { sendMail } from './support/post.js';
import { nextStep } from './support/story.js';

let house: House;
let browsers: Browsers;
let emil: AgentAtConsole;
let form: Locator;

const soon = { timeout: 60_000 };

beforeAll(async () => {
  [house, browsers] = await Promise.all([House.start({ args: ['--with-mail'] }), Browsers.start()]);
});
afterAll(() => Promise.all([browsers?.close(), house?.end()]));
beforeEach((context) => nextStep(context, browsers));

test('Emil disconnects the mailbox of the demo', async () => {
  emil = await AgentAtConsole.signIn(await browsers.openFor('Emil'), house, 'Emil');
  await emil.page.getByRole('link', { name: 'Mailboxes' }).click();
  const mailbox = emil.page.locator('console-mailboxes li', { hasText: house.mail.support });
  await mailbox.getByRole('button', { name: 'Disconnect' }).click();
  await emil.page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await mailbox.waitFor({ state: 'detached' });
});

test('a wrong password is told at the field of the password', async () => {
  await emil.page.getByRole('button', { name: 'Connect a mailbox' }).click();
  form = emil.page.getByRole('form', { name: 'Connect a mailbox' });
  await form.getByLabel('Brand').selectOption('Tulip Garden');
  await form.getByLabel('Address').fill(house.mail.support);
  await form.getByLabel('Name customers see').fill('Tulip Garden');
  await fillServer('Receiving (IMAP)', house.mail.imap);
  await fillServer('Sending (SMTP)', house.mail.smtp);
  await form.getByLabel('User', { exact: true }).fill(house.mail.support);
  await form.getByLabel('Password', { exact: true }).fill('a wrong guess');
  await connect();
  const password = form.getByLabel('Password', { exact: true });
  await expect.poll(() => password.getAttribute('aria-invalid'), soon).toBe('true');
  const said = form.locator(`[id="${await password.getAttribute('aria-describedby')}"]`);
  expect(await said.textContent()).toContain('The server refused this user or password.');
});

test('a port on which nobody listens is told at the field of the port', async () => {
  const receiving = form.getByRole('group', { name: 'Receiving (IMAP)' });
  await receiving.getByLabel('Port').fill('9');
  await connect();
  await expect.poll(() => receiving.getByLabel('Port').getAttribute('aria-invalid'), soon).toBe('true');
  await receiving.getByLabel('Port').fill(String(house.mail.imap.port));
});

test('with the right ones the mailbox is connected, and what is sent to it arrives', async () => {
  const account = house.mail.accounts.find(({ address }) => address === house.mail.support);
  await form.getByLabel('Password', { exact: true }).fill(account?.password ?? '');
  await connect();
  const mailbox = emil.page.locator('console-mailboxes li', { hasText: house.mail.support });
  await expect.poll(() => mailbox.allInnerTexts(), soon).toEqual([expect.stringContaining('Connected')]);
  await sendMail(house, { subject: 'Is anybody there?', text: 'I only try this.' });
  const open = await emil.view('All open');
  await expect.poll(() => open.allInnerTexts(), soon).toEqual([expect.stringContaining('Is anybody there?')]);
});

test('its page accounts for every mail, and says what became of each', async () => {
  await emil.page.getByRole('link', { name: 'Mailboxes' }).click();
  await emil.page.getByRole('link', { name: `Mails and settings: ${house.mail.support}` }).click();
  const sum = emil.page.locator('console-mail-count .sum');
  await expect.poll(() => sum.allInnerTexts(), soon).toEqual([expect.stringContaining('Every mail is accounted for.')]);
  const line = emil.page.locator('console-mail-ledger .lines li', { hasText: 'Is anybody there?' });
  expect(await line.textContent()).toContain('Taken in');
  await line.getByRole('link', { name: 'Conversation' }).click();
  await emil.messageSaying('I only try this.').waitFor();
});

async function connect(): Promise<void> {
  await form.getByRole('button', { name: 'Connect a mailbox' }).click();
}

async function fillServer(name: string, { host, port }: { host: string; port: number }): Promise<void> {
  const server = form.getByRole('group', { name });
  await server.getByLabel('Server').fill(host);
  await server.getByLabel('Port').fill(String(port));
  await server.getByLabel('TLS from the first byte').uncheck();
}
