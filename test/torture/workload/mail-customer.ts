import { createTransport } from 'nodemailer';
import type { Mail } from '../cluster/mail.js';
import { keyOf } from '../history.js';
import type { Role } from './participant.js';
import { Writer } from './writer.js';

/** A customer who writes mails, each a matter of its own, straight into the support mailbox. */
export class MailCustomer extends Writer {
  readonly #role: Omit<Role, 'url' | 'node'>;
  readonly #mail: Mail;
  readonly #address: string;
  #said = 0;

  constructor(role: Omit<Role, 'url' | 'node'>, mail: Mail, address: string) {
    super(role, { atLeastMs: 1_500, spreadMs: 2_000 });
    this.#role = role;
    this.#mail = mail;
    this.#address = address;
  }

  protected async write(): Promise<void> {
    const { name: proc, history } = this.#role;
    const key = keyOf(proc, ++this.#said);
    const text = `This is what I ask by mail: ${key}`;
    const messageId = this.#messageId(key);
    const date = new Date(Date.now() - 60_000 * this.#said); // never the same for two
    const ending = history.invoke({ proc, f: 'mailIn', key, text, messageId });
    const { lmtp } = this.#mail.ports;
    const transport = createTransport({ host: '127.0.0.1', port: lmtp, lmtp: true, ignoreTLS: true });
    const from = this.#address;
    const to = this.#mail.support.address;
    try {
      await transport.sendMail({ envelope: { from, to }, from, to, subject: `Question ${key}`, messageId, date, text });
      ending('ok');
    } catch (error) {
      ending('info', { error: String(error) });
    }
    transport.close();
  }

  /** Some programs give several mails of one sender the same one. */
  #messageId(key: string): string {
    const { name, random } = this.#role;
    return random.chance(0.3)
      ? `<always-the-same.${name}@mail.example>`
      : `<${key}.${crypto.randomUUID()}@mail.example>`;
  }
}
