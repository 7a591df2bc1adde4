import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { waitForPort } from '../ports.js';
import { isAlive, stopProcess } from '../processes.js';
import { dovecotConfig, tokensFile, usersFile } from './dovecot-config.js';
import { findMailHome } from './mail-home.js';
import type { MailAccount } from './mail-world.js';

/** Dovecot never opens mail as root; this user exists everywhere. */
const NOBODY = 65534;

interface DovecotOptions {
  binary: string;
  dir: string;
  accounts: MailAccount[];
  imapPort: number;
  lmtpPort: number;
  introspectionUrl: string | undefined;
}

/** Runs Dovecot in the foreground, from a configuration and a folder of its own. */
export async function startDovecot(options: DovecotOptions): Promise<{ pid: number; stop(): Promise<void> }> {
  const { binary, dir, imapPort, lmtpPort } = options;
  const { runDir, config } = await layOut(options);
  const child = spawn(binary, ['-F', '-c', config], { detached: true, stdio: 'ignore' });
  child.unref();
  let ended = '';
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = `ended with ${signal ?? `exit code ${code}`}`;
  });
  const waiting = { upTo: 20_000, while: () => ended === '' };
  const answers = (await waitForPort(imapPort, waiting)) && (await waitForPort(lmtpPort, waiting));
  const pid = child.pid;
  if (!answers || pid === undefined) {
    await rm(runDir, { recursive: true, force: true });
    throw new Error(`Dovecot did not start: ${ended || 'no answer'}. Its log is ${logIn(dir)}.`);
  }
  await writeFile(join(dir, 'dovecot.json'), JSON.stringify({ pid, config }));
  return {
    pid,
    stop: async () => {
      await stopProcess(pid);
      await rm(runDir, { recursive: true, force: true });
    },
  };
}

/** Writes what Dovecot reads, and prepares the folder of the mail. */
async function layOut({ dir, accounts, imapPort, lmtpPort, introspectionUrl }: DovecotOptions) {
  const me = userInfo();
  const isRoot = me.uid === 0;
  const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : { uid: me.uid, gid: me.gid };
  const mailHome = await findMailHome(dir, isRoot);
  await mkdir(mailHome, { recursive: true });
  await chown(mailHome, owner.uid, owner.gid);
  // Its sockets need a short path, and Dovecot's helpers run as other users.
  const runDir = await mkdtemp(join(tmpdir(), 'helpline-dovecot-'));
  await chmod(runDir, 0o755);
  const users = join(runDir, 'users');
  await writeFile(users, usersFile(accounts, mailHome, owner), { mode: 0o600 });
  if (isRoot) await chown(users, Number(await id('-u', 'dovecot')), 0); // who checks the passwords there
  const tokens = introspectionUrl ? join(runDir, 'tokens') : undefined;
  if (tokens && introspectionUrl) await writeFile(tokens, tokensFile(introspectionUrl));
  const config = join(runDir, 'dovecot.conf');
  const runAs = isRoot ? undefined : { user: me.username, group: await id('-gn') };
  await writeFile(config, dovecotConfig({ runDir, users, tokens, log: logIn(dir), imapPort, lmtpPort, runAs }));
  return { runDir, config };
}

async function id(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('id', args);
  return stdout.trim();
}

function logIn(dir: string): string {
  return join(dir, 'dovecot.log');
}

/** A Dovecot that survived the kill -9 of its Helpline holds the ports: it makes room for the new one. */
export async function stopLeftBehind(dir: string): Promise<void> {
  const noted = await readFile(join(dir, 'dovecot.json'), 'utf8').catch(() => '{}');
  const { pid, config }: { pid?: number; config?: string } = JSON.parse(noted);
  if (pid === undefined || config === undefined) return;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (isAlive(pid) && commandLine.includes(config)) await stopProcess(pid);
  await rm(dirname(config), { recursive: true, force: true });
}
