/** What the tests need from Debian itself. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { run, step } from './prepare.mjs';

const NEEDED = [
  { file: '/usr/bin/chromium', package: 'chromium' },
  { file: '/usr/lib/dovecot/imap', package: 'dovecot-imapd' },
  { file: '/usr/lib/dovecot/lmtp', package: 'dovecot-lmtpd' },
  { file: '/usr/bin/redis-server', package: 'redis-server' },
  { file: '/usr/bin/faketime', package: 'faketime' },
];

/** Debian asks this file whether a package may start its service: ours run privately, from the tests. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

export async function installSystemPackages(say) {
  const missing = NEEDED.filter(({ file }) => !existsSync(file)).map((need) => need.package);
  if (missing.length === 0 || !existsSync('/etc/debian_version')) return;
  if (process.getuid() !== 0) throw new Error(`Tests need more of Debian: sudo apt-get install ${missing.join(' ')}`);
  await step(`Installing ${missing.join(', ')}`, say, () => install(missing));
}

async function install(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const forbid = !existsSync(SERVICE_POLICY);
  if (forbid) writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await run(['apt-get', 'update'], { env });
    const options = ['--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
    await run(['apt-get', 'install', ...options, ...packages], { env });
  } finally {
    if (forbid) rmSync(SERVICE_POLICY);
  }
}
