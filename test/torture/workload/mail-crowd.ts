import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { keyOf } from '../history.js';
import { Crowd, type CrowdRole } from './crowd.js';

const batch = 20;
const everyMs = 100;

/** Customers who all write at once, a mail each, straight into the support mailbox. */
export class MailCrowd extends Crowd {
  readonly #mails: number;
  #accepted = 0;
  #over = 0;
  #ended = false;

  constructor(role: CrowdRole & { mails: number }) {
    super(role);
    this.#mails = role.mails;
  }

  isIdle(): boolean {
    return this.#ended;
  }

  async isDone(): Promise<boolean> {
    return this.#ended && (await this.#taken()) >= this.#accepted;
  }

  get progress(): string {
    return `${this.#accepted} of ${this.#mails} mails are in the mailbox`;
  }

  protected async work(): Promise<void> {
    const { ports } = this.cluster.mail;
    const transport = createTransport({
      ...{ host: '127.0.0.1', port: ports.lmtp, lmtp: true, ignoreTLS: true },
      ...{ pool: true, maxConnections: 4, maxMessages: 1_000 },
    });
    while (this.#over < this.#mails && !this.resting) {
      const numbers = Array.from({ length: Math.min(batch, this.#mails - this.#over) }, (_, i) => this.#over + i + 1);
      await Promise.all([...numbers.map((n) => this.#send(transport, n)), sleep(everyMs)]);
      this.#over += numbers.length;
    }
    transport.close();
    this.#ended = true;
  }

  async #send(transport: ReturnType<typeof createTransport>, n: number): Promise<void> {
    const key = keyOf(this.name, n);
    const from = `${key}@mail.example`;
    const to = this.cluster.mail.support.address;
    const messageId = `<${key}.${crypto.randomUUID()}@mail.example>`;
    const text = `One of many asks: ${key}`;
    const ending = this.history.invoke({ proc: this.name, f: 'mailIn', key, text, messageId });
    try {
      await transport.sendMail({ envelope: { from, to }, from, to, subject: `Question ${key}`, messageId, text });
      this.#accepted += 1;
      ending('ok');
    } catch (error) {
      ending('info', { error: String(error) });
    }
  }

  /** Lines of this crowd's mails that are over. */
  #taken(): Promise<number> {
    const ledger = this.cluster.mongo.db.collection('mail_ledger');
    return ledger.countDocuments({ state: { $ne: 'fetched' } });
  }
}
