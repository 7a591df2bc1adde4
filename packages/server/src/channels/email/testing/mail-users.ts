import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailboxSettings } from '@helpline/protocol';
import { ImapFlow } from 'imapflow';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { expect } from 'vitest';
import { type MailWorld, startMailWorld } from '../../../platform/mail-world/index.js';
import { readMail } from '../read/read-mail.js';
import type { ReadMail } from '../read/types.js';

const password = 'oolong';
export const support = 'support@tea.example';
export const ana = 'ana@customers.example';
export const ben = 'ben@customers.example';

/** A mail service in which Ana and Ben have mailboxes of their own. */
export class MailUsers {
  readonly world: MailWorld;
  readonly #dir: string;

  private constructor(world: MailWorld, dir: string) {
    this.world = world;
    this.#dir = dir;
  }

  /** With `introspectionUrl` one may also sign in by an access token. */
  static async start(more: { introspectionUrl?: string } = {}): Promise<MailUsers> {
    const dir = await mkdtemp(join(tmpdir(), 'helpline-email-'));
    const accounts = [support, ana, ben].map((address) => ({ address, password }));
    return new MailUsers(await startMailWorld({ dir, accounts, log: console.error, ...more }), dir);
  }

  async stop(): Promise<void> {
    await this.world.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** What somebody types to connect the support mailbox. */
  settings(brandId: string): MailboxSettings {
    const login = { host: '127.0.0.1', secure: false, user: support, password };
    return {
      brandId,
      address: support,
      displayName: 'Tea Support',
      imap: { ...login, port: this.world.imap.port },
      smtp: { ...login, port: this.world.smtp.port },
    };
  }

  async send(from: string, mail: SendMailOptions): Promise<void> {
    await createTransport({ ...this.world.smtp, auth: { user: from, pass: password } }).sendMail({
      from,
      to: support,
      envelope: { from, to: support },
      ...mail,
    });
  }

  /** `sender` is that of the envelope, which mail servers keep as Return-Path; bounces have none. */
  async sendRaw(raw: string | Buffer, sender = ana): Promise<void> {
    await this.send(ana, { raw, envelope: { from: sender, to: support } });
  }

  /** The mails in somebody's mailbox, as soon as there are as many as wanted. */
  async inboxOf(address: string, atLeast: number): Promise<ReadMail[]> {
    const mails = await this.withInbox(address, async (client) => {
      const count = async () => {
        await client.noop();
        return client.mailbox ? client.mailbox.exists : 0;
      };
      await expect.poll(count, { timeout: 15_000 }).toBeGreaterThanOrEqual(atLeast);
      return client.fetchAll('1:*', { source: true });
    });
    return Promise.all(mails.map(({ source = Buffer.alloc(0) }) => readMail(source)));
  }

  /** How many mails are in somebody's mailbox now. */
  async count(address: string): Promise<number> {
    return this.withInbox(address, async (client) => (client.mailbox ? client.mailbox.exists : 0));
  }

  async withInbox<T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const auth = { user: address, pass: password };
    const client = new ImapFlow({ ...this.world.imap, auth, secure: false, logger: false });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.mailboxOpen('INBOX');
      return await work(client);
    } finally {
      client.close();
    }
  }

  async empty(): Promise<void> {
    for (const address of [support, ana, ben])
      await this.withInbox(address, (client) => client.messageDelete('1:*').catch(() => false));
  }
}
