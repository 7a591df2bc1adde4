import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive } from '../processes.js';
import { type MailWorld, startMailWorld } from './index.js';

const accounts = [
  { address: 'support@tea.example', password: 'oolong' },
  { address: 'ana@customers.example', password: 'sencha' },
];
let dir: string;
let world: MailWorld;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'helpline-mail-'));
  world = await startMailWorld({ dir, accounts, log: console.error });
}, 300_000);

afterAll(async () => {
  await world?.stop();
  await rm(dir, { recursive: true, force: true });
});

test('a mail of Ana arrives in the support mailbox, unchanged', async () => {
  await send({ from: 'ana@customers.example', to: 'Support@tea.example', subject: 'Where is my tea?', text: 'Grüße' });
  const [mail] = await readMailbox('support@tea.example', 1);
  expect(mail).toContain('Subject: Where is my tea?');
  expect(mail).toContain('Gr=C3=BC=C3=9Fe');
});

test('a mailbox that does not exist is refused at once', async () => {
  const lost = send({ from: 'ana@customers.example', to: 'nobody@tea.example', subject: 'Hello' });
  await expect(lost).rejects.toMatchObject({ responseCode: 550 });
});

test('mail to a domain nobody knows comes back as a delivery report', async () => {
  await send({
    from: 'support@tea.example',
    to: 'ben@gone.example',
    subject: 'Your tea',
    messageId: '<7@tea.example>',
  });
  const report = (await readMailbox('support@tea.example', 2)).at(-1);
  expect(report).toContain('Final-Recipient: rfc822; ben@gone.example');
  expect(report).toContain('Message-ID: <7@tea.example>');
  expect(report).toMatch(/^Return-Path: <>/m);
});

test('a wrong password is refused by both servers', async () => {
  const wrong = { user: 'ana@customers.example', pass: 'guess' };
  await expect(createTransport({ ...world.smtp, auth: wrong }).verify()).rejects.toMatchObject({ responseCode: 535 });
  await expect(new ImapFlow({ ...world.imap, auth: wrong, secure: false, logger: false }).connect()).rejects.toThrow();
});

test('after a restart the mail and the ports are the same, even when Dovecot was left behind', async () => {
  const before = world;
  world = await startMailWorld({ dir, accounts, log: console.error, smtpPort: 0 });
  expect(before.pids.some(isAlive)).toBe(false);
  expect(world.imap).toEqual(before.imap);
  expect(await readMailbox('support@tea.example', 2)).toHaveLength(2);
  await before.stop();
});

async function send(mail: { from: string; to: string; subject: string; text?: string; messageId?: string }) {
  const account = accounts.find(({ address }) => address === mail.from);
  const auth = { user: mail.from, pass: account?.password ?? '' };
  const transport = createTransport({ ...world.smtp, auth });
  await transport.sendMail({ text: 'Hello', ...mail });
}

/** The raw mails of an inbox, as soon as there are as many as wanted. */
async function readMailbox(address: string, count: number): Promise<string[]> {
  const pass = accounts.find((account) => account.address === address)?.password ?? '';
  const client = new ImapFlow({ ...world.imap, auth: { user: address, pass }, secure: false, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX');
  await expect
    .poll(async () => {
      await client.noop();
      return client.mailbox === false ? 0 : client.mailbox.exists;
    })
    .toBe(count);
  const mails: string[] = [];
  for await (const { source } of client.fetch('1:*', { source: true })) mails.push(source?.toString() ?? '');
  await client.logout();
  return mails;
}
