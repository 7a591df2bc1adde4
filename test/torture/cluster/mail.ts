import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startMailWorld } from '@helpline/server/dist/platform/mail-world/index.js';
import { startProxy, type TcpProxy } from '../proxy/tcp-proxy.js';
import { atExit } from './at-exit.js';

const supportAddress = 'support@tulip-garden.example';
const customers = ['carla', 'pavel', 'quentin'].map((name) => `${name}@mail.example`);

/** The mail world: Dovecot with the support mailbox and the customers', and an SMTP server in front of it. */
export interface Mail {
  /** Between the nodes and the mail servers. */
  readonly imap: TcpProxy;
  readonly smtp: TcpProxy;
  /** Straight to them. */
  readonly ports: { imap: number; smtp: number; lmtp: number };
  readonly support: { address: string; password: string };
  readonly customers: readonly { address: string; password: string }[];
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

export async function startMail(dir: string): Promise<Mail> {
  const accounts = [supportAddress, ...customers].map((address) => ({ address, password: 'a-password-for-mail' }));
  const world = await startMailWorld({ dir, accounts, log: console.error });
  const killDovecot = atExit(() => {
    for (const pid of world.pids) endGroup(pid);
  });
  const { lmtp }: { lmtp: number } = JSON.parse(await readFile(join(dir, 'ports.json'), 'utf8'));
  const [imap, smtp] = await Promise.all([startProxy(world.imap), startProxy(world.smtp)]);
  const [support, ...others] = accounts;
  if (!support) throw new Error('There is no support mailbox.');
  return {
    imap,
    smtp,
    ports: { imap: world.imap.port, smtp: world.smtp.port, lmtp },
    support,
    customers: others,
    pids: world.pids,
    async stop() {
      await Promise.all([imap.close(), smtp.close()]);
      await world.stop();
      killDovecot();
    },
  };
}

/** Dovecot leads a process group of its own. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // it was stopped in order
  }
}
