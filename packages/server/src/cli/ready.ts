import type { Inbox } from '@helpline/protocol';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import type { MailWorld } from '../platform/mail-world/index.js';
import { accounts, chatInboxes, customer, demoVisibility, supportAddress } from './demo.js';

export interface Ready {
  url: string;
  demo: string;
  console: string;
  accounts: typeof accounts;
  inboxes: (Inbox & { identitySecret?: string })[];
  mail: {
    imap: MailWorld['imap'];
    smtp: MailWorld['smtp'];
    accounts: MailWorld['accounts'];
    support: string;
    customer: string;
  } | null;
  pids: { server: number; mongod?: number; mail?: number[] };
}

/** What somebody who has just started the demo needs to know. */
export async function readyOf(
  app: App,
  config: Config,
  started: { mongod: number | undefined; mail: MailWorld | null },
): Promise<Ready> {
  const url = config.publicUrl ?? `http://127.0.0.1:${app.port}`;
  const inboxes = await app.workspaces.visibleInboxes(demoVisibility);
  const { mongod, mail } = started;
  return {
    url,
    demo: `${url}/demo/`,
    console: `${url}/console/`,
    accounts,
    inboxes: inboxes.map((inbox) => ({
      ...inbox,
      identitySecret: chatInboxes.find(({ _id }) => _id === inbox.id)?.identitySecret,
    })),
    mail: mail && {
      imap: mail.imap,
      smtp: mail.smtp,
      accounts: mail.accounts,
      support: supportAddress,
      customer: customer.address,
    },
    pids: { server: process.pid, mongod, mail: mail?.pids },
  };
}

export function asText({ demo, console, mail }: Ready): string {
  const people = accounts.map(({ name, role, email }) => `     ${name.padEnd(14)} ${role.padEnd(11)} ${email}`);
  const mailLines = mail
    ? [
        `  Mail to ${mail.support} arrives in the console.`,
        `     IMAP ${mail.imap.host}:${mail.imap.port}, SMTP ${mail.smtp.host}:${mail.smtp.port}, both without TLS`,
        ...mail.accounts.map(({ user, password }) => `     ${user.padEnd(30)} password ${password}`),
      ]
    : ['  To connect a mailbox, sign in as Emil Berg and open "Mailboxes"; or start with --with-mail.'];
  return [
    '',
    'Helpline is ready.',
    `  A shop with the chat   ${demo}`,
    `  The agents' console    ${console}`,
    ...people,
    `     password of all of them: ${accounts[0]?.password}`,
    ...mailLines,
    '  Ctrl-C stops it; the next start goes on where it was.',
  ].join('\n');
}
