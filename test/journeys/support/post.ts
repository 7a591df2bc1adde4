import { ImapFlow } from 'imapflow';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { lmtpPortOf } from './behind-the-scenes.js';
import type { House } from './house.js';

/** A mail as it lies in a mailbox. */
export interface Letter {
  messageId: string;
  subject: string;
  raw: string;
}

/** Sends a mail from the customer's mailbox to support. */
export async function sendMail(house: House, mail: SendMailOptions): Promise<void> {
  const { smtp, customer, support } = house.mail;
  const transport = createTransport({ ...smtp, secure: false, ignoreTLS: true });
  await transport.sendMail({ from: customer, to: support, envelope: { from: customer, to: support }, ...mail });
  transport.close();
}

/** Puts a mail into the support mailbox while the SMTP server is down. */
export async function handOverMail(house: House, mail: SendMailOptions): Promise<void> {
  const { customer, support } = house.mail;
  const transport = createTransport({
    host: '127.0.0.1',
    port: await lmtpPortOf(house),
    lmtp: true,
    ignoreTLS: true,
  });
  await transport.sendMail({ from: customer, to: support, envelope: { from: customer, to: support }, ...mail });
  transport.close();
}

/** Every mail in the mailbox of an address, oldest first. */
export async function mailsOf(house: House, address: string): Promise<Letter[]> {
  const account = house.mail.accounts.find((one) => one.address === address);
  if (!account) throw new Error(`${address} has no mailbox here.`);
  const auth = { user: account.user, pass: account.password };
  const client = new ImapFlow({ ...house.mail.imap, auth, secure: false, logger: false });
  client.on('error', () => {});
  await client.connect();
  try {
    const { exists } = await client.mailboxOpen('INBOX');
    if (exists === 0) return [];
    const mails = await client.fetchAll('1:*', { source: true, envelope: true });
    return mails.map(({ source, envelope }) => ({
      messageId: envelope?.messageId ?? '',
      subject: envelope?.subject ?? '',
      raw: source?.toString() ?? '',
    }));
  } finally {
    client.close();
  }
}
