import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findFreePort } from '../ports.js';
import { startDovecot, stopLeftBehind } from './dovecot.js';
import { ensureDovecot } from './install-dovecot.js';
import { startSmtpFront } from './smtp-front.js';

export interface MailWorldOptions {
  /** Everything lives here: the mail, the log and the ports, which stay the same over restarts. */
  dir: string;
  accounts: { address: string; password: string }[];
  log: (line: string) => void;
  smtpPort?: number;
  imapPort?: number;
  /** Where access tokens are looked up (RFC 7662); with it one may also sign in by them. */
  introspectionUrl?: string;
}

export interface MailAccount {
  address: string;
  user: string;
  password: string;
}

export interface MailWorld {
  imap: { host: string; port: number };
  smtp: { host: string; port: number };
  accounts: MailAccount[];
  pids: number[];
  stop(): Promise<void>;
}

interface Ports {
  smtp?: number | undefined;
  imap?: number | undefined;
  lmtp?: number | undefined;
}

/** A whole mail service on loopback: a private Dovecot for the mailboxes, an SMTP server in front of it. */
export async function startMailWorld(options: MailWorldOptions): Promise<MailWorld> {
  const binary = await ensureDovecot(options.log);
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  await stopLeftBehind(dir);
  const ports = await choosePorts(dir, { smtp: options.smtpPort, imap: options.imapPort });
  const accounts = options.accounts.map(({ address, password }) => ({
    address: address.toLowerCase(),
    user: address.toLowerCase(),
    password,
  }));
  const { introspectionUrl } = options;
  const servers = { accounts, introspectionUrl, lmtpPort: ports.lmtp };
  const dovecot = await startDovecot({ ...servers, binary, dir, imapPort: ports.imap });
  const front = await startSmtpFront({ ...servers, port: ports.smtp });
  return {
    imap: { host: '127.0.0.1', port: ports.imap },
    smtp: { host: '127.0.0.1', port: ports.smtp },
    accounts,
    pids: [dovecot.pid],
    stop: async () => {
      await front.stop();
      await dovecot.stop();
    },
  };
}

async function choosePorts(dir: string, wanted: Ports): Promise<Required<{ [name in keyof Ports]: number }>> {
  const path = join(dir, 'ports.json');
  const remembered: Ports = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'));
  const ports = {
    smtp: await findFreePort(wanted.smtp ?? remembered.smtp),
    imap: await findFreePort(wanted.imap ?? remembered.imap),
    lmtp: await findFreePort(remembered.lmtp),
  };
  await writeFile(path, JSON.stringify(ports));
  return ports;
}
