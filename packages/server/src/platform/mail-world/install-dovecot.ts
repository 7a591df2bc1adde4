import { spawn } from 'node:child_process';
import { access, constants, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const WHAT_TO_INSTALL =
  'The local mail server needs Dovecot with IMAP and LMTP. ' +
  'Install it (Debian and Ubuntu: apt-get install dovecot-imapd dovecot-lmtpd; macOS: brew install dovecot@2.3) and start again.';

/** Debian asks this file whether a package may start its service. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

/** The path of Dovecot, which is installed first where that is possible: on Debian, as root. */
export async function ensureDovecot(log: (line: string) => void): Promise<string> {
  const found = await findDovecot();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && (await isExecutable('/usr/bin/apt-get'));
  if (!mayInstall) throw new Error(WHAT_TO_INSTALL);
  await installDovecot(log);
  const installed = await findDovecot();
  if (!installed) throw new Error(WHAT_TO_INSTALL);
  return installed;
}

async function findDovecot(): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
  for (const folder of folders) {
    const path = join(folder, 'dovecot');
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  return undefined;
}

async function installDovecot(log: (line: string) => void): Promise<void> {
  log('Installing Dovecot by apt-get…');
  await run('apt-get', ['update'], log);
  const forbade = await forbidServiceStart();
  try {
    await run(
      'apt-get',
      [
        ...['install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
        ...['dovecot-imapd', 'dovecot-lmtpd'],
      ],
      log,
    );
  } finally {
    if (forbade) await rm(SERVICE_POLICY);
  }
  const hasSystemd = await isExecutable('/run/systemd/system');
  if (hasSystemd) await run('systemctl', ['disable', 'dovecot.service', 'dovecot.socket'], log);
}

/** The package would start a mail server for the whole machine; ours is a private one. */
async function forbidServiceStart(): Promise<boolean> {
  return writeFile(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' }).then(
    () => true,
    () => false, // the machine has a policy of its own
  );
}

async function run(command: string, args: string[], log: (line: string) => void): Promise<void> {
  const child = spawn(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/^(Get:|Setting up)/.test(line)) log(`  ${line}`);
  });
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args[0]} failed: ${complaints.at(-1) ?? `exit code ${code}`}`);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
