import { createTransport, type Transporter } from 'nodemailer';
import {
  SMTPServer,
  type SMTPServerAuthentication,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server';
import { composeBounce } from './bounce.js';
import type { MailAccount } from './mail-world.js';

const LARGEST_MAIL = 50 * 1024 * 1024;

interface SmtpFrontOptions {
  port: number;
  lmtpPort: number;
  accounts: MailAccount[];
  introspectionUrl: string | undefined;
}

/** Takes mail for anybody: hands it to Dovecot where the mailbox is ours, sends a bounce where nobody else would. */
export async function startSmtpFront({
  port,
  lmtpPort,
  accounts,
  introspectionUrl,
}: SmtpFrontOptions): Promise<{ stop(): Promise<void> }> {
  const mailboxes = new Set(accounts.map(({ address }) => address));
  const domains = new Set(accounts.map(({ address }) => domainOf(address)));
  const lmtp = createTransport({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true });
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN', ...(introspectionUrl ? ['XOAUTH2'] : [])],
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MAIL,
    closeTimeout: 500,
    onAuth: (given, _session, done) => {
      isKnown(given, accounts, introspectionUrl).then(
        (known) =>
          done(
            known ? null : refusal(535, '5.7.8 Wrong user or password'),
            known ? { user: given.username } : undefined,
          ),
        () => done(refusal(454, '4.7.0 Nobody can say who that is')),
      );
    },
    onRcptTo: ({ address }, _session, done) => {
      const lost = domains.has(domainOf(address)) && !mailboxes.has(address.toLowerCase());
      done(lost ? refusal(550, `5.1.1 <${address}> No such mailbox here`) : null);
    },
    onData: (stream, session, done) => {
      takeMail(stream, session, mailboxes, lmtp).then(
        () => done(null, '2.0.0 Accepted'),
        (error: Error) => done('responseCode' in error ? error : refusal(451, `4.3.0 ${error.message}`)),
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  // A client that hangs up in the middle is no reason for the whole process to end.
  server.on('error', () => {});
  return {
    stop: () =>
      new Promise((resolve) => {
        lmtp.close();
        server.close(resolve);
      }),
  };
}

async function isKnown(
  { username = '', password, accessToken }: SMTPServerAuthentication,
  accounts: MailAccount[],
  introspectionUrl: string | undefined,
): Promise<boolean> {
  const user = username.toLowerCase();
  if (!accessToken) return accounts.some((account) => account.user === user && account.password === password);
  const body = new URLSearchParams({ token: accessToken });
  const told: unknown = await (await fetch(introspectionUrl ?? '', { method: 'POST', body })).json();
  return told instanceof Object && 'email' in told && told.email === user;
}

async function takeMail(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  mailboxes: Set<string>,
  lmtp: Transporter,
): Promise<void> {
  const raw = await readAll(stream);
  const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
  const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
  const here = to.filter((address) => mailboxes.has(address));
  if (here.length > 0) await lmtp.sendMail({ envelope: { from, to: here }, raw });
  for (const lost of to.filter((address) => !mailboxes.has(address))) {
    if (!mailboxes.has(from.toLowerCase())) continue;
    await lmtp.sendMail({ envelope: { from: '', to: [from] }, raw: composeBounce({ sender: from, lost, raw }) });
  }
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  if (stream.sizeExceeded) throw refusal(552, '5.3.4 The mail is too large');
  return Buffer.concat(chunks);
}

function refusal(responseCode: number, message: string): Error & { responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
